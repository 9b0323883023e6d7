/** `npm run bench:inprocess`: what can be measured without n8n. Fails if a limit is missed. */
import { join } from 'node:path';
import { keepFigures, table } from './figures';
import {
	figuresWithAims,
	heapOverEvents,
	LARGEST_RATIO,
	measureReceive,
	measureRefusals,
	MOST_FOR_MANY_HEADERS,
	type Receive,
} from './receive';
import { LARGEST_T, measureTiming } from './timing';

async function main(): Promise<void> {
	const { receive } = await built();
	const costs = await measureReceive(receive);
	const { ratio: usual, moreMicroseconds } = figuresWithAims(costs);
	const refusals = await measureRefusals(receive, 15);
	const heap = await heapOverEvents(1_000_000);
	const differences = measureTiming(300_000);
	const figures = `${table([
		['Body (bytes)', 'Headers', 'This package', 'HMAC + `JSON.parse`', 'Ratio'],
		...costs.map(({ bodyBytes, headers, receiveMicroseconds, bareMicroseconds, ratio }) => [
			String(bodyBytes),
			String(headers),
			`${receiveMicroseconds.toFixed(1)} µs`,
			`${bareMicroseconds.toFixed(1)} µs`,
			ratio.toFixed(2),
		]),
	])}

An event of 2 KB with 20 headers: ${usual.toFixed(2)} × (aim: at most ${LARGEST_RATIO}). With 100 headers it takes ${moreMicroseconds.toFixed(0)} µs more (aim: at most ${MOST_FOR_MANY_HEADERS}).

Refusing 16 MB: ${refusals.sha256.toFixed(1)} ms with one signature by SHA-256, ${refusals.sha512.toFixed(1)} ms with one by SHA-512, ${refusals.worst.toFixed(1)} ms with the worst headers.

Memory of seen events, heap after each 100,000 of 1,000,000 events: ${heap.map((bytes) => (bytes / 1e6).toFixed(1)).join(', ')} MB.

${table([
	['First byte wrong against last byte wrong', "Welch's t"],
	...differences.map(({ what, t }) => [what, t.toFixed(1)]),
])}`;
	process.stdout.write(`${figures}\n`);
	await keepFigures('bench:inprocess', figures);

	const ratioIsMissed = !(usual <= LARGEST_RATIO && moreMicroseconds <= MOST_FOR_MANY_HEADERS);
	const refusalIsTooMuch = !(refusals.worst <= LARGEST_RATIO * refusals.sha512);
	const ours = differences.slice(0, -1);
	const differenceIsFound = ours.some(({ t }) => !(Math.abs(t) <= LARGEST_T));
	if (ratioIsMissed || refusalIsTooMuch || differenceIsFound) process.exitCode = 1;
}

/** What n8n runs: tsx adds calls of its own to the functions of the sources. */
async function built(): Promise<{ receive: Receive }> {
	const file = join(__dirname, '../../dist/nodes/Jofi/trigger/receive.js');
	return (await import(file)) as { receive: Receive };
}

void main();
