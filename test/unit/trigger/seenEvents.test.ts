import { memoryOf } from '../../../nodes/Jofi/trigger/memory';
import { SeenEvents } from '../../../nodes/Jofi/trigger/seenEvents';

const taken = Promise.resolve(true);
const failed = Promise.resolve(false);
const hour = 60 * 60 * 1000;

/** An answer that is given later. */
function openAnswer() {
	let give: (isTaken: boolean) => void = () => undefined;
	const answered = new Promise<boolean>((resolve) => (give = resolve));
	return { answered, give };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test.each(['evt_1', '__proto__', 'constructor', ' ', '💥'])('%j runs once', async (id) => {
	const seen = new SeenEvents();
	expect(await seen.claim(id, 0, taken)).toBe('first');
	expect(await seen.claim(id, 1, taken)).toBe('seen_before');
});

test('a delivery that failed frees its event and leaves nothing behind', async () => {
	const seen = new SeenEvents();
	expect(await seen.claim('evt_1', 0, failed)).toBe('first');
	expect(await seen.claim('evt_1', 1, failed)).toBe('first');
	await settled();
	expect(seen.size).toBe(0);
	expect(await seen.claim('evt_1', 2, taken)).toBe('first');
	expect(await seen.claim('evt_1', 3, taken)).toBe('seen_before');
});

describe('while the first delivery is under way', () => {
	test('others wait, and are repeats once it was taken', async () => {
		const seen = new SeenEvents();
		const first = openAnswer();
		expect(await seen.claim('evt_1', 0, first.answered)).toBe('first');
		const answers: string[] = [];
		const others = [1, 2, 3].map(async (now) =>
			answers.push(await seen.claim('evt_1', now, taken)),
		);
		await settled();
		expect(answers).toEqual([]);
		first.give(true);
		await Promise.all(others);
		expect(answers).toEqual(['seen_before', 'seen_before', 'seen_before']);
	});

	test('one of them takes over if it failed, and the rest wait for that one', async () => {
		const seen = new SeenEvents();
		const first = openAnswer();
		const second = openAnswer();
		await seen.claim('evt_1', 0, first.answered);
		const answers: string[] = [];
		const others = [1, 2, 3].map(async (now) =>
			answers.push(await seen.claim('evt_1', now, second.answered)),
		);
		first.give(false);
		await settled();
		expect(answers).toEqual(['first']);
		second.give(true);
		await Promise.all(others);
		expect(answers).toEqual(['first', 'seen_before', 'seen_before']);
	});

	test('nobody waits for ever, and an answer that never comes locks nothing for ever', async () => {
		const seen = new SeenEvents(10, hour, 1);
		const first = openAnswer();
		await seen.claim('evt_1', 0, first.answered);
		expect(await seen.claim('evt_1', 5 * 60_000 - 1, taken)).toBe('event_in_progress');
		expect(await seen.claim('evt_1', 5 * 60_000, failed)).toBe('first');
		first.give(true);
		await settled();
		expect(await seen.claim('evt_1', 6 * 60_000, taken)).toBe('seen_before');
	});

	test('a very late failure does not free an event that another delivery has taken on', async () => {
		const seen = new SeenEvents(10, hour, 1);
		const first = openAnswer();
		await seen.claim('evt_1', 0, first.answered);
		await seen.claim('evt_1', 5 * 60_000, openAnswer().answered);
		first.give(false);
		await settled();
		expect(await seen.claim('evt_1', 5 * 60_000 + 1, taken)).toBe('event_in_progress');
	});

	test('other events do not wait', async () => {
		const seen = new SeenEvents();
		await seen.claim('evt_1', 0, openAnswer().answered);
		expect(await seen.claim('evt_2', 0, taken)).toBe('first');
	});
});

describe('bounds', () => {
	test('the oldest of too many is forgotten', async () => {
		const seen = new SeenEvents(3);
		for (const id of ['a', 'b', 'c', 'd']) await seen.claim(id, 0, taken);
		await settled();
		expect(seen.size).toBe(3);
		expect(await seen.claim('d', 1, taken)).toBe('seen_before');
		expect(await seen.claim('b', 1, taken)).toBe('seen_before');
		expect(await seen.claim('a', 1, taken)).toBe('first');
	});

	test('10,000 events, for 24 hours, unless told otherwise', async () => {
		const seen = new SeenEvents();
		for (let index = 0; index < 10_001; index++) await seen.claim(`evt_${index}`, 0, taken);
		await settled();
		expect(seen.size).toBe(10_000);
		expect(await seen.claim('evt_1', 24 * hour - 1, taken)).toBe('seen_before');
		expect(await seen.claim('evt_1', 24 * hour, taken)).toBe('first');
	});

	test('the oldest of too many without an outcome is forgotten too', async () => {
		const seen = new SeenEvents(2);
		for (const id of ['a', 'b', 'c']) await seen.claim(id, 0, openAnswer().answered);
		expect(seen.size).toBe(2);
		expect(await seen.claim('a', 1, taken)).toBe('first');
	});

	test('what is too old leaves the memory when something new comes', async () => {
		const seen = new SeenEvents(100, hour);
		await seen.claim('a', 0, taken);
		await seen.claim('b', 10, taken);
		await seen.claim('c', hour, taken);
		await settled();
		expect(seen.size).toBe(2);
		expect(await seen.claim('b', hour + 9, taken)).toBe('seen_before');
	});

	test('an event that came again after its time is among the newest', async () => {
		const seen = new SeenEvents(2, hour);
		await seen.claim('a', 0, taken);
		await seen.claim('b', 10, taken);
		await seen.claim('a', hour, taken);
		await seen.claim('c', hour + 1, taken);
		await settled();
		expect(seen.size).toBe(2);
		expect(await seen.claim('a', hour + 2, taken)).toBe('seen_before');
	});
});

describe('the memory of a trigger', () => {
	test('is its own', () => {
		expect(memoryOf('a')).toBe(memoryOf('a'));
		expect(memoryOf('a')).not.toBe(memoryOf('b'));
	});

	test('goes when there are more than 200, the one unused the longest first', () => {
		const [first, second] = [memoryOf('first'), memoryOf('second')];
		for (let index = 0; index < 198; index++) memoryOf(`other ${index}`);
		expect(memoryOf('first')).toBe(first);
		memoryOf('one more');
		expect(memoryOf('first')).toBe(first);
		expect(memoryOf('second')).not.toBe(second);
	});
});
