import { assessmentNames, assessmentProgress } from '../../../nodes/Jofi/events/assessments';

const assignment = (name: string, more: object = {}) => ({
	assessment: { short_name: name, display_name: `JOFI ${name}` },
	started_at: null,
	completed_at: null,
	progress_saved_at: null,
	is_used_for_scoring: true,
	...more,
});
const done = (name: string, completed_at: unknown, more: object = {}) =>
	assignment(name, { completed_at, ...more });
const progress = (...assigned_assessments: unknown[]) =>
	assessmentProgress({ assigned_assessments });

const isNotUsed = { is_used_for_scoring: false };

test.each([
	[
		'some of those that count are completed',
		[
			done('A', '2026-01-01T00:00:00Z'),
			assignment('B'),
			assignment('C', isNotUsed),
			done('D', '2026-01-01T00:00:00Z', isNotUsed),
			assignment('E', { is_used_for_scoring: undefined }),
		],
		{ assigned: 3, completed: 1, allCompleted: false },
	],
	[
		'all that count are completed',
		[done('A', '2026-01-01T00:00:00Z'), assignment('B', isNotUsed)],
		{ assigned: 1, completed: 1, allCompleted: true },
	],
	['nothing counts', [done('A', 'x', isNotUsed)], { assigned: 0, allCompleted: false }],
	['nothing is assigned', [], { assigned: 0, completed: 0, allCompleted: false, summary: null }],
	['entries are no objects', [null, 5, 'x', [], {}, assignment('A')], { assigned: 1 }],
])('counts where %s', (_what, assignments, counts) => {
	expect(progress(...assignments)).toMatchObject(counts);
});

test.each([undefined, null, 'text', {}, 5])('knows nothing of a list that is %j', (list) => {
	expect(Object.values(assessmentProgress({ assigned_assessments: list }))).toEqual(
		Array(6).fill(null),
	);
});

describe('names the latest completed', () => {
	test('by time, whatever its offset', () => {
		const result = progress(
			done('A', '2026-02-03T12:43:36.744Z'),
			done('B', '2026-02-03T13:43:36.034681+01:00'),
			done('C', '2026-02-03T05:43:37-07:00'),
		);
		expect(result).toMatchObject({
			latestName: 'JOFI C',
			latestCompletedAt: '2026-02-03T05:43:37-07:00',
		});
	});

	test('also when it does not count', () => {
		const newer = done('B', '2026-01-02T00:00:00Z', isNotUsed);
		expect(progress(done('A', '2026-01-01T00:00:00Z'), newer).latestName).toBe('JOFI B');
	});

	test('and takes invalid dates for the oldest', () => {
		const epoch = done('B', '1970-01-01T00:00:00Z');
		expect(progress(done('A', 'soon'), epoch).latestName).toBe('JOFI B');
		expect(progress(done('A', 5)).latestCompletedAt).toBe(5);
	});

	test('or none', () => {
		expect(progress(assignment('A'))).toMatchObject({ latestName: null, latestCompletedAt: null });
	});
});

test('summarizes in words that fit into a sentence', () => {
	const result = progress(
		done('Traits', '2026-01-01T00:00:00Z', { started_at: null }),
		assignment('Skills', { started_at: '2026-01-01T00:00:00Z' }),
		assignment('Saved', { progress_saved_at: '2026-01-01T00:00:00Z' }),
		assignment('Interests', { completed_at: '' }),
		{ assessment: { short_name: 'Prescreen' } },
		{ id: 7 },
		{ assessment: { display_name: { toString: 1 } } },
	);
	expect(result.summary).toBe(
		'JOFI Traits: completed; JOFI Skills: in progress; JOFI Saved: in progress; JOFI Interests: not started; Prescreen: not started; Assessment: not started; Assessment: not started',
	);
});

test('lists short and display names', () => {
	expect(assessmentNames({ assigned_assessments: [assignment('A'), { id: 1 }] })).toEqual([
		'A',
		'JOFI A',
		undefined,
		undefined,
	]);
	expect(assessmentNames({})).toEqual([]);
});
