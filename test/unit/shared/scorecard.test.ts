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

const COLUMNS = [
	'first_name',
	'last_name',
	'full_name',
	'email',
	'invitation_id',
	'test_taker_id',
	'career_navigation_profile_id',
	'person_id',
	'custom_id',
	'scorecard_url',
	'score_profile',
	'score_profile_name',
	'riasec_profile',
	'section',
	'score_id',
	'score_name',
	'score_short_name',
	'parent_score_name',
	'parent_score_short_name',
	'test_taker_score',
	'yellow_band',
	'is_starred',
	'score_description',
	'more',
	'mode',
];

test('a score and its facets, each in a row of its own, with the person', () => {
	const rows = scoreRows(
		scorecard({ thinking_skills: [score('think', { facets: [score('read', { id: 2 })] })] }),
	);
	expect(rows).toEqual([
		{
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
		},
		expect.objectContaining({
			score_id: 2,
			score_short_name: 'read',
			parent_score_name: 'Name of think',
			parent_score_short_name: 'think',
		}),
	]);
});

test('the columns are the same in every row, whatever a score holds', () => {
	const rows = scoreRows(
		scorecard({
			a: [score('x', { percentile: 9 }), {}, null, 5],
			b: { facets: 'none' },
			c: 'text',
		}),
	);
	expect(rows).toHaveLength(6);
	for (const row of rows) expect(Object.keys(row)).toEqual(COLUMNS);
});

test('sections that are not known come along, those that are null give no row', () => {
	const rows = scoreRows(
		scorecard({ thinking_skills: null, brand_new: [score('new')], one: score('alone') }),
	);
	expect(rows.map(({ section, score_short_name: name }) => [section, name])).toEqual([
		['brand_new', 'new'],
		['one', 'alone'],
	]);
});

test('fields that are not known are kept', () => {
	const [row] = scoreRows(scorecard({ a: [score('x', { percentile: 9 })] }));
	expect(row).toMatchObject({ more: { percentile: 9 } });
	expect(scoreRows(scorecard({ a: ['text'] }))[0]).toMatchObject({ more: { value: 'text' } });
});

test('facets of facets name the nearest parent', () => {
	const rows = scoreRows(
		scorecard({ a: [score('1', { facets: [score('2', { facets: [score('3')] })] })] }),
	);
	expect(rows.map((row) => row.parent_score_short_name)).toEqual([null, '1', '2']);
});

test.each([undefined, null, [], 'x'])('scores that are %j: no row', (scores) => {
	expect(scoreRows(scorecard(scores))).toEqual([]);
});
