/**
 * What a delivery costs the whole n8n process, beside what people would use in place of the JOFI Trigger,
 * on n8n as shipped and with lazy expression sandboxes, in one run. `npm run bench` runs it, writes the
 * figures into docs/performance.md, and fails if a ratio is not reached.
 */
import { deliver } from '../support/jofi';
import { packPackage } from '../support/n8n/packedPackage';
import { eventually } from '../support/eventually';
import { N8nRest } from '../support/n8n/rest';
import { LAZY_ISOLATES, N8nServer } from '../support/n8n/server';
import { inParallel } from '../support/parallel';
import { CONTENDERS, publishContenders, type Contender, type ContenderName } from './contenders';
import { cpuMsOf, QUIET_MS, untilIdle } from './cpu';
import { keepFigures, median, table } from './figures';

export const ENGINES = {
	'as shipped': {},
	'lazy acquire': LAZY_ISOLATES,
} satisfies Record<string, Record<string, string>>;

export type Engine = keyof typeof ENGINES;

/** What a contender took in one round. */
export interface Cost {
	/** CPU time of the n8n process, in milliseconds for one delivery, until its run has ended. */
	cpuMs: number;
	/** Answers in a second. */
	perSecond: number;
}

/** The cost in each round. */
export type Costs = Record<Engine, Record<ContenderName, Cost[]>>;

interface Limit {
	what: ContenderName;
	besides: ContenderName;
	atMost: Partial<Record<Engine, number>>;
}

export const LIMITS: Limit[] = [
	{
		what: 'JOFI Trigger accepting',
		besides: 'Webhook node, Header Auth accepting',
		atMost: { 'as shipped': 1.05, 'lazy acquire': 1.05 },
	},
	{
		what: 'JOFI Trigger refusing a forgery',
		besides: 'Webhook node, Header Auth refusing',
		atMost: { 'as shipped': 1.05, 'lazy acquire': 1.05 },
	},
	{
		what: 'JOFI Trigger refusing 16 MB, worst headers',
		besides: 'JOFI Trigger refusing 16 MB',
		atMost: { 'as shipped': 2, 'lazy acquire': 2 },
	},
	// n8n's sandboxes decide these, so that they have no aim.
	{
		what: 'JOFI Trigger accepting',
		besides: 'Webhook node, no verification',
		atMost: {},
	},
	{ what: 'JOFI Trigger accepting', besides: 'Hand-built chain accepting', atMost: {} },
	{ what: 'JOFI Trigger refusing a forgery', besides: 'Hand-built chain refusing', atMost: {} },
	{ what: 'JOFI Trigger accepting', besides: 'Slack Trigger accepting', atMost: {} },
];

const CONCURRENCY = 8;
/**
 * Measures all contenders on both engines, interleaved.
 * In: how many rounds, how many deliveries each contender gets in a round, how many before the first,
 * and for how long n8n has to be quiet before and after.
 * Throws if an answer or the number of runs is not what it should be. Needs Linux, for the CPU time of a
 * process.
 */
export async function measureServers(
	rounds: number,
	deliveries: number,
	warmUpDeliveries: number,
	quietMs = QUIET_MS,
): Promise<Costs> {
	const tarball = await packPackage();
	const started = await Promise.all(
		Object.entries(ENGINES).map(async ([engine, env]) => {
			const server = await N8nServer.start({ tarball, env: { ...env, N8N_LOG_LEVEL: 'error' } });
			const rest = new N8nRest(server);
			await rest.setUpOwner();
			const contenders = await publishContenders(rest, server.url);
			return { engine: engine as Engine, server, rest, contenders };
		}),
	);
	const measured = new Map<string, Cost[]>();
	try {
		await Promise.all(
			started.map(async ({ contenders }) => {
				for (const contender of contenders) {
					await warmUp(contender, countFor(contender, warmUpDeliveries));
				}
			}),
		);
		for (let round = 1; round <= rounds; round++) {
			for (const { engine, server, contenders } of started) {
				// Each round begins with another: the first finds the process cold after the turn of the other engine.
				for (const contender of rotated(contenders, round)) {
					const cost = await measure(server.pid, contender, deliveries, quietMs);
					const key = `${engine}/${contender.name}`;
					measured.set(key, [...(measured.get(key) ?? []), cost]);
				}
			}
			process.stderr.write(`Round ${round} of ${rounds} is done.\n`);
		}
		for (const { rest, contenders } of started) await checkRuns(rest, contenders);
	} finally {
		await Promise.all(started.map(async ({ server }) => await server.dispose()));
	}
	const all = (engine: Engine) =>
		Object.fromEntries(
			CONTENDERS.map((name) => [name, measured.get(`${engine}/${name}`) ?? []]),
		) as Costs[Engine];
	return { 'as shipped': all('as shipped'), 'lazy acquire': all('lazy acquire') };
}

function rotated<Element>(elements: Element[], by: number): Element[] {
	const first = (by * 3) % elements.length;
	return [...elements.slice(first), ...elements.slice(0, first)];
}

