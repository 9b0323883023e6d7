import fc from 'fast-check';
import { COLUMN_NAMES, personRow, simplify } from '../../../nodes/Jofi/items/columns';
import { anyJson } from '../../support/arbitraries';
import { jofiEvent } from '../../support/jofi';

// Saved workflows and sheets depend on all of them, in this order, for every event.
const COLUMNS =
	'event_id, event_type, event_name, event_created_at, first_name, last_name, full_name, email, invitation_id, test_taker_id, career_navigation_profile_id, person_id, custom_id, team_id, team_name, account_id, account_name, invited_by_name, invited_by_email, invitation_created_at, invitation_accepted_at, assessments_assigned, assessments_completed, all_assessments_completed, latest_completed_assessment, latest_completed_at, assessments_summary, assessment_url, career_navigation_url, scorecard_url, job_fit_summary_url, career_options_spotlight_url'.split(
		', ',
	);

const rowOf = (object: unknown, type: unknown = 'x') =>
	simplify({ type, data: { object } } as never);

test('any JSON as an event gives exactly the columns, in their order', () => {
	expect(COLUMN_NAMES).toEqual(COLUMNS);
	fc.assert(
		fc.property(anyJson, (json) => {
			expect(Object.keys(rowOf(json))).toEqual(COLUMNS);
			expect(Object.keys(simplify({ type: json, data: json } as never))).toEqual(COLUMNS);
		}),
		{ numRuns: 1000 },
	);
});

test("JOFI's own example, cell by cell", () => {
	const example = jofiEvent('test_taker.created', { id: 'evt_1a2b3c4d5e6f' });
	expect(simplify(example as never)).toEqual({
		event_id: 'evt_1a2b3c4d5e6f',
		event_type: 'test_taker.created',
		event_name: 'Test Taker Created',
		event_created_at: '2026-02-03T12:43:36.744Z',
		first_name: 'Linda',
		last_name: 'Sample',
		full_name: 'Linda Sample',
		email: 'linda.sample@jofiscore.com',
		invitation_id: 12345,
		test_taker_id: 12345,
		career_navigation_profile_id: null,
		person_id: '1bb2141c-4100-4b21-9cd2-a998b76cf736',
		custom_id: 'ABC123',
		team_id: 100,
		team_name: 'Recruiting',
		account_id: 200,
		account_name: 'Example Company Inc',
		invited_by_name: 'Jane Recruiter',
		invited_by_email: 'jane.recruiter@jofiscore.com',
		invitation_created_at: '2026-02-03T12:41:35.034681+00:00',
		invitation_accepted_at: null,
		assessments_assigned: 3,
		assessments_completed: 0,
		all_assessments_completed: false,
		latest_completed_assessment: null,
		latest_completed_at: null,
		assessments_summary:
			'JOFI Personality Traits: not started; JOFI Thinking Skills: in progress; JOFI Career Interests: not started',
		assessment_url: 'https://www.jofiscore.com/welcome/a2f481c7-ea5e-4964-8673-e54933df8503',
		career_navigation_url: null,
		scorecard_url: 'https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
		job_fit_summary_url: null,
		career_options_spotlight_url: null,
	});
});

test.each([
	[
		'an invitation',
		{ object: 'invitation', id: 1, test_taker_id: 2, career_navigation_profile_id: 'C' },
		[1, 2, 'C'],
	],
	['a test taker', { object: 'test_taker', id: 2, invitation_id: 1 }, [1, 2, null]],
	[
		'a career navigation profile',
		{ object: 'career_navigation_profile', id: 'C', invitation_id: 1, test_taker_id: 2 },
		[1, 2, 'C'],
	],
	['an object that does not say what it is, by its event type', { id: 1 }, [1, null, null]],
	[
		'an object that names itself otherwise',
		{ object: 'invitation', invitation_id: 1 },
		[1, null, null],
	],
	[
		'an unknown object, as far as it can',
		{ object: 'report', id: 9, invitation_id: 1 },
		[1, null, null],
	],
])('the id goes to the column of its kind: %s', (_what, object, ids) => {
	const row = rowOf(object, 'invitation.accepted');
	expect([row.invitation_id, row.test_taker_id, row.career_navigation_profile_id]).toEqual(ids);
});

test('an invitation has its own dates, team and inviter', () => {
	const invitation = {
		object: 'invitation',
		created_at: 'c',
		accepted_at: 'a',
		team_id: 7,
		created_by_user_email: 'jane@example.com',
	};
	expect(rowOf(invitation)).toMatchObject({
		invitation_created_at: 'c',
		invitation_accepted_at: 'a',
		team_id: 7,
		invited_by_email: 'jane@example.com',
	});
	expect(rowOf({ object: 'test_taker', created_at: 'c' }).invitation_created_at).toBeNull();
});

test.each([
	['=1+1', '"Annie" O\'Neil', '=1+1 "Annie" O\'Neil'],
	['🎉👩‍🔬', 'مرحبا بالعالم', '🎉👩‍🔬 مرحبا بالعالم'],
	['x'.repeat(10_000), '<b>&amp;</b>', `${'x'.repeat(10_000)} <b>&amp;</b>`],
	['Ann', null, 'Ann'],
	[' ', 'Lee', 'Lee'],
	[null, 5, null],
	[null, null, null],
])('names come through unchanged: %.20s %.20s', (first, last, full) => {
	expect(rowOf({ first_name: first, last_name: last })).toMatchObject({
		first_name: first,
		last_name: last,
		full_name: full,
	});
});

test('a cell is one line, whatever a name holds', () => {
	const row = rowOf({
		first_name: 'Z\nScorecard: https://evil.example',
		last_name: 'N\0UL\u2028x\r\n',
		team: { display_name: 'A\n\nB' },
	});
	expect(row).toMatchObject({
		full_name: 'Z Scorecard: https://evil.example N UL x',
		team_name: 'A B',
	});
	expect(Object.values(row).filter((cell) => /[\p{Cc}\u2028]/u.test(String(cell)))).toEqual([]);
});

test('values keep their JSON types', () => {
	const object = { first_name: 5, email: false, custom_id: { a: [1] } };
	expect(rowOf(object)).toMatchObject(object);
});

describe('an object that came without an event', () => {
	test("a row has the trigger's person columns in the trigger's order", () => {
		expect(Object.keys(personRow({}, 'test_taker'))).toEqual(COLUMNS.slice(4));
		expect(Object.values(personRow({}, 'test_taker'))).not.toContain(undefined);
	});

	test.each([
		['invitation', 'invitation_id'],
		['test_taker', 'test_taker_id'],
		['career_navigation_profile', 'career_navigation_profile_id'],
	])('the id of a %s is its own, whatever the object is called', (kind, column) => {
		const ids = { invitation_id: 1, test_taker_id: 2 };
		const object = { object: `${kind}_list_item`, id: 5, ...ids };
		expect(personRow(object, kind)).toMatchObject({ ...ids, [column]: 5 });
	});
});
