import type { Settings } from '../../../nodes/Jofi/trigger/settings';
import { isSelected, whyNotTaken, type Arrival } from '../../../nodes/Jofi/trigger/rules';
import { filters, settings } from '../../support/delivery';
import { jofiEvent } from '../../support/jofi';

const ID = '3b6d1f0e-5a3c-4c8e-9f5e-0d5a7c1b2e3f';
const PRODUCTION = `http://127.0.0.1:5678/webhook/${ID}/jofi`;
const TEST = `http://127.0.0.1:5678/webhook-test/${ID}/jofi`;

const notRunFor = (event: object, changes: Partial<Settings>, arrival: Partial<Arrival> = {}) =>
	whyNotTaken({ type: 'x', ...event } as never, settings(changes), {
		url: PRODUCTION,
		ownPathParts: 2,
		method: 'hmac',
		receivedAt: Date.parse('2026-02-03T13:00:00Z'),
		...arrival,
	});
const reasonFor = (...given: Parameters<typeof notRunFor>) => notRunFor(...given)?.reason;

test('the reason is that of the first rule', () => {
	const changes = { events: [], filters: filters({ teams: null }), maxEventAgeMinutes: 1 };
	const event = { created_at: '2026-02-03T12:00:00Z', webhook_url: TEST };
	expect(reasonFor(event, changes)).toBe('event_not_selected');
	expect(reasonFor(event, { ...changes, confirmEndpoint: true })).toBe('sent_to_another_endpoint');
});

test.each([
	['invitation.created', ['*'], true],
	['brand.new', ['*'], true],
	[undefined, ['*'], true],
	['invitation.created', ['test_taker.created', 'invitation.created'], true],
	['invitation.created', ['invitation.accepted'], false],
	['brand.new', ['invitation.accepted'], false],
	[undefined, ['invitation.accepted'], false],
	['invitation.created', [], false],
])('%p with %j is selected: %p', (type, selected, isChosen) => {
	expect(isSelected(type, selected)).toBe(isChosen);
	expect(reasonFor({ type }, { events: selected })).toBe(
		isChosen ? undefined : 'event_not_selected',
	);
});

describe('Assessment Completed Fires', () => {
	const completed = (...done: boolean[]) => ({
		type: 'test_taker.assessment_completed',
		data: {
			object: {
				assigned_assessments: done.map((is) => ({ id: 1, completed_at: is ? 'x' : null })),
			},
		},
	});

	test.each([
		[completed(true, false), 'each', undefined],
		[completed(true, false), 'all', 'assessments_not_all_completed'],
		[completed(true, true), 'all', undefined],
		[{ type: 'test_taker.assessment_completed' }, 'all', 'assessments_not_all_completed'],
		[{ type: 'test_taker.assessment_completed' }, 'each', undefined],
		[jofiEvent('test_taker.created'), 'all', undefined],
	] as const)('%# with %s: %p', (event, assessmentCompletion, reason) => {
		expect(reasonFor(event, { assessmentCompletion })).toBe(reason);
	});
});

describe('filters', () => {
	const of = (object: object) => ({ data: { object } });
	const person = of({
		custom_id: 'ABC123',
		team: { id: 100, display_name: 'Recruiting' },
		assigned_assessments: [
			{ assessment: { short_name: 'Thinking', display_name: 'JOFI Thinking Skills' } },
			{ assessment: { short_name: 'Interests' } },
		],
	});

	test.each([
		{},
		{ teams: '' },
		{ teams: ' , ' },
		{ teams: '100' },
		{ teams: 100 },
		{ teams: [100] },
		{ teams: ['Sales', 'Recruiting'] },
		{ teams: 'sales, RECRUITING ' },
		{ customIds: 'abc123' },
		{ assessments: 'jofi thinking skills' },
		{ assessments: ['Personality', 'interests'] },
		{ teams: '100', customIds: 'ABC123', assessments: 'Thinking' },
	])('%j lets the person through', (given) => {
		expect(reasonFor(person, { filters: filters(given) })).toBeUndefined();
	});

	test.each([
		{ teams: 'Recruit' },
		{ teams: '10' },
		{ teams: ['Sales', 7] },
		{ customIds: 'ABC124' },
		{ assessments: 'Personality' },
		{ teams: '100', customIds: 'no', assessments: 'Thinking' },
	])('%j holds the person back', (given) => {
		expect(reasonFor(person, { filters: filters(given) })).toBe('filtered_out');
	});

	test.each([
		...[undefined, null, [], [''], [null], {}, { a: 1 }, true, false].map((teams) => ({ teams })),
		'Recruiting',
		null,
		[],
	])('%j gives no value and holds every event back', (given) => {
		expect(reasonFor(person, { filters: filters(given) })).toBe('filter_without_value');
	});

	test('the filters without a value are named', () => {
		const given = filters({ teams: null, customIds: 'ABC123' });
		expect(notRunFor(person, { filters: given })).toHaveProperty('detail', 'Teams');
	});

	test.each([{}, { team: null, custom_id: null }, { team: { id: {} } }])(
		'%j does not carry what is asked for',
		(object) => {
			for (const name of ['teams', 'customIds', 'assessments']) {
				expect(reasonFor(of(object), { filters: filters({ [name]: '100' }) })).toBe('filtered_out');
			}
		},
	);

	test("an invitation's own team_id counts", () => {
		expect(reasonFor(of({ team_id: 100 }), { filters: filters({ teams: '100' }) })).toBeUndefined();
	});
});

