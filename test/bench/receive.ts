/**
 * What `receive` costs for each event, beside one HMAC and one JSON.parse of the same bytes: ratios for
 * bodies and headers of several sizes, and the memory that seen ids take.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { receive as receiveFunction } from '../../nodes/Jofi/trigger/receive';
import { SeenEvents } from '../../nodes/Jofi/trigger/seenEvents';
import { fixedSource, settings } from '../support/delivery';
import { hmac, jofiEvent } from '../support/jofi';
import { median } from './figures';

export interface ReceiveCost {
	bodyBytes: number;
	headers: number;
	receiveMicroseconds: number;
	bareMicroseconds: number;
	/** Median over the rounds of receive / bare, each round measured side by side. */
	ratio: number;
}

/** `receive`, from the sources or as it was built from them. */
export type Receive = typeof receiveFunction;

const SECRET = 'bench-signing-secret';
const AT = Date.parse('2026-02-03T13:00:00Z');

/** How many headers a delivery has behind a reverse proxy, and how many it may have. */
const USUAL_HEADERS = 20;
const MANY_HEADERS = 100;
export const LARGEST_RATIO = 2;
export const MOST_FOR_MANY_HEADERS = 50;

/** Measures all combinations of 2 KB, 100 KB, 1 MB with 5, 20 and 100 headers, for so many seconds each. */
export async function measureReceive(receive: Receive, seconds = 2): Promise<ReceiveCost[]> {
	const costs: ReceiveCost[] = [];
	for (const bodyBytes of [2_000, 100_000, 1_000_000]) {
		for (const headers of [5, USUAL_HEADERS, MANY_HEADERS]) {
			costs.push(await measureOne(receive, bodyBytes, headers, seconds));
		}
	}
	return costs;
}

/** What a usual delivery of 2 KB takes as a ratio, and how many microseconds many headers add to it. */
export function figuresWithAims(costs: ReceiveCost[]): { ratio: number; moreMicroseconds: number } {
	const [, usual, many] = costs;
	return {
		ratio: usual?.ratio ?? NaN,
		moreMicroseconds: (many?.receiveMicroseconds ?? NaN) - (usual?.receiveMicroseconds ?? NaN),
	};
}

/**
 * What refusing a body of 16 MB costs, in milliseconds: with one signature that does not fit, by SHA-256 and
 * by SHA-512, and with the worst headers that were found, which ask for many texts in the slowest hash.
 *
 * @param rounds - how often both are measured, in turn
 */
export async function measureRefusals(
	receive: Receive,
	rounds: number,
): Promise<Record<'sha256' | 'sha512' | 'worst', number>> {
	const body = Buffer.alloc(16 * 1024 * 1024, ' ');
	const source = fixedSource({ method: 'hmac', secrets: [SECRET] });
	const refuse = (headers: Record<string, string>) => async () => {
		const outcome = await receive(
			{ url: '', headers, body, receivedAt: AT, diagnose: false, answered: Promise.resolve(true) },
			source,
			() => settings(),
			new SeenEvents(),
		);
		if (outcome.kind !== 'reject') throw new Error(`Not refused: ${JSON.stringify(outcome)}`);
	};
	const sha256 = refuse({ 'x-jofi-signature': 'ab'.repeat(32) });
	const sha512 = refuse({ 'x-jofi-signature': 'ab'.repeat(64) });
	const worst = refuse(worstHeaders(AT));
	const times = { sha256: [] as number[], sha512: [] as number[], worst: [] as number[] };
	for (let round = 0; round < rounds; round++) {
		times.sha256.push((await time(sha256, 1)) / 1000);
		times.sha512.push((await time(sha512, 1)) / 1000);
		times.worst.push((await time(worst, 1)) / 1000);
	}
	return {
		sha256: median(times.sha256),
		sha512: median(times.sha512),
		worst: median(times.worst),
	};
}

/**
 * As many as n8n takes (16 KB), each with three signatures and a time of its own, beside all other parts.
 *
 * @param at - the first of the times, in milliseconds since 1970
 */
export function worstHeaders(at: number): Record<string, string> {
	const signatures = `v3=${'cd'.repeat(64)},v1=${'ab'.repeat(32)},v2=${'ef'.repeat(20)}`;
	const time = Math.floor(at / 1000);
	const headers: Record<string, string> = {
		'webhook-id': 'msg_1',
		'webhook-timestamp': String(time),
		'webhook-signature': signatures,
	};
	for (let index = 0; index < 50; index++) {
		headers[`x-signature-${index}`] = `t=${time + index},${signatures}`;
	}
	return headers;
}

