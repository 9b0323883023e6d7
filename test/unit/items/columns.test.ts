import fc from 'fast-check';
import { COLUMN_NAMES, personRow, simplify } from '../../../nodes/Jofi/items/columns';
import { anyJson } from '../../support/arbitraries';
import { EVENT_TYPES, jofiEvent } from '../../support/jofi';

// Saved workflows and sheets depend on all of them, in this order, for every event.
const COLUMNS =
	'event_id, event_type, event_name, event_created_at, first_name, last_name, full_name, email, invitation_id, test_taker_id, career_navigation_profile_id, person_id, custom_id, team_id, team_name, account_id, account_name, invited_by_name, invited_by_email, invitation_created_at, invitation_accepted_at, assessments_assigned, assessments_completed, all_assessments_completed, latest_completed_assessment, latest_completed_at, assessments_summary, assessment_url, career_navigation_url, scorecard_url, job_fit_summary_url, career_options_spotlight_url'.split(
		', ',
	);

const event = (object: unknown, more: object = {}) =>
	({ type: 'x', data: { object }, ...more }) as never;

test('the columns', () => {
	expect(COLUMN_NAMES).toEqual(COLUMNS);
});

test.each(EVENT_TYPES)('%s has all columns in their order', (type) => {
	expect(Object.keys(simplify(jofiEvent(type) as never))).toEqual(COLUMNS);
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

describe('ids go to the column of their kind', () => {
	const ids = (object: object, type = 'x') => {
		const row = simplify(event(object, { type }));
		return [row.invitation_id, row.test_taker_id, row.career_navigation_profile_id];
	};

	test('an invitation', () => {
		const object = {
			object: 'invitation',
			id: 1,
			test_taker_id: 2,
			career_navigation_profile_id: 'C',
		};
		expect(ids(object)).toEqual([1, 2, 'C']);
	});

	test('a test taker', () => {
		expect(ids({ object: 'test_taker', id: 2, invitation_id: 1 })).toEqual([1, 2, null]);
	});

	test('a career navigation profile', () => {
		const object = {
			object: 'career_navigation_profile',
			id: 'C',
			invitation_id: 1,
			test_taker_id: 2,
		};
		expect(ids(object)).toEqual([1, 2, 'C']);
	});

	test('an object that does not say what it is goes by its event type', () => {
		expect(ids({ id: 1 }, 'invitation.accepted')).toEqual([1, null, null]);
	});

	test('an unknown object fills what it can', () => {
		expect(ids({ object: 'report', id: 9, invitation_id: 1 })).toEqual([1, null, null]);
	});
});

describe('where invitations differ', () => {
	test('their own dates, team and inviter', () => {
		const invitation = {
			object: 'invitation',
			created_at: 'c',
			accepted_at: 'a',
			team_id: 7,
			created_by_user_email: 'jane@example.com',
		};
		expect(simplify(event(invitation))).toMatchObject({
			invitation_created_at: 'c',
			invitation_accepted_at: 'a',
			team_id: 7,
			invited_by_email: 'jane@example.com',
		});
	});

	test('created_at of another object is not that of the invitation', () => {
		const row = simplify(event({ object: 'test_taker', created_at: 'c' }));
		expect(row.invitation_created_at).toBeNull();
	});
});

test.each([
	['=1+1', '"Annie" O\'Neil'],
	['🎉👩‍🔬', 'مرحبا بالعالم'],
	['Jörg', 'Müller-Lüdenscheidt'],
	['x'.repeat(10_000), '<b>&amp;</b>'],
])('names come through unchanged: %.20s %.20s', (first, last) => {
	const row = simplify(event({ first_name: first, last_name: last }));
	expect(row).toMatchObject({ first_name: first, last_name: last, full_name: `${first} ${last}` });
});

test('a cell is one line, whatever a name holds', () => {
	const row = simplify(
		event({
			first_name: 'Z\nScorecard: https://evil.example',
			last_name: 'N\0UL\u2028x\r\n',
			team: { display_name: 'A\n\nB' },
		}),
	);
	expect(row).toMatchObject({
		full_name: 'Z Scorecard: https://evil.example N UL x',
		team_name: 'A B',
	});
	expect(Object.values(row).filter((cell) => /[\p{Cc}\u2028]/u.test(String(cell)))).toEqual([]);
});

test.each([
	[{ first_name: 'Ann' }, 'Ann'],
	[{ last_name: 'Lee', first_name: ' ' }, 'Lee'],
	[{ first_name: null, last_name: 5 }, null],
	[{}, null],
])('full name of %j', (object, name) => {
	expect(simplify(event(object)).full_name).toBe(name);
});

test('values keep their JSON types', () => {
	const row = simplify(event({ first_name: 5, email: false, custom_id: { a: [1] } }));
	expect(row).toMatchObject({ first_name: 5, email: false, custom_id: { a: [1] } });
});

describe('properties', () => {
	test('any JSON as an event gives exactly the columns', () => {
		fc.assert(
			fc.property(anyJson, (json) => {
				expect(Object.keys(simplify(event(json)))).toEqual(COLUMNS);
				expect(Object.keys(simplify({ type: json, data: json } as never))).toEqual(COLUMNS);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('an object that came without an event', () => {
	test("a row has the trigger's person columns in the trigger's order", () => {
		const wanted = COLUMN_NAMES.filter((name) => !name.startsWith('event_'));
		expect(Object.keys(personRow({}, 'test_taker'))).toEqual(wanted);
		expect(Object.values(personRow({}, 'test_taker'))).not.toContain(undefined);
	});

	test.each([
		['invitation', 'invitation_id'],
		['test_taker', 'test_taker_id'],
		['career_navigation_profile', 'career_navigation_profile_id'],
	] as const)('the id of a %s is its own, whatever the object is called', (kind, column) => {
		const object = { object: `${kind}_list_item`, id: 5, invitation_id: 1, test_taker_id: 2 };
		expect(personRow(object, kind)).toMatchObject({
			invitation_id: 1,
			test_taker_id: 2,
			[column]: 5,
		});
	});
});
