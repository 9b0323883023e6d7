import { receive } from '../../../nodes/Jofi/trigger/receive';
import type { Settings } from '../../../nodes/Jofi/trigger/parameters';
import { SeenEvents } from '../../../nodes/Jofi/trigger/seenEvents';
import type { Verification } from '../../../nodes/Jofi/trigger/verification/credential';
import { delivery, filters, fixedSource, settings } from '../../support/delivery';
import { basicAuth, EVENT_TYPES, hmac, jofiEvent, type Signing } from '../../support/jofi';

const byHmac: Verification = { method: 'hmac', secrets: ['s'] };
const byBasic: Verification = { method: 'basicAuth', username: 'u', password: 'p' };

const signed = (content: unknown, signing: Signing = hmac('s')) => {
	const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
	return delivery({ body, headers: signing(body) });
};

const outcomeOf = async (
	content: unknown,
	changes: Partial<Settings> = {},
	{
		signing = hmac('s'),
		verification = byHmac as Verification | undefined,
		seen = new SeenEvents(),
	} = {},
) =>
	await receive(signed(content, signing), fixedSource(verification), () => settings(changes), seen);

describe('what is emitted', () => {
	test.each(EVENT_TYPES)('%s, by both methods, in both shapes', async (type) => {
		const event = jofiEvent(type);
		const simplified = await outcomeOf(event);
		expect(simplified).toMatchObject({ kind: 'emit', output: 0, item: { event_id: event.id } });
		const whole = await outcomeOf(
			event,
			{ simplify: false },
			{ signing: basicAuth('u', 'p'), verification: byBasic },
		);
		expect(whole).toEqual({ kind: 'emit', output: 0, item: event });
	});

	test('an event of a type that nobody knows yet', async () => {
		const outcome = await outcomeOf({ type: 'brand.new' }, { separateOutputs: true });
		expect(outcome).toMatchObject({ kind: 'emit', output: 5, item: { event_name: 'Brand New' } });
	});

	test('at the output of its type', async () => {
		const events = ['test_taker.created', 'invitation.accepted'];
		const outcome = await outcomeOf(jofiEvent('test_taker.created'), {
			events,
			separateOutputs: true,
		});
		expect(outcome).toMatchObject({ kind: 'emit', output: 1 });
	});
});

describe('what is ignored', () => {
	test.each([
		['not selected', { events: ['invitation.accepted'] }, 'event_not_selected'],
		['not all completed', { assessmentCompletion: 'all' }, 'assessments_not_all_completed'],
		['filtered out', { filters: filters({ teams: 'Sales' }) }, 'filtered_out'],
	] as Array<[string, Partial<Settings>, string]>)('%s', async (_what, changes, reason) => {
		const event = jofiEvent('test_taker.assessment_completed');
		expect(await outcomeOf(event, changes)).toEqual({ kind: 'ignore', reason, event });
	});

	test('an event that was seen before', async () => {
		const seen = new SeenEvents();
		const event = jofiEvent('invitation.created');
		expect(await outcomeOf(event, {}, { seen })).toMatchObject({ kind: 'emit' });
		expect(await outcomeOf(event, {}, { seen })).toEqual({
			kind: 'ignore',
			reason: 'seen_before',
			event,
		});
		expect(await outcomeOf(event, { skipDuplicates: false }, { seen })).toMatchObject({
			kind: 'emit',
		});
	});

	test('an event without an id always runs', async () => {
		const seen = new SeenEvents();
		for (const id of [undefined, null, '', {}]) {
			expect(await outcomeOf({ type: 'x', id }, {}, { seen })).toMatchObject({ kind: 'emit' });
			expect(await outcomeOf({ type: 'x', id }, {}, { seen })).toMatchObject({ kind: 'emit' });
		}
	});

	test('numbers that JSON.parse can not keep apart are no ids', async () => {
		const seen = new SeenEvents();
		for (const text of ['9007199254740993', '9007199254740992', '1.5', '1e400']) {
			const event = `{"type":"x","id":${text}}`;
			expect(await outcomeOf(event, {}, { seen })).toMatchObject({ kind: 'emit' });
			expect(await outcomeOf(event, {}, { seen })).toMatchObject({ kind: 'emit' });
		}
	});

	test('a number as an id is an id', async () => {
		const seen = new SeenEvents();
		expect(await outcomeOf({ type: 'x', id: 0 }, {}, { seen })).toMatchObject({ kind: 'emit' });
		expect(await outcomeOf({ type: 'x', id: 0 }, {}, { seen })).toMatchObject({ kind: 'ignore' });
	});

	test('what was filtered out is not remembered', async () => {
		const seen = new SeenEvents();
		const event = jofiEvent('invitation.created');
		await outcomeOf(event, { events: [] }, { seen });
		expect(await outcomeOf(event, {}, { seen })).toMatchObject({ kind: 'emit' });
	});
});

