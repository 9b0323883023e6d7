/**
 * What a delivery costs the whole n8n process, beside n8n's own Webhook node with Header Auth, with n8n's
 * default settings and with lazy expression isolates, in one run. `npm run bench` runs it and writes
 * docs/performance.md. It fails if an answer or the number of runs is wrong, or a ratio is above its limit.
 */
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually';
import { deliver, hmac, jofiEvent, type Signing } from '../support/jofi';
import { packPackage } from '../support/n8n/packedPackage';
import type { N8nRest, Workflow } from '../support/n8n/rest';
import { LAZY_ISOLATES } from '../support/n8n/server';
import { startTestServer, type TestServer } from '../support/n8n/testServer';
import { inParallel } from '../support/parallel';
import { hmacCredential } from '../support/publish';
import { jofiTrigger, triggerWorkflow } from '../support/workflows';
import { cpuMsFor, keepTable, median } from './measure';

const ROUNDS = 5;
const DELIVERIES = 120;
/** V8 goes on optimizing for long. */
const WARM_UP_DELIVERIES = 200;
const CONCURRENCY = 8;
/** Of the CPU time of the Webhook node. */
const LIMITS: Record<string, number> = { accepting: 1.05, refusing: 1.05 };
const ISOLATES = { default: {}, lazy: LAZY_ISOLATES };
const SECRET = 'bench-signing-secret';

/** A published workflow, and deliveries that it answers in one way. */
interface Contender {
	name: string;
	workflowId: string;
	url: string;
	signing: Signing;
	status: number;
}

interface Started extends TestServer {
	isolates: string;
	contenders: Contender[];
}

async function start(isolates: string, more: object, tarball: string): Promise<Started> {
	const env = { ...more, N8N_LOG_LEVEL: 'error' };
	const { server, rest } = await startTestServer({ tarball, env });
	const trigger = jofiTrigger({}, await hmacCredential(rest, SECRET));
	const jofi = await published(rest, triggerWorkflow('JOFI', trigger, []));
	const webhook = await published(rest, await headerAuthWorkflow(rest));
	const header = (value: string) => () => ({ 'x-jofi-secret': value });
	const contenders = [
		{ name: 'JOFI Trigger accepting', ...jofi, signing: hmac(SECRET), status: 200 },
		{ name: 'Webhook node accepting', ...webhook, signing: header(SECRET), status: 200 },
		{ name: 'JOFI Trigger refusing', ...jofi, signing: hmac('another'), status: 401 },
		{ name: 'Webhook node refusing', ...webhook, signing: header('another'), status: 403 },
	].map((contender) => ({ ...contender, url: `${server.url}${contender.path}` }));
	return { isolates, server, rest, contenders };
}

async function published(rest: N8nRest, workflow: Workflow) {
	const { id: workflowId } = await rest.createWorkflow(workflow);
	await rest.publish({ id: workflowId });
	return { workflowId, path: `/webhook/${workflow.nodes[0]?.webhookId}/jofi` };
}

/** n8n's Webhook node, with a credential as the JOFI Trigger has one: n8n checks for each run whether it may be used. */
async function headerAuthWorkflow(rest: N8nRest): Promise<Workflow> {
	const data = { name: 'x-jofi-secret', value: SECRET };
	const credential = await rest.createCredential('httpHeaderAuth', data);
	const webhookId = randomUUID();
	const node = {
		id: randomUUID(),
		webhookId,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0] as [number, number],
		parameters: {
			httpMethod: 'POST',
			// With the id in front n8n looks the path up as it does a trigger's.
			path: `${webhookId}/jofi`,
			authentication: 'headerAuth',
			options: {},
		},
		credentials: { httpHeaderAuth: credential },
	};
	return { name: 'Header Auth', nodes: [node], connections: {} };
}

/** How many deliveries each workflow has accepted. */
const accepted = new Map<string, number>();

async function send({ url, signing, status, name, workflowId }: Contender): Promise<void> {
	const answer = await deliver(url, jofiEvent('test_taker.assessment_completed'), signing);
	if (answer.status !== status) throw new Error(`${name}: ${answer.status} ${answer.body}`);
	if (status === 200) accepted.set(workflowId, (accepted.get(workflowId) ?? 0) + 1);
}

const sendMany = async (contender: Contender, count: number) =>
	await inParallel(Array.from({ length: count }), CONCURRENCY, async () => await send(contender));

async function checkRuns({ rest, contenders }: Started): Promise<void> {
	for (const workflowId of new Set(contenders.map((contender) => contender.workflowId))) {
		const runs = await rest.executions(workflowId);
		const succeeded = runs.filter(({ status }) => status === 'success').length;
		const expected = accepted.get(workflowId);
		if (runs.length !== expected || succeeded !== expected) {
			throw new Error(`${runs.length} runs, ${succeeded} succeeded, ${expected} expected`);
		}
	}
}

async function main(): Promise<void> {
	const tarball = await packPackage();
	const started = await Promise.all(
		Object.entries(ISOLATES).map(async ([isolates, env]) => await start(isolates, env, tarball)),
	);
	/** By isolates and contender, a figure for each round. */
	const cpuMs: Record<string, Record<string, number[]>> = {};
	try {
		for (const { contenders } of started) {
			for (const contender of contenders) {
				await eventually(
					`${contender.name} to answer`,
					async () => await send(contender).catch((error: Error) => error.message),
					(problem) => problem === undefined,
				);
				await sendMany(contender, WARM_UP_DELIVERIES);
			}
		}
		// In turns, since the machine is not equally fast all the time.
		for (let round = 1; round <= ROUNDS; round++) {
			for (const { isolates, server, contenders } of started) {
				for (const contender of contenders) {
					const work = async () => await sendMany(contender, DELIVERIES);
					const cost = (await cpuMsFor(server.pid, work)) / DELIVERIES;
					((cpuMs[isolates] ??= {})[contender.name] ??= []).push(cost);
				}
			}
			process.stderr.write(`Round ${round} of ${ROUNDS} is done.\n`);
		}
		for (const one of started) await checkRuns(one);
	} finally {
		await Promise.all(started.map(async ({ server }) => await server.dispose()));
	}

	const rows = [['', 'JOFI Trigger', 'Webhook node', 'Ratio', 'Limit']];
	for (const [isolates, costs] of Object.entries(cpuMs)) {
		for (const [what, limit] of Object.entries(LIMITS)) {
			const jofi = costs[`JOFI Trigger ${what}`] ?? [];
			const webhook = costs[`Webhook node ${what}`] ?? [];
			const ratio = median(jofi.map((ms, round) => ms / (webhook[round] ?? NaN)));
			const shown = [jofi, webhook].map((times) => `${median(times).toFixed(1)} ms`);
			rows.push([`${what}, ${isolates} isolates`, ...shown, ratio.toFixed(2), String(limit)]);
			if (!(ratio <= limit)) process.exitCode = 1;
		}
	}
	await keepTable('bench', rows);
}

void main();
