import { receive, shape, type Settings } from '../../../nodes/Jofi/trigger/receive';
import { splitList } from '../../../nodes/Jofi/trigger/filters';
import { SeenEvents } from '../../../nodes/Jofi/trigger/seenEvents';
import type { Verification } from '../../../nodes/Jofi/trigger/verification/credential';
import { delivery, fixedSource, settings } from '../../support/delivery';
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
) => await receive(signed(content, signing), settings(changes), fixedSource(verification), seen);

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
		[
			'filtered out',
			{ filters: { ...settings().filters, teams: splitList('Sales') } },
			'filtered_out',
		],
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
		const outcome = await receive(signed(event, signing), settings(), source, new SeenEvents());
		expect(outcome).toEqual({ kind: 'reject', reason });
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
		expect(await outcomeOf(event, limit)).toEqual({ kind: 'reject', reason: 'event_too_old' });
		expect(await outcomeOf(event, { maxEventAgeMinutes: 60 })).toMatchObject({ kind: 'emit' });
		expect(await outcomeOf(event, { ...limit, events: [] })).toMatchObject({ kind: 'ignore' });
	});
});

describe('the credential', () => {
	test('is not fetched for a request that proves nothing', async () => {
		const current = jest.fn();
		const source = { current, readAgain: jest.fn() };
		await receive(delivery(), settings(), source, new SeenEvents());
		expect(current).not.toHaveBeenCalled();
	});

	test('is looked at again before a refusal, so that a changed secret works at once', async () => {
		const source = {
			current: () => Promise.resolve(byHmac),
			readAgain: () => Promise.resolve<Verification>({ method: 'hmac', secrets: ['changed'] }),
		};
		const event = jofiEvent('invitation.created');
		const emitted = await receive(
			signed(event, hmac('changed')),
			settings(),
			source,
			new SeenEvents(),
		);
		expect(emitted).toMatchObject({ kind: 'emit' });
		const refused = await receive(signed(event, hmac('x')), settings(), source, new SeenEvents());
		expect(refused).toEqual({ kind: 'reject', reason: 'wrong_signature' });
	});

	test('is not looked at again for an authentic delivery', async () => {
		const readAgain = jest.fn();
		const source = { current: () => Promise.resolve(byHmac), readAgain };
		await receive(signed(jofiEvent('invitation.created')), settings(), source, new SeenEvents());
		expect(readAgain).not.toHaveBeenCalled();
	});
});

describe('shapes', () => {
	const event = jofiEvent('test_taker.created') as never;

	test('the event as JOFI sent it, whatever the options', () => {
		const options = { simplify: false, dateFormat: 'spreadsheet', includeRawEvent: true } as const;
		expect(shape(event, settings(options))).toBe(event);
	});

	test('a row with dates for spreadsheets', () => {
		const row = shape(event, settings({ dateFormat: 'spreadsheet' }));
		expect(row).toMatchObject({ event_created_at: '2026-02-03 05:43:36' });
		expect(shape(event, settings())).toMatchObject({
			event_created_at: '2026-02-03T12:43:36.744Z',
		});
	});

	test('a row with the raw event as its last column', () => {
		const row = shape(event, settings({ includeRawEvent: true }));
		expect(Object.entries(row).at(-1)).toEqual(['raw_event', event]);
		expect(shape(event, settings())).not.toHaveProperty('raw_event');
	});
});
