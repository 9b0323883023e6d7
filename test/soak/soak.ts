/**
 * `npm run test:soak`: hours of a steady trickle of events, with bursts, on two n8n at once: one with a JOFI
 * Trigger, and one with n8n's own Webhook node in its place. What the one grows more than the other is
 * the trigger's share. `SOAK_MINUTES` says how long; two hours otherwise.
 *
 * Ends with exit code 1 if an event did not run exactly once, an answer was wrong, or the share grew.
 */
import getPort from 'get-port';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { headerAuthWorkflow, publish as publishWebhook } from '../bench/contenders';
import { median, table } from '../bench/figures';
import { deliver, EVENT_TYPES, hmac, jofiEvent, type Signing } from '../support/jofi';
import { packPackage } from '../support/n8n/packedPackage';
import { N8nRest } from '../support/n8n/rest';
import { N8nServer } from '../support/n8n/server';
import { inParallel } from '../support/parallel';
import { publishTrigger } from '../support/publish';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 120);
const PAUSE_MS = 2000;
/** Every tenth of these is a forgery, every tenth a repeat. */
const BURST = { everyMinutes: 10, events: 60, concurrency: 20 };
/** What garbage and caches may leave between two quarters of the run. The memory of seen events alone may take 1.5 MB. */
const MAY_GROW_MB = 5;
const SECRET = 'soak-signing-secret';

interface Sample {
	heapMb: number;
	rssMb: number;
}

/** An n8n under load. */
interface Soaked {
	name: string;
	server: N8nServer;
	rest: N8nRest;
	workflowId: string;
	url: string;
	sign: Signing;
	/** How often the workflow has to have run. */
	genuine: number;
	wrongAnswers: string[];
	samples: Sample[];
	probe: string;
}

async function start(
	name: string,
	sign: Signing,
	publish: (rest: N8nRest, server: N8nServer) => Promise<{ workflowId: string; url: string }>,
): Promise<Soaked> {
	const port = await getPort({ host: '127.0.0.1' });
	const server = await N8nServer.start({
		tarball: await packPackage(),
		hasEditor: true,
		env: {
			NODE_OPTIONS: `--import ${join(__dirname, 'memoryProbe.mjs')}`,
			MEMORY_PROBE_PORT: String(port),
			N8N_LOG_LEVEL: 'error',
			EXECUTIONS_DATA_PRUNE: 'false',
		},
	});
	const rest = new N8nRest(server);
	await rest.setUpOwner();
	const published = await publish(rest, server);
	const probe = `http://127.0.0.1:${port}`;
	return {
		name,
		server,
		rest,
		...published,
		sign,
		genuine: 0,
		wrongAnswers: [],
		samples: [],
		probe,
	};
}

/** One event: as a rule a genuine one, every tenth a forgery, and every tenth sent twice. */
async function send(soaked: Soaked, index: number): Promise<void> {
	const event = jofiEvent(EVENT_TYPES[index % EVENT_TYPES.length] ?? 'invitation.created');
	const isForgery = index % 10 === 0;
	const isRepeated = index % 10 === 5 && soaked.name === 'JOFI Trigger';
	const expectAnswer = async (signing: Signing, right: RegExp) => {
		const { status, body } = await deliver(soaked.url, event, signing);
		if (!right.test(`${status} ${body}`)) soaked.wrongAnswers.push(`${status} ${body}`);
	};
	if (isForgery) {
		await expectAnswer(() => ({}), /^40[13] /);
		return;
	}
	await expectAnswer(soaked.sign, /^200 /);
	soaked.genuine++;
	if (isRepeated) await expectAnswer(soaked.sign, /^200 .*seen_before/);
}

