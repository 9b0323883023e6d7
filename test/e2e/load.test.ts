import { LAZY_ISOLATES } from '../support/n8n/server';
import { sharedTestServer, startTestServer, type TestServer } from '../support/n8n/testServer';
import { publishTrigger } from '../support/publish';
import { idsThatLeft, mixedDeliveries, SELECTED, selectedEvents, sendMixed } from '../support/runs';
import { TRIGGER_NAME } from '../support/workflows';

const SECRET = 'load-signing-secret';
const CONCURRENCY = 32;

/** `npm run test:load` runs the long form. */
const IS_LONG = process.env.LOAD === 'long';
const DISTINCT_EVENTS = IS_LONG ? 10_000 : 120;
const FOR_MANY_RUNS = {
	// n8n deletes all but the newest 10,000 runs.
	EXECUTIONS_DATA_PRUNE: 'false',
	...LAZY_ISOLATES,
};

let n8n: TestServer;

beforeAll(async () => {
	n8n = IS_LONG ? await startTestServer({ env: FOR_MANY_RUNS }) : await sharedTestServer('lazy');
});

afterAll(async () => {
	if (IS_LONG) await n8n?.server.dispose();
});

test('a mixed load: exactly the right events run, each once, and every answer is right', async () => {
	const { id, url } = await publishTrigger(n8n, SECRET, { events: SELECTED });
	const events = selectedEvents(DISTINCT_EVENTS);
	expect(await sendMixed(mixedDeliveries(SECRET, events), CONCURRENCY, () => url)).toEqual([]);
	await n8n.rest.finishedExecutions(id, events.length);
	const ran = await idsThatLeft(n8n.rest, id, TRIGGER_NAME);
	expect(ran).toEqual(events.map((event) => event.id).sort());
});