/** How many deliveries a contender gets where the others get so many. */
function countFor({ oneIn = 1 }: Contender, usual: number): number {
	return Math.ceil(usual / oneIn);
}

const sent = new Map<Contender, number>();

async function deliverNext(contender: Contender): Promise<void> {
	const { content, signing } = contender.next();
	const { status, body } = await deliver(contender.url, content, signing);
	sent.set(contender, (sent.get(contender) ?? 0) + 1);
	if (status !== contender.status) {
		throw new Error(`${contender.name}: ${status} ${body} in place of ${contender.status}`);
	}
}

/** Waits until the webhook is registered, and lets the code get hot: V8 goes on optimizing for long. */
async function warmUp(contender: Contender, deliveries: number): Promise<void> {
	const { content, signing } = contender.next();
	await eventually(
		`an answer to ${contender.name}`,
		async () => (await deliver(contender.url, content, signing)).status,
		(status) => status === contender.status,
	);
	sent.set(contender, 1);
	await inParallel(
		Array.from({ length: deliveries }),
		CONCURRENCY,
		async () => await deliverNext(contender),
	);
}

async function measure(
	pid: number,
	contender: Contender,
	usualCount: number,
	quietMs: number,
): Promise<Cost> {
	const deliveries = countFor(contender, usualCount);
	await untilIdle(pid, quietMs);
	const before = await cpuMsOf(pid);
	const startedAt = performance.now();
	await inParallel(
		Array.from({ length: deliveries }),
		CONCURRENCY,
		async () => await deliverNext(contender),
	);
	const seconds = (performance.now() - startedAt) / 1000;
	await untilIdle(pid, quietMs);
	const cpuMs = (await cpuMsOf(pid)) - before;
	return { cpuMs: cpuMs / deliveries, perSecond: deliveries / seconds };
}

async function checkRuns(rest: N8nRest, contenders: Contender[]): Promise<void> {
	const expected = new Map<string, number>();
	for (const contender of contenders) {
		const before = expected.get(contender.workflowId) ?? 0;
		// Of the repeats, the very first is no repeat.
		const first = contender.name === 'JOFI Trigger dropping a repeat' ? 1 : 0;
		expected.set(
			contender.workflowId,
			before + first + (sent.get(contender) ?? 0) * contender.runs,
		);
	}
	for (const [workflowId, count] of expected) {
		const executions = await rest.executions(workflowId);
		if (executions.length !== count) {
			throw new Error(`Workflow ${workflowId}: ${executions.length} runs, ${count} expected`);
		}
		const failed = executions.find(({ status }) => status !== 'success');
		if (failed) throw new Error(`A run failed: ${await rest.errorOf(failed.id)}`);
	}
}

/** The reached ratios of CPU time beside their limits. */
export function ratiosOf(costs: Costs) {
	return LIMITS.map(({ what, besides, atMost }) => ({
		what,
		besides,
		ratios: (Object.keys(ENGINES) as Engine[]).map((engine) => ({
			engine,
			// Round by round, since the machine is not equally fast in all of them.
			ratio: median(
				costs[engine][what].map(
					({ cpuMs }, round) => cpuMs / (costs[engine][besides][round]?.cpuMs ?? NaN),
				),
			),
			atMost: atMost[engine],
		})),
	}));
}

/** The two tables of docs/performance.md. */
export function tablesOf(costs: Costs): string {
	const engines = Object.keys(ENGINES) as Engine[];
	const costLines = CONTENDERS.map((name) => [
		name,
		...engines.flatMap((engine) => {
			const cpuMs = median(costs[engine][name].map((cost) => cost.cpuMs));
			const perSecond = median(costs[engine][name].map((cost) => cost.perSecond));
			return [`${cpuMs.toFixed(1)} ms`, perSecond.toFixed(0)];
		}),
	]);
	const ratioLines = ratiosOf(costs).map(({ what, besides, ratios }) => [
		`${what} / ${besides}`,
		...ratios.map(({ ratio, atMost }) => {
			return atMost === undefined ? ratio.toFixed(2) : `${ratio.toFixed(2)} (at most ${atMost})`;
		}),
	]);
	return `${table([['', 'CPU, as shipped', 'Answers/s', 'CPU, lazy', 'Answers/s'], ...costLines])}

Ratios of CPU time, with the limit where one is set:

${table([['', 'As shipped', 'Lazy'], ...ratioLines])}`;
}

async function main(): Promise<void> {
	const costs = await measureServers(5, 120, 200);
	const tables = tablesOf(costs);
	process.stdout.write(`${tables}\n`);
	await keepFigures('bench', tables);
	const isMissed = ratiosOf(costs).some(({ ratios }) =>
		ratios.some(({ ratio, atMost }) => atMost !== undefined && !(ratio <= atMost)),
	);
	if (isMissed) process.exitCode = 1;
}

if (require.main === module) void main();
