import { scoreRows } from '../../../nodes/Jofi/shared/scorecard';

const score = (short: string, more = {}) => ({
	object: 'score',
	id: 1,
	display_name: `Name of ${short}`,
	short_name: short,
	description: 'd',
	is_starred: false,
	yellow_band: 40,
	test_taker_score: 55,
	...more,
});

const scorecard = (scores: unknown, more = {}) => ({
	mode: 'live',
	object: 'scorecard',
	test_taker_id: 7,
	invitation_id: 7,
	custom_id: null,
	person_id: 'APP-1',
	first_name: 'Linda',
	last_name: 'Sample',
	email: 'linda@example.com',
	scorecard_url: 'https://example.com/s',
	score_profile: { id: 1, display_name: 'Zone', short_name: 'JOFI-1', riasec_profile: 'SA' },
	riasec_profile: 'RCI',
	scores,
	...more,
});

/** What the score `think` of the scorecard becomes, with all columns in their order. */
const THINK_ROW = {
	first_name: 'Linda',
	last_name: 'Sample',
	full_name: 'Linda Sample',
	email: 'linda@example.com',
	invitation_id: 7,
	test_taker_id: 7,
	career_navigation_profile_id: null,
	person_id: 'APP-1',
	custom_id: null,
	scorecard_url: 'https://example.com/s',
	score_profile: 'JOFI-1',
	score_profile_name: 'Zone',
	riasec_profile: 'RCI',
	section: 'thinking_skills',
	score_id: 1,
	score_name: 'Name of think',
	score_short_name: 'think',
	parent_score_name: null,
	parent_score_short_name: null,
	test_taker_score: 55,
	yellow_band: 40,
	is_starred: false,
	score_description: 'd',
	more: null,
	mode: 'live',
};

test('gives a score and its facets a row each, with the person', () => {
	const think = score('think', { facets: [score('read', { id: 2 })] });
	expect(scoreRows(scorecard({ thinking_skills: [think] }))).toEqual([
		THINK_ROW,
		{
			...THINK_ROW,
			score_id: 2,
			score_name: 'Name of read',
			score_short_name: 'read',
			parent_score_name: 'Name of think',
			parent_score_short_name: 'think',
		},
	]);
});

test('has the same columns in every row, and keeps what it does not know', () => {
	const odd = [score('x', { percentile: 9 }), {}, null, 5];
	const rows = scoreRows(scorecard({ a: odd, b: { facets: 'none' }, c: 'text', d: null }));
	for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(THINK_ROW));
	expect(rows.map(({ section, more }) => [section, more])).toEqual([
		['a', { percentile: 9 }],
		['a', null],
		['a', { value: null }],
		['a', { value: 5 }],
		['b', null],
		['c', { value: 'text' }],
	]);
});

test('names the nearest parent of facets of facets', () => {
	const nested = score('1', { facets: [score('2', { facets: [score('3')] })] });
	const rows = scoreRows(scorecard({ a: [nested] }));
	expect(rows.map((row) => row.parent_score_short_name)).toEqual([null, '1', '2']);
});

test.each([undefined, null, [], 'x'])('gives no row for scores that are %j', (scores) => {
	expect(scoreRows(scorecard(scores))).toEqual([]);
});
