import { deliver, hmac, jofiEvent } from '../support/jofi';
import { LAZY_ISOLATES } from '../support/n8n/server';
import { sharedTestServer, startTestServer, type TestServer } from '../support/n8n/testServer';
import { inParallel } from '../support/parallel';
import { publishTrigger } from '../support/publish';
import { idsThatLeft, mixedDeliveries, SELECTED, selectedEvents, sendMixed } from '../support/runs';
import { TRIGGER_NAME } from '../support/workflows';

const SECRET = 'load-signing-secret';
const CONCURRENCY = 32;

/** `npm run test:load` runs the long form. */
const IS_LONG = process.env.LOAD === 'long';
const DISTINCT_EVENTS = IS_LONG ? 10_000 : 120;
const MUTATED = IS_LONG ? 3_000 : 150;
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

/** The ids of the events that ran, one for each execution. */
async function idsThatRan(workflowId: string, count: number): Promise<string[]> {
	await n8n.rest.finishedExecutions(workflowId, count);
	return await idsThatLeft(n8n.rest, workflowId, TRIGGER_NAME);
}

test('a mixed load: exactly the right events run, each once, and every answer is right', async () => {
	const { id, url } = await publishTrigger(n8n, SECRET, { events: SELECTED });
	const events = selectedEvents(DISTINCT_EVENTS);
	expect(await sendMixed(mixedDeliveries(SECRET, events), CONCURRENCY, () => url)).toEqual([]);
	expect(await idsThatRan(id, events.length)).toEqual(events.map((event) => event.id).sort());
});

test('mutated deliveries: no error of ours, no hang, no run', async () => {
	const { id, url } = await publishTrigger(n8n, SECRET, {});
	const event = JSON.stringify(jofiEvent('test_taker.created'));
	// None of these stands in the event, so that every one of them changes it.
	const noise = ['\u0000', '}}}', '"""', '\\', '🎉', '%00', '\r\n'];
	const deliveries = Array.from({ length: MUTATED }, (_, index) => {
		const position = (index * 131) % event.length;
		const content =
			event.slice(0, position) + (noise[index % noise.length] ?? '') + event.slice(position + 1);
		// The signature is that of the event as it was before.
		const signature = hmac(SECRET)(Buffer.from(event));
		return { content, signing: () => signature };
	});
	const statuses = new Set<number>();
	await inParallel(deliveries, CONCURRENCY, async ({ content, signing }) => {
		statuses.add((await deliver(url, content, signing)).status);
	});
	// 422 is n8n's own answer to JSON that it can't read.
	expect([...statuses].filter((status) => status !== 401 && status !== 422)).toEqual([]);
	expect(await idsThatRan(id, 0)).toEqual([]);
});
