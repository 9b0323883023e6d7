/** n8n is killed again and again while JOFI sends. JOFI is taken to send again what was not answered with 2xx. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { deliver, EVENT_TYPES, hmac, jofiEvent, type SentEvent } from '../support/jofi';
import { isUnderWay, type Execution, type Workflow, type WorkflowNode } from '../support/n8n/rest';
import { startTestServer, type TestServer } from '../support/n8n/testServer';
import { inParallel } from '../support/parallel';
import { hmacCredential, publish } from '../support/publish';
import { idsThatLeft, neverTwice, OWN_STEPS } from '../support/runs';
import { jofiTrigger, noOp, TRIGGER_NAME, triggerWorkflow } from '../support/workflows';

const SECRET = 'crash-signing-secret';
const IS_LONG = process.env.LOAD === 'long';
const EVENTS = IS_LONG ? 1000 : 24;
const CRASHES = IS_LONG ? 4 : 1;

/**
 * Whether n8n took an event. While it starts, n8n answers whatever comes with 200 and this sentence, before
 * any node sees it; a sender that looks at the status only loses the event.
 */
function isTaken({ status, body }: { status: number; body: string }): boolean {
	return status >= 200 && status < 300 && !body.includes('n8n is starting up');
}

/**
 * Publishes a workflow and sends it events while n8n is killed and started again. Then retries the runs
 * that n8n lists as crashed, as a person does under Executions.
 *
 * @param isPatient Whether one event is sent at a time, and again only when n8n is done with what it resumed.
 * @returns The workflow, and the ids of all events and of those in crashed runs.
 */
async function sendThroughCrashes(
	n8n: TestServer,
	workflowFor: (credential: { id: string; name: string }) => Workflow,
	isPatient: boolean,
) {
	const workflow = workflowFor(await hmacCredential(n8n.rest, SECRET));
	const { id, url } = await publish(n8n, workflow);

	const events = Array.from({ length: EVENTS }, (_, index) =>
		jofiEvent(EVENT_TYPES[index % EVENT_TYPES.length] ?? 'invitation.created'),
	);
	let taken = 0;
	let failures = 0;
	let recovered = Promise.resolve();
	let crashedAt = 0;
	// Runs that a crash cut off. n8n marks most of them as crashed, and leaves some as running for good.
	const isCutOff = ({ status, startedAt }: Execution) =>
		status === 'crashed' || (status === 'running' && Date.parse(startedAt ?? '') < crashedAt);
	const settledRuns = async (count: number) =>
		await eventually(
			`${count} runs to end`,
			async () => await n8n.rest.executions(id),
			(runs) => runs.length >= count && runs.every((run) => isCutOff(run) || !isUnderWay(run)),
		);
	const sendUntilTaken = async (event: SentEvent): Promise<void> => {
		for (;;) {
			const answer = await deliver(url, event, hmac(SECRET)).catch(() => undefined);
			if (answer && isTaken(answer)) break;
			failures++;
			await wait(250);
			if (isPatient) await recovered;
		}
		taken++;
	};
	const sending = inParallel(events, isPatient ? 1 : 8, sendUntilTaken);
	for (let crash = 1; crash <= CRASHES; crash++) {
		await eventually(
			`the crash number ${crash} to be due`,
			() => taken,
			(count) => count >= (EVENTS * crash) / (CRASHES + 1),
		);
		recovered = n8n.server.crash().then(async () => {
			crashedAt = Date.now();
			await n8n.server.launch();
			if (isPatient) await settledRuns(0);
		});
		await recovered;
	}
	await sending;
	// n8n was killed while events were under way.
	expect(failures).toBeGreaterThan(0);

	const runs = await settledRuns(EVENTS);
	const crashed = runs.filter(isCutOff);
	const retried: string[] = [];
	for (const run of crashed) {
		const { id: retry } = await n8n.rest.retry(run.id);
		const items = (await n8n.rest.outputsOf(retry, TRIGGER_NAME)).flat();
		retried.push(...items.map(({ json }) => String(json.event_id)));
	}
	const sent = events.map((event) => event.id).sort();
	process.stderr.write(
		`${sent.length} events, ${CRASHES} crashes: ${failures} deliveries failed, ${runs.length} runs, ${crashed.length} of them cut off\n`,
	);
	return { id, sent, retried };
}

