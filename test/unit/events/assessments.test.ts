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

test('counts assignments that are used for scoring', () => {
	const result = progress(
		done('A', '2026-01-01T00:00:00Z'),
		assignment('B'),
		assignment('C', { is_used_for_scoring: false }),
		done('D', '2026-01-01T00:00:00Z', { is_used_for_scoring: false }),
		{ ...assignment('E'), is_used_for_scoring: undefined },
	);
	expect(result).toMatchObject({ assigned: 3, completed: 1, allCompleted: false });
});

test('says that all are completed when all that count are', () => {
	const result = progress(
		done('A', '2026-01-01T00:00:00Z'),
		assignment('B', { is_used_for_scoring: false }),
	);
	expect(result).toMatchObject({ assigned: 1, completed: 1, allCompleted: true });
});

test('does not say so when nothing counts', () => {
	expect(progress()).toMatchObject({
		assigned: 0,
		completed: 0,
		allCompleted: false,
		summary: null,
	});
	expect(progress(done('A', 'x', { is_used_for_scoring: false }))).toMatchObject({
		assigned: 0,
		allCompleted: false,
	});
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
		const result = progress(
			done('A', '2026-01-01T00:00:00Z'),
			done('B', '2026-01-02T00:00:00Z', { is_used_for_scoring: false }),
		);
		expect(result.latestName).toBe('JOFI B');
	});

	test('and takes invalid dates for the oldest', () => {
		expect(progress(done('A', 'soon'), done('B', '1970-01-01T00:00:00Z')).latestName).toBe(
			'JOFI B',
		);
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

test('skips entries that are not objects', () => {
	expect(progress(null, 5, 'x', [], {}, assignment('A'))).toMatchObject({ assigned: 1 });
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
