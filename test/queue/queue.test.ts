/** n8n's queue mode: main, two webhook processors, two workers, with a real Redis and PostgreSQL. */
import { setTimeout as wait } from 'node:timers/promises';
import { deliver, hmac, jofiEvent, type SentEvent } from '../support/jofi';
import { Editor } from '../support/editor';
import { startQueueMode, WORKER_CONCURRENCY, type QueueModeN8n } from '../support/n8n/queue';
import { asFarAsItGets, eventually } from '../support/eventually';
import { isUnderWay, waitForWebhook, type Workflow } from '../support/n8n/rest';
import { inParallel } from '../support/parallel';
import { hmacCredential } from '../support/publish';
import {
	idsThatLeft,
	mixedDeliveries,
	neverTwice,
	OWN_STEPS,
	SELECTED,
	selectedEvents,
	sendMixed,
} from '../support/runs';
import { triggerOf } from '../support/templates';
import {
	jofiTrigger,
	productionUrl,
	testUrl,
	TRIGGER_NAME,
	triggerWorkflow,
} from '../support/workflows';

const SECRET = 'queue-signing-secret';
const CONCURRENCY = 16;
const IS_LONG = process.env.QUEUE === 'long';
const EVENTS = IS_LONG ? 500 : 60;
/** Ten times as long as n8n takes to look once for lost runs. */
const QUIET_MS = 150_000;
const genuine = hmac(SECRET);

let n8n: QueueModeN8n;
let credential: { id: string; name: string };

beforeAll(async () => {
	n8n = await startQueueMode();
	credential = await hmacCredential(n8n.rest, SECRET);
});

afterAll(async () => {
	await n8n?.dispose();
});

/** Publishes a workflow and returns its id and its address on each of the webhook processors. */
async function publish(workflow: Workflow) {
	const { id } = await n8n.rest.createWorkflow(workflow);
	await n8n.rest.publish({ id });
	const urls = n8n.webhooks.map(({ url }) => productionUrl(url, triggerOf(workflow)));
	await Promise.all(urls.map(waitForWebhook));
	const [first = '', second = ''] = urls;
	return { id, urls: [first, second] as const };
}

const idsOf = (sent: SentEvent[]) => sent.map(({ id }) => id).sort();

test('a mixed load on both webhook processors: exactly the right events run, each once', async () => {
	const trigger = jofiTrigger({ events: SELECTED }, credential);
	const { id, urls } = await publish(triggerWorkflow('Mixed', trigger));
	const sent = selectedEvents(EVENTS);
	// Both deliveries of an event to the same processor: only that one remembers what it took.
	const urlOf = (index: number) => urls[index % 4 < 2 ? 0 : 1];
	expect(await sendMixed(mixedDeliveries(SECRET, sent), CONCURRENCY, urlOf)).toEqual([]);
	await n8n.rest.finishedExecutions(id, EVENTS);
	expect(await idsThatLeft(n8n.rest, id, TRIGGER_NAME)).toEqual(idsOf(sent));
});

test('in the editor, with manual executions on workers: the sample page, a signed test event and a refused one', async () => {
	const editor = await Editor.start({ server: n8n.main, rest: n8n.rest });
	try {
		const trigger = jofiTrigger({}, credential);
		const { id } = await n8n.rest.createWorkflow(triggerWorkflow('By hand', trigger));
		const url = testUrl(n8n.main.url, trigger);
		await editor.openNode(id, TRIGGER_NAME);

		await editor.listen();
		await editor.chooseSample(url, 'Invitation Accepted');
		await editor.waitForOutput('evt_sample_');

		const event = jofiEvent('test_taker.created');
		await editor.listen();
		expect((await deliver(url, event, genuine)).status).toBe(200);
		await editor.waitForOutput(event.id);

		await editor.listen();
		expect((await deliver(url, event, hmac('another'))).status).toBe(401);
		await editor.waitForError(/does not fit the Signing Secret/, /once more and paste it/);
		const runs = await n8n.rest.executions(id);
		expect(runs.map(({ mode }) => mode)).toContain('manual');
	} finally {
		await editor.close();
	}
});

test('a repeat that reaches the other webhook processor is stopped by the template with Remove Duplicates', async () => {
	const { id, urls } = await publish(neverTwice(credential));
	const sent = selectedEvents(IS_LONG ? 10 : 5);
	let deliveries = 0;
	// One at a time: n8n's node reads its list and writes it back without a lock.
	for (const url of urls) {
		for (const event of sent) {
			expect((await deliver(url, event, genuine)).status).toBe(200);
			deliveries++;
			await n8n.rest.firstExecutions(id, deliveries);
		}
	}
	expect(await idsThatLeft(n8n.rest, id, TRIGGER_NAME)).toHaveLength(2 * sent.length);
	expect(await idsThatLeft(n8n.rest, id, OWN_STEPS)).toEqual(idsOf(sent));
});

test('a worker and a webhook processor are killed midway: every event runs, but for the runs that n8n reports as failed', async () => {
	await n8n.lookForLostRunsOften();
	const trigger = jofiTrigger({ events: ['*'] }, credential);
	const { id, urls } = await publish(triggerWorkflow('Killed', trigger));
	const sent = selectedEvents(EVENTS);
	let taken = 0;
	const sending = inParallel(sent, CONCURRENCY, async (event) => {
		// As JOFI behind a load balancer would: what fails is sent again, to the next processor.
		for (let attempt = taken; ; attempt++) {
			const url = urls[attempt % 2 ? 1 : 0];
			const answer = await deliver(url, event, genuine).catch(() => undefined);
			if (answer?.status === 200) break;
			await wait(200);
		}
		taken++;
	});
	await eventually(
		'a third of the events',
		() => taken,
		(count) => count >= EVENTS / 3,
	);
	await Promise.all([n8n.workers[1]?.crash(), n8n.webhooks[1]?.crash()]);
	await sending;

	// What n8n leaves behind is counted, not waited for.
	const runs = await asFarAsItGets(
		async () => await n8n.rest.executions(id),
		(found) => found.length >= EVENTS && !found.some(isUnderWay),
		QUIET_MS,
	);
	const endless = runs.filter(isUnderWay).length;
	const crashed = runs.filter(({ status }) => status === 'crashed');
	// In queue mode the answer to a retry may never come, so the run itself has to tell.
	for (const run of crashed) void n8n.rest.retry(run.id).catch(() => undefined);
	const retries = await asFarAsItGets(
		async () => (await n8n.rest.executions(id)).filter(({ mode }) => mode === 'retry'),
		(found) => found.length >= crashed.length && !found.some(isUnderWay),
		QUIET_MS,
	);
	const succeeded = retries.filter(({ status }) => status === 'success').length;
	const ran = new Set(await idsThatLeft(n8n.rest, id, TRIGGER_NAME));
	// n8n fails what the killed worker had in hand, and does not keep the event in such a run.
	const failed = runs.filter(({ status }) => status === 'error').length;
	const missing = idsOf(sent).filter((event) => !ran.has(event));
	process.stderr.write(
		`${sent.length} events: ${runs.length} runs, ${failed} failed, ${endless} without an end, ${crashed.length} crashed, ${succeeded} of them succeeded when retried, ${missing.length} events missing\n`,
	);
	expect(failed + endless).toBeLessThanOrEqual(WORKER_CONCURRENCY);
	expect(missing.length).toBeLessThanOrEqual(failed + endless + crashed.length - succeeded);
});
