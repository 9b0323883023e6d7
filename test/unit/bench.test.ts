/** A short form of `npm run bench:inprocess`: what it measures has to work. How fast it is, only the long form says. */
import { receive } from '../../nodes/Jofi/trigger/receive';
import { heapOverEvents, measureReceive } from '../bench/receive';
import { measureTiming } from '../bench/timing';

test('events of each size and number of headers are received and emitted', async () => {
	const costs = await measureReceive(receive, 0.02);
	expect(costs.map(({ headers }) => headers)).toEqual([5, 20, 100, 5, 20, 100, 5, 20, 100]);
	for (const { ratio, bodyBytes } of costs) {
		expect(bodyBytes).toBeGreaterThan(2000);
		expect(ratio).toBeGreaterThan(0);
	}
});

test('the heap is looked at ten times', async () => {
	expect(await heapOverEvents(1000)).toHaveLength(10);
});

test('the statistics find the difference that a naive comparison makes', () => {
	const naive = measureTiming(3000).at(-1);
	expect(Math.abs(naive?.t ?? 0)).toBeGreaterThan(10);
});
