/**
 * `npm run test:soak`: hours (`SOAK_MINUTES`, two hours by default) of a steady trickle of events with bursts,
 * on an n8n with a JOFI Trigger. Fails if an answer is wrong, an event does not run exactly once, or the heap
 * grows from the second quarter to the last by more than caches and seen events may take.
 */
import getPort from 'get-port';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { median } from '../bench/measure';
import { deliver, EVENT_TYPES, hmac, jofiEvent, type Signing } from '../support/jofi';
import { packPackage } from '../support/n8n/packedPackage';
import { startTestServer } from '../support/n8n/testServer';
import { inParallel } from '../support/parallel';
import { publishTrigger } from '../support/publish';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 120);
const PAUSE_MS = 2000;
const BURST = { everyMinutes: 10, events: 60, concurrency: 20 };
/** The memory of seen events alone may take 1.5 MB. */
const MAY_GROW_MB = 5;
const SECRET = 'soak-signing-secret';

const wrongAnswers: string[] = [];
let genuine = 0;

async function expectAnswer(url: string, event: object, signing: Signing, right: RegExp) {
	const { status, body } = await deliver(url, event, signing);
	if (!right.test(`${status} ${body}`)) wrongAnswers.push(`${status} ${body}`);
}

/** Every tenth event is a forgery, and another tenth is sent twice. */
async function send(url: string, index: number): Promise<void> {
	const event = jofiEvent(EVENT_TYPES[index % EVENT_TYPES.length] ?? 'invitation.created');
	if (index % 10 === 0) {
		await expectAnswer(url, event, hmac('another'), /^401 /);
		return;
	}
	await expectAnswer(url, event, hmac(SECRET), /^200 $/);
	genuine++;
	if (index % 10 === 5) await expectAnswer(url, event, hmac(SECRET), /^200 .*seen_before/);
}

/** @returns the heap in MB after each garbage collection that `memoryProbe.mjs` made */
async function soak(url: string, probe: string): Promise<number[]> {
	const startedAt = Date.now();
	const minutes = () => (Date.now() - startedAt) / 60_000;
	const heap: number[] = [];
	let index = 0;
	let nextBurst = BURST.everyMinutes / 2;
	let nextSample = 0;
	for (; minutes() < MINUTES; await wait(PAUSE_MS)) {
		await send(url, index++);
		if (minutes() >= nextBurst) {
			nextBurst += BURST.everyMinutes;
			const burst = Array.from({ length: BURST.events }, () => index++);
			await inParallel(burst, BURST.concurrency, async (one) => await send(url, one));
		}
		if (minutes() >= nextSample) {
			nextSample += Math.min(1, MINUTES / 40);
			const { heapUsed } = (await (await fetch(probe)).json()) as { heapUsed: number };
			heap.push(heapUsed / 1e6);
			say(`${minutes().toFixed(0)} min, ${index} events, heap ${heap.at(-1)?.toFixed(1)} MB`);
		}
	}
	return heap;
}

async function main(): Promise<void> {
	const port = await getPort({ host: '127.0.0.1' });
	const { server, rest } = await startTestServer({
		tarball: await packPackage(),
		env: {
			NODE_OPTIONS: `--import ${join(__dirname, 'memoryProbe.mjs')}`,
			MEMORY_PROBE_PORT: String(port),
			N8N_LOG_LEVEL: 'error',
			EXECUTIONS_DATA_PRUNE: 'false',
		},
	});
	try {
		const { id, url } = await publishTrigger({ rest, server }, SECRET);
		const heap = await soak(url, `http://127.0.0.1:${port}`);
		const [, second = NaN, , fourth = NaN] = [0, 1, 2, 3].map((quarter) =>
			median(heap.slice((heap.length * quarter) / 4, (heap.length * (quarter + 1)) / 4)),
		);
		const runs = await rest.finishedExecutions(id, genuine);
		const succeeded = runs.filter(({ status }) => status === 'success').length;
		say(`Heap, median of the second and the last quarter: ${second} and ${fourth} MB`);
		say(`${genuine} genuine events, ${runs.length} runs, ${succeeded} succeeded`);
		say(`${wrongAnswers.length} wrong answers ${wrongAnswers.slice(0, 5).join(', ')}`);
		const isRight = runs.length === genuine && succeeded === genuine && wrongAnswers.length === 0;
		if (!isRight || !(fourth - second <= MAY_GROW_MB)) process.exitCode = 1;
	} finally {
		await server.dispose();
	}
}

const say = (text: string) => process.stdout.write(`${text}\n`);

void main();
