import type { Call } from '../../../nodes/Jofi/actions/operation';
import { getMany, getOne } from '../../../nodes/Jofi/actions/rows';

const question = { path: '/test-takers', subject: 'the list of test takers' };

const callWith = (answer: unknown, parameters: Record<string, unknown> = {}): Call => ({
	parameter: (name) => ({ limit: 50, simplify: true, ...parameters })[name],
	ask: async () => await Promise.resolve(answer),
});

const list = (count: number, more: object = {}) => ({
	mode: 'live',
	object: 'list',
	total_count: count,
	has_more: false,
	data: Array.from({ length: count }, (_, index) => ({ id: index })),
	...more,
});

describe('Get Many', () => {
	const hintOf = async (answer: unknown, limit = 50) =>
		(await getMany(callWith(answer, { limit }), question, 'test_taker')).hint;

	test('says what JOFI lists, and that there is more', async () => {
		expect(await hintOf(list(3))).toBe('JOFI has 3 test takers in all and lists 3.');
		expect(await hintOf(list(1))).toBe('JOFI has 1 test taker in all and lists 1.');
		expect(await hintOf(list(3), 2)).toBe(
			'JOFI has 3 test takers in all and lists 3. The Limit of this node shows 2 of them.',
		);
		expect(await hintOf(list(30, { total_count: 45, has_more: true }))).toBe(
			'JOFI has 45 test takers in all and lists only the newest 30. Older ones can only be fetched one by one, by their ID.',
		);
		expect(await hintOf(list(2, { total_count: undefined, has_more: undefined }))).toBe(
			'JOFI lists test takers and lists 2.',
		);
	});

	test.each([0, -1, NaN, 'many', undefined])('a limit that is %p is none', async (limit) => {
		const { rows } = await getMany(callWith(list(3), { limit }), question, 'test_taker');
		expect(rows).toHaveLength(3);
	});

	test.each([null, [], 'x', {}, { data: 'x' }, { data: null }])(
		'an answer that is no list: %j',
		async (answer) => {
			await expect(hintOf(answer)).rejects.toThrow("can't be read");
		},
	);
});

test.each([null, [], 'x', 5])('an answer that is no object: %j', async (answer) => {
	await expect(getOne(callWith(answer), question, 'test_taker')).rejects.toThrow("can't be read");
});