describe('what is rejected', () => {
	const unsigned: Signing = () => ({});

	test.each<[string, Signing, Verification | undefined, string]>([
		['no signature', unsigned, byHmac, 'no_signature'],
		['a wrong one', hmac('x'), byHmac, 'wrong_signature'],
		['no credential', hmac('s'), undefined, 'credential_not_usable'],
		['the other method', hmac('s'), byBasic, 'hmac_sent_but_basic_auth_set'],
	])('%s', async (_what, signing, verification, reason) => {
		const event = jofiEvent('invitation.created');
		const source = fixedSource(verification);
		const outcome = await receive(
			signed(event, signing),
			source,
			() => settings(),
			new SeenEvents(),
		);
		expect(outcome).toMatchObject({ kind: 'reject', reason });
	});

	test.each([
		['', 'invalid_json'],
		['{', 'invalid_json'],
		['[]', 'not_an_event'],
		['{"a":1}', 'not_an_event'],
	])('authentic, but %j', async (content, reason) => {
		expect(await outcomeOf(content)).toEqual({ kind: 'reject', reason });
	});

	test('an event that is too old, unless it was not wanted anyway', async () => {
		const event = jofiEvent('invitation.created', { created_at: '2026-02-03T12:00:00Z' });
		const limit = { maxEventAgeMinutes: 59 };
		expect(await outcomeOf(event, limit)).toMatchObject({
			kind: 'reject',
			reason: 'event_too_old',
		});
		expect(await outcomeOf(event, { maxEventAgeMinutes: 60 })).toMatchObject({ kind: 'emit' });
		expect(await outcomeOf(event, { ...limit, events: [] })).toMatchObject({ kind: 'ignore' });
	});
});

describe('an event that names another endpoint', () => {
	const url = 'https://n8n.example.com/webhook-test/1/jofi';
	const event = jofiEvent('invitation.created', { webhook_url: url });
	const byBasicSaid = jofiEvent('invitation.created', {
		webhook_verification_method: 'basic_auth',
	});

	test('is refused if this is to be confirmed, also if it is not selected', async () => {
		const refused = { kind: 'reject', reason: 'sent_to_another_endpoint', event };
		expect(await outcomeOf(event, { confirmEndpoint: true })).toEqual(refused);
		expect(await outcomeOf(event, { confirmEndpoint: true, events: [] })).toEqual(refused);
		expect(await outcomeOf(byBasicSaid, { confirmEndpoint: true })).toEqual({
			...refused,
			event: byBasicSaid,
		});
	});

	test('runs otherwise, and so does one that names this endpoint', async () => {
		expect(await outcomeOf(event)).toMatchObject({ kind: 'emit' });
		const same = { ...event, webhook_url: delivery().url, webhook_verification_method: 'hmac' };
		expect(await outcomeOf(same, { confirmEndpoint: true })).toMatchObject({ kind: 'emit' });
		const signing = basicAuth('u', 'p');
		expect(
			await outcomeOf(byBasicSaid, { confirmEndpoint: true }, { signing, verification: byBasic }),
		).toMatchObject({ kind: 'emit' });
	});
});

describe('the credential', () => {
	test('is not fetched for a request that proves nothing, and neither are settings', async () => {
		const current = jest.fn();
		const readSettings = jest.fn();
		await receive(delivery(), { current, after: jest.fn() }, readSettings, new SeenEvents());
		expect(current).not.toHaveBeenCalled();
		expect(readSettings).not.toHaveBeenCalled();
	});

	test('decides before the settings are read: a forgery costs n8n no expression', async () => {
		const readSettings = jest.fn();
		const forged = signed(jofiEvent('invitation.created'), hmac('x'));
		await receive(forged, fixedSource(byHmac), readSettings, new SeenEvents());
		expect(readSettings).not.toHaveBeenCalled();
	});
});

test('an event whose first delivery has no outcome is answered, and may come again', async () => {
	const seen = new SeenEvents(10, 1_000_000, 1);
	const never = { answered: new Promise<boolean>(() => undefined) };
	const first = { ...signed(jofiEvent('invitation.created')), ...never };
	const receiveIt = async (sent: typeof first) =>
		await receive(sent, fixedSource(byHmac), () => settings(), seen);
	expect(await receiveIt(first)).toMatchObject({ kind: 'emit' });
	expect(await receiveIt(first)).toEqual({ kind: 'reject', reason: 'event_in_progress' });
});