async function soak(both: Soaked[]): Promise<void> {
	const startedAt = Date.now();
	const minutesSoFar = () => (Date.now() - startedAt) / 60_000;
	let index = 0;
	let nextSample = 0;
	let nextBurst = BURST.everyMinutes / 2;
	while (minutesSoFar() < MINUTES) {
		await Promise.all(both.map(async (soaked) => await send(soaked, index)));
		index++;
		if (minutesSoFar() >= nextBurst) {
			nextBurst += BURST.everyMinutes;
			const indices = Array.from({ length: BURST.events }, (_, more) => index + more);
			index += BURST.events;
			for (const soaked of both) {
				await inParallel(indices, BURST.concurrency, async (one) => await send(soaked, one));
			}
		}
		if (minutesSoFar() >= nextSample) {
			nextSample += Math.min(1, MINUTES / 40);
			for (const soaked of both) soaked.samples.push(await sampleOf(soaked.probe));
			const heaps = both.map(({ name, samples }) => {
				const last = samples.at(-1);
				return `${name}: heap ${last?.heapMb.toFixed(1)} MB, RSS ${last?.rssMb.toFixed(0)} MB`;
			});
			say(`${minutesSoFar().toFixed(0)} min, ${index} events; ${heaps.join('; ')}`);
		}
		await wait(PAUSE_MS);
	}
}

async function sampleOf(probe: string): Promise<Sample> {
	const answer = await fetch(probe);
	const { heapUsed, rss } = (await answer.json()) as { heapUsed: number; rss: number };
	return { heapMb: heapUsed / 1e6, rssMb: rss / 1e6 };
}

/** The medians of the four quarters of a run. */
function quarters(samples: Sample[], of: keyof Sample): number[] {
	return [0, 1, 2, 3].map((quarter) => {
		const from = Math.floor((samples.length * quarter) / 4);
		const to = Math.floor((samples.length * (quarter + 1)) / 4);
		return median(samples.slice(from, to).map((sample) => sample[of]));
	});
}

async function main(): Promise<void> {
	say(`${MINUTES} minutes, ${new Date().toISOString()}`);
	const jofi = await start('JOFI Trigger', hmac(SECRET), async (rest, server) => {
		const { id, url } = await publishTrigger({ rest, server }, SECRET);
		return { workflowId: id, url };
	});
	const webhook = await start(
		'Webhook node',
		() => ({ 'x-jofi-secret': SECRET }),
		async (rest, server) => {
			const workflow = await headerAuthWorkflow(rest, SECRET);
			return await publishWebhook(rest, server.url, workflow, 'header');
		},
	);
	const both = [jofi, webhook];
	try {
		await untilRegistered(webhook);
		await soak(both);
		await report(both);
	} finally {
		for (const { server } of both) await server.dispose();
	}
}

/** The Webhook node answers no GET, so that its first event tells. */
async function untilRegistered(soaked: Soaked): Promise<void> {
	for (;;) {
		const { status } = await deliver(soaked.url, jofiEvent('invitation.created'), soaked.sign);
		if (status === 200) break;
		await wait(500);
	}
	soaked.genuine++;
}

async function report(both: Soaked[]): Promise<void> {
	const rows = both.flatMap(({ name, samples }) => [
		[`${name}, heap`, ...quarters(samples, 'heapMb').map((value) => value.toFixed(1))],
		[`${name}, RSS`, ...quarters(samples, 'rssMb').map((value) => value.toFixed(0))],
	]);
	say(table([['MB, medians', 'First quarter', 'Second', 'Third', 'Fourth'], ...rows]));

	const grown = both.map(({ samples }) => {
		const [, second = NaN, , fourth = NaN] = quarters(samples, 'heapMb');
		return fourth - second;
	});
	const share = (grown[0] ?? NaN) - (grown[1] ?? NaN);
	say(`The trigger's share grew by ${share.toFixed(1)} MB from the second quarter to the fourth.`);
	if (!(share <= MAY_GROW_MB)) process.exitCode = 1;

	for (const { name, wrongAnswers } of both) {
		say(`${name}: ${wrongAnswers.length} wrong answers ${wrongAnswers.slice(0, 5).join(', ')}`);
	}
	for (const { name, rest, workflowId, genuine, wrongAnswers } of both) {
		const runs = await rest.finishedExecutions(workflowId, genuine);
		const succeeded = runs.filter(({ status }) => status === 'success').length;
		say(`${name}: ${genuine} genuine events, ${runs.length} runs, ${succeeded} succeeded`);
		const isRight = runs.length === genuine && succeeded === genuine && wrongAnswers.length === 0;
		if (!isRight) process.exitCode = 1;
	}
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

void main();