describe('Maximum Event Age', () => {
	test.each([
		['2026-02-03T12:50:00Z', 10, undefined],
		['2026-02-03T12:49:59.999Z', 10, 'event_too_old'],
		['2026-02-03T14:00:00Z', 10, undefined],
		['2026-02-03T12:50:00', 10, undefined],
		['2026-02-03 12:49:59', 10, 'event_too_old'],
		['2026-02-03T14:49:59+02:00', 10, 'event_too_old'],
		['2001-01-01T00:00:00Z', 0, undefined],
		// Forms that Date.parse would read in the server's time zone are no dates.
		['02/03/2001 12:00', 10, undefined],
		['2001-2-3 12:00:00', 10, undefined],
		['soon', 10, undefined],
		[undefined, 10, undefined],
		[5, 10, undefined],
		['2026-02-03T13:00:00Z', undefined, 'maximum_age_unreadable'],
	])('%p with a limit of %p minutes: %p', (created_at, maxEventAgeMinutes, reason) => {
		expect(reasonFor({ created_at }, { maxEventAgeMinutes })).toBe(reason);
	});
});

describe('Confirm Endpoint', () => {
	const reasonAt = (named: unknown, url = PRODUCTION, ownPathParts = 2) =>
		reasonFor({ webhook_url: named }, { confirmEndpoint: true }, { url, ownPathParts });

	test.each([
		['the same', PRODUCTION],
		['another host, as behind a proxy', `https://hooks.example.com/webhook/${ID}/jofi`],
		['something in front, as behind a proxy', `https://example.com/n8n-test/webhook/${ID}/jofi`],
		['a path that a proxy renames', `https://example.com/events/${ID}/jofi`],
		['a slash at the end', `${PRODUCTION}/`],
		['a query', `${PRODUCTION}?a=b`],
		['absent', undefined],
		['empty', ''],
		['an object', { url: TEST }],
		['a path alone', `/webhook-test/${ID}/jofi`],
		['no address', 'https://'],
	])('takes an event whose address is %s', (_what, named) => {
		expect(reasonAt(named)).toBeUndefined();
	});

	test.each([
		['the Test URL of the same node', TEST],
		['the webhook of another node', PRODUCTION.replace('3b6d', '3b6e')],
		['something else', 'https://example.com/hooks/jofi'],
		['the host alone', 'https://example.com'],
		['longer', `${PRODUCTION}/more`],
	])('refuses an event whose address is %s', (_what, named) => {
		expect(reasonAt(named)).toBe('sent_to_another_endpoint');
	});

	test('tells both URLs apart, also of a node that has no webhookId', () => {
		expect(reasonAt(TEST, TEST)).toBeUndefined();
		expect(reasonAt(PRODUCTION, TEST)).toBe('sent_to_another_endpoint');
		const [live, test_] = ['webhook', 'webhook-test'].map(
			(kind) => `https://example.com/${kind}/Fx3/jofi%20trigger/jofi`,
		);
		expect(reasonAt(live, live, 3)).toBeUndefined();
		expect(reasonAt(test_, live, 3)).toBe('sent_to_another_endpoint');
	});

	test('does nothing while it is off', () => {
		expect(reasonFor({ webhook_url: TEST }, {})).toBeUndefined();
	});

	test.each([
		['basic_auth', 'basicAuth', undefined],
		['Basic Auth', 'hmac', 'sent_to_another_endpoint'],
		['hmac_sha256', 'basicAuth', 'sent_to_another_endpoint'],
		['HMAC', 'hmac', undefined],
		['oauth', 'hmac', undefined],
		['hmac over basic', 'basicAuth', undefined],
		[undefined, 'basicAuth', undefined],
		[5, 'hmac', undefined],
	] as const)('a method of %p, verified by %s: %p', (named, method, reason) => {
		const event = { webhook_verification_method: named };
		expect(reasonFor(event, { confirmEndpoint: true }, { method })).toBe(reason);
	});
});