let n8n: TestServer;
/** Has one run at a time. */
let oneByOne: TestServer;
/** A run that the first crash cuts off. */
let cutOffRun: Awaited<ReturnType<typeof startEndlessRun>>;

beforeAll(async () => {
	const env = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' };
	// What has started is disposed of, also if the other one does not start.
	await Promise.all([
		startTestServer().then((started) => (n8n = started)),
		startTestServer({ env }).then((started) => (oneByOne = started)),
	]);
	cutOffRun = await startEndlessRun();
});

afterAll(async () => {
	await n8n?.server.dispose();
	await oneByOne?.server.dispose();
});

/** Starts a run behind Remove Duplicates that asks a service, which answers only when it is told to. */
async function startEndlessRun() {
	const asked: string[] = [];
	let isAnswering = false;
	const service = createServer(({ url }, response) => {
		const event_id = (url ?? '').slice(1);
		asked.push(event_id);
		if (!isAnswering) return;
		response.setHeader('content-type', 'application/json').end(JSON.stringify({ event_id }));
	});
	service.listen(0, '127.0.0.1').unref();
	await once(service, 'listening');
	const { port } = service.address() as AddressInfo;
	const request: WorkflowNode = {
		...noOp(OWN_STEPS),
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url: `=http://127.0.0.1:${port}/{{ $json.event_id }}`, options: {} },
	};
	const workflow = neverTwice(await hmacCredential(n8n.rest, SECRET), request);
	const { id, url } = await publish(n8n, workflow);
	const event = jofiEvent('invitation.created');
	expect((await deliver(url, event, hmac(SECRET))).status).toBe(200);
	await eventually(
		'the run to ask the service',
		() => asked.length,
		(count) => count === 1,
	);
	const [run] = await n8n.rest.executions(id);
	await eventually(
		'its progress',
		async () => await n8n.rest.outputsOf(run?.id ?? '', 'Only new events'),
		(outputs) => outputs.flat().length === 1,
	);
	const answer = () => {
		isAnswering = true;
	};
	return { id, event, asked, answer };
}

test.concurrent('every event runs at least once, with the crashed runs retried', async () => {
	const { id, sent } = await sendThroughCrashes(
		n8n,
		(credential) => triggerWorkflow('Plain', jofiTrigger({ events: ['*'] }, credential)),
		false,
	);
	const ran = await idsThatLeft(n8n.rest, id, TRIGGER_NAME);
	expect([...new Set(ran)]).toEqual(sent);
});

// n8n's Remove Duplicates reads its list and writes it back without a lock: two runs at the same moment
// forget each other's events. So one run at a time, and no repeat while n8n resumes what was queued.
test.concurrent(
	'behind Remove Duplicates, with one run at a time: every event runs exactly once, unless its own run crashed',
	async () => {
		const { id, sent, retried } = await sendThroughCrashes(oneByOne, neverTwice, true);
		const ran = await idsThatLeft(oneByOne.rest, id, OWN_STEPS);
		// Between the node's own note of an event and n8n's of the run, a crash leaves a run that knows its event already.
		const cutOff = sent.filter((event) => !ran.includes(event) && retried.includes(event));
		expect([...ran, ...cutOff].sort()).toEqual(sent);
		expect(cutOff.length).toBeLessThanOrEqual(CRASHES);
	},
);

test('a run that crashed behind Remove Duplicates goes on when it is retried', async () => {
	const { rest } = n8n;
	const { id, event, asked, answer } = cutOffRun;
	const [crashed] = await rest.finishedExecutions(id, 1);
	expect(crashed?.status).toBe('crashed');
	expect(await idsThatLeft(rest, id, OWN_STEPS)).toEqual([]);
	answer();
	await rest.retry(crashed?.id ?? '');
	await rest.finishedExecutions(id, 2);
	expect(await idsThatLeft(rest, id, OWN_STEPS)).toEqual([event.id]);
	expect(asked).toEqual([event.id, event.id]);
});
