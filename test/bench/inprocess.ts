/**
 * What `receive` costs without n8n: for an event of 2 KB beside one HMAC and one JSON.parse of the same
 * bytes, and for a refused body of 16 MB with the worst headers beside a single signature. `npm run
 * bench:inprocess` runs it on the built package and writes docs/performance.md; fails above a limit.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import type { receive as receiveFunction } from '../../nodes/Jofi/trigger/receive';
import { SeenEvents } from '../../nodes/Jofi/trigger/seenEvents';
import { delivery, fixedSource, settings } from '../support/delivery';
import { hmac, jofiEvent } from '../support/jofi';
import { keepTable, median } from './measure';

type Receive = typeof receiveFunction;
type Headers = Record<string, string>;
type Work = () => unknown;

const SECRET = 'bench-signing-secret';
const AT = Date.parse('2026-02-03T13:00:00Z');
const ROUNDS = 31;
const LIMIT = 2;

async function main(): Promise<void> {
	// What n8n runs: tsx adds calls of its own to the functions of the sources.
	const built = join(__dirname, '../../dist/nodes/Jofi/trigger/receive.js');
	const { receive } = (await import(built)) as { receive: Receive };

	const body = Buffer.from(JSON.stringify(jofiEvent('test_taker.assessment_completed')));
	const signature = hmac(SECRET)(body);
	const large = Buffer.alloc(16 * 1024 * 1024, ' ');
	const bySha512 = { 'x-jofi-signature': 'ab'.repeat(64) };
	const accepting = (count: number) =>
		receiving(receive, body, { ...otherHeaders(count - 1), ...signature });
	const worst = receiving(receive, large, worstHeaders());
	const rows = [
		await compare('Accepting 2 KB, 20 headers', accepting(20), bare(body), 500),
		await compare('Accepting 2 KB, 100 headers', accepting(100), bare(body), 500),
		await compare('Refusing 16 MB, worst headers', worst, receiving(receive, large, bySha512), 1),
	];
	await keepTable('bench-inprocess', [
		['', 'This package', 'Beside', 'Ratio'],
		...rows.map(({ what, times, ratio }) => [
			what,
			...times.map((time) => `${time.toFixed(3)} ms`),
			ratio.toFixed(2),
		]),
	]);
	if (![rows[0], rows[2]].every((one) => one && one.ratio <= LIMIT)) process.exitCode = 1;
}

function receiving(receive: Receive, body: Buffer, headers: Headers) {
	const source = fixedSource({ method: 'hmac', secrets: [SECRET] });
	const seenEvents = new SeenEvents();
	const chosen = settings({ skipDuplicates: false });
	const given = delivery({ headers, body, receivedAt: AT });
	return async () => await receive(given, source, () => chosen, seenEvents);
}

function bare(body: Buffer) {
	const expected = createHmac('sha256', SECRET).update(body).digest();
	return () => {
		const digest = createHmac('sha256', SECRET).update(body).digest();
		if (!timingSafeEqual(digest, expected)) throw new Error('The HMAC differs');
		JSON.parse(body.toString('utf8'));
	};
}

/** Headers such as proxies and tracing tools send. */
function otherHeaders(count: number): Headers {
	const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
	const headers: Headers = {};
	for (let index = 0; index < count; index++) {
		headers[`x-trace-${index}`] = index % 2 ? trace : String(index);
	}
	return headers;
}

/** As many as n8n takes (16 KB), each with three signatures and a timestamp of its own. */
function worstHeaders(): Headers {
	const signatures = `v3=${'cd'.repeat(64)},v1=${'ab'.repeat(32)},v2=${'ef'.repeat(20)}`;
	const time = Math.floor(AT / 1000);
	const headers: Headers = {
		'webhook-id': 'msg_1',
		'webhook-timestamp': String(time),
		'webhook-signature': signatures,
	};
	for (let index = 0; index < 50; index++) {
		headers[`x-signature-${index}`] = `t=${time + index},${signatures}`;
	}
	return headers;
}

/** The medians of both, and of their ratio: in turns, since the machine is not equally fast all the time. */
async function compare(what: string, work: Work, other: Work, calls: number) {
	const rounds: Array<{ ours: number; bare: number }> = [];
	for (let round = 0; round <= ROUNDS; round++) {
		const ours = await milliseconds(work, calls);
		rounds.push({ ours, bare: await milliseconds(other, calls) });
	}
	// It warms up.
	rounds.shift();
	const times = [median(rounds.map(({ ours }) => ours)), median(rounds.map(({ bare }) => bare))];
	return { what, times, ratio: median(rounds.map(({ ours, bare }) => ours / bare)) };
}

async function milliseconds(work: Work, calls: number): Promise<number> {
	const startedAt = performance.now();
	for (let call = 0; call < calls; call++) await work();
	return (performance.now() - startedAt) / calls;
}

void main();