/** Remembers so many events. Out: the heap in bytes after each tenth of them, garbage collected if Node allows. */
export async function heapOverEvents(events: number): Promise<number[]> {
	const seenEvents = new SeenEvents();
	const heap: number[] = [];
	for (let index = 1; index <= events; index++) {
		await seenEvents.claim(
			`evt_${index.toString(36).padStart(20, 'x')}`,
			AT,
			Promise.resolve(true),
		);
		if (index % (events / 10) === 0) {
			globalThis.gc?.();
			heap.push(process.memoryUsage().heapUsed);
		}
	}
	return heap;
}

async function measureOne(
	receive: Receive,
	bodyBytes: number,
	count: number,
	seconds: number,
): Promise<ReceiveCost> {
	const body = bodyOf(bodyBytes);
	const headers = await headersOf(body, count);
	const source = fixedSource({ method: 'hmac', secrets: [SECRET] });
	const seenEvents = new SeenEvents();
	const chosen = settings({ skipDuplicates: false });

	const whole = async (): Promise<void> => {
		const outcome = await receive(
			{ url: '', headers, body, receivedAt: AT, diagnose: false, answered: Promise.resolve(true) },
			source,
			() => chosen,
			seenEvents,
		);
		if (outcome.kind !== 'emit') throw new Error(`Nothing emitted: ${JSON.stringify(outcome)}`);
	};
	const expected = createHmac('sha256', SECRET).update(body).digest();
	const bare = (): Promise<void> => {
		const digest = createHmac('sha256', SECRET).update(body).digest();
		if (!timingSafeEqual(digest, expected)) throw new Error('HMAC differs');
		JSON.parse(body.toString('utf8'));
		return Promise.resolve();
	};

	const warmUp = Math.ceil(seconds * 100);
	await time(whole, warmUp);
	const perRound = Math.max(1, Math.round(0.02 / ((await time(bare, warmUp)) / 1e6)));
	const rounds: Array<{ whole: number; bare: number }> = [];
	const end = performance.now() + seconds * 1000;
	while (performance.now() < end || rounds.length < 5) {
		rounds.push({ whole: await time(whole, perRound), bare: await time(bare, perRound) });
	}
	return {
		bodyBytes: body.length,
		headers: count,
		receiveMicroseconds: median(rounds.map((round) => round.whole)),
		bareMicroseconds: median(rounds.map((round) => round.bare)),
		ratio: median(rounds.map((round) => round.whole / round.bare)),
	};
}

/** An event of the fixtures, made as long as wanted by more assigned assessments: what JOFI would repeat. */
function bodyOf(bytes: number): Buffer {
	const event = jofiEvent('test_taker.assessment_completed');
	const assignments = event.data.object.assigned_assessments as unknown[];
	const entry = JSON.stringify(assignments[0]);
	const short = JSON.stringify({
		...event,
		data: { object: { ...event.data.object, assigned_assessments: [assignments[0]] } },
	});
	const more = Math.max(0, Math.ceil((bytes - short.length) / (entry.length + 1)));
	event.data.object.assigned_assessments = Array.from({ length: more + 1 }, () => assignments[0]);
	return Buffer.from(JSON.stringify(event), 'utf8');
}

/** The signature, last, behind headers such as browsers, proxies and tracing tools send. */
async function headersOf(body: Buffer, count: number): Promise<IncomingHttpHeaders> {
	const usual: Array<[string, string]> = [
		['host', 'n8n.example.com'],
		['content-type', 'application/json'],
		['content-length', String(body.length)],
		['user-agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'],
	];
	for (let index = usual.length; index < count - 2; index++) {
		usual.push([
			`x-trace-${index}`,
			index % 2 ? '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' : String(index),
		]);
	}
	usual.push(...Object.entries(hmac(SECRET)(body)));
	return await asNodeMakesThem(Object.fromEntries(usual));
}

/** The object that Node.js makes of headers: it depends on how it was made how fast V8 reads it. */
async function asNodeMakesThem(headers: Record<string, string>): Promise<IncomingHttpHeaders> {
	let received: IncomingHttpHeaders = {};
	const server = createServer((incoming, response) => {
		received = incoming.headers;
		incoming.resume().on('end', () => response.end());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const sent = { ...headers, 'content-length': '0', connection: 'close' };
	const outgoing = request({ host: '127.0.0.1', port, method: 'POST', headers: sent });
	outgoing.end();
	const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
	response.resume();
	server.close();
	return received;
}

/** Microseconds for one run, on average over a number of runs. */
async function time(run: () => Promise<void>, runs: number): Promise<number> {
	const startedAt = performance.now();
	for (let index = 0; index < runs; index++) await run();
	return ((performance.now() - startedAt) / runs) * 1000;
}
