import type { ObjectKind, OperationContext } from '../../../nodes/Jofi/shared/operation';
import { getMany, getOne } from '../../../nodes/Jofi/shared/rows';

const TEST_TAKER: ObjectKind = {
	name: 'test_taker',
	noun: 'test taker',
	path: '/test-takers',
	idParameter: 'testTakerId',
	idLabel: 'Test Taker ID',
	isNumbered: true,
};

const callWith = (answer: unknown, parameters: Record<string, unknown> = {}): OperationContext => ({
	parameter: (name) => ({ limit: 50, simplify: true, testTakerId: 5, ...parameters })[name],
	request: async () => await Promise.resolve(answer),
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
		(await getMany(callWith(answer, { limit }), TEST_TAKER)).hint;

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

	test.each([0, -1, NaN, 'many', [5], {}])('refuses a limit of %p', async (limit) => {
		const given = callWith(list(3), { limit });
		await expect(getMany(given, TEST_TAKER)).rejects.toThrow(/^Limit is not/);
	});

	test.each([2, '2'])('takes a limit of %p', async (limit) => {
		expect((await getMany(callWith(list(3), { limit }), TEST_TAKER)).rows).toHaveLength(2);
	});

	test('takes the text false for Simplify off', async () => {
		const given = callWith(list(1), { simplify: 'false' });
		expect((await getMany(given, TEST_TAKER)).rows[0]).not.toHaveProperty('full_name');
	});

	test.each([null, [], 'x', {}, { data: 'x' }, { data: null }])(
		'refuses an answer that is not a list: %j',
		async (answer) => {
			await expect(hintOf(answer)).rejects.toThrow("can't be read");
		},
	);
});

test.each([null, [], 'x', 5])('refuses an answer that is not an object: %j', async (answer) => {
	await expect(getOne(callWith(answer), TEST_TAKER)).rejects.toThrow("can't be read");
});
