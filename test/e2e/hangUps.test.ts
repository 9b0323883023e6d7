/**
 * Senders that time out: they close the connection before n8n answers, and send the event again.
 */
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { deliverableEvent, deliverAsOftenAsAsked, hmac, jofiEvent } from '../support/jofi';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { inParallel } from '../support/parallel';
import { publishTrigger } from '../support/publish';
import { idsThatLeft } from '../support/runs';
import { TRIGGER_NAME } from '../support/workflows';

const SECRET = 'hang-up-signing-secret';
const EVENTS = 24;
const IMPATIENT_TRIES = 3;

/** Posts a signed event and resets the connection after so many milliseconds. */
async function hangUpAfter(ms: number, url: string, event: object): Promise<void> {
	const { body, headers } = deliverableEvent(event, hmac(SECRET));
	// On a connection of its own: one that n8n has answered on would go to the next sender.
	const outgoing = request(url, { method: 'POST', headers, agent: false });
	outgoing.on('error', () => undefined);
	outgoing.end(body);
	await wait(ms);
	outgoing.socket?.resetAndDestroy();
	outgoing.destroy();
}

async function runsEachOnce(n8n: TestServer): Promise<void> {
	const { id, url } = await publishTrigger(n8n, SECRET);
	const events = Array.from({ length: EVENTS }, (_, index) => ({
		event: jofiEvent('invitation.created'),
		// From at once to long after n8n has answered.
		patience: Array.from({ length: IMPATIENT_TRIES }, (_try, number) => {
			return ((index * IMPATIENT_TRIES + number) * 300) / (EVENTS * IMPATIENT_TRIES - 1);
		}),
	}));
	const answers: string[] = [];
	await inParallel(events, 4, async ({ event, patience }) => {
		for (const ms of patience) await hangUpAfter(ms, url, event);
		const { status, body } = await deliverAsOftenAsAsked(url, event, hmac(SECRET));
		answers.push(`${status} ${body}`);
	});
	const right = ['200 ', '200 {"received":true,"ignored":"seen_before"}'];
	expect(answers).toHaveLength(EVENTS);
	expect(answers.filter((answer) => !right.includes(answer))).toEqual([]);

	await n8n.rest.finishedExecutions(id, EVENTS);
	const sent = events.map(({ event }) => event.id).sort();
	expect(await idsThatLeft(n8n.rest, id, TRIGGER_NAME)).toEqual(sent);
}

test.concurrent(
	'an event whose sender hung up and came again runs exactly once, with default expression isolates',
	async () => await runsEachOnce(await sharedTestServer()),
);

test.concurrent(
	'the same with lazy expression isolates',
	async () => await runsEachOnce(await sharedTestServer('lazy')),
);
