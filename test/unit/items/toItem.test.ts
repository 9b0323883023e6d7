import fc from 'fast-check';
import { parseEvent } from '../../../nodes/Jofi/events/parse';
import { COLUMN_NAMES, MOST_USED_COLUMNS } from '../../../nodes/Jofi/items/columns';
import { toItem } from '../../../nodes/Jofi/items/toItem';
import type { Settings } from '../../../nodes/Jofi/trigger/parameters';
import { anyEventText } from '../../support/arbitraries';
import { settings } from '../../support/delivery';
import { jofiEvent } from '../../support/jofi';

const event = jofiEvent('test_taker.created') as never;
const delivery = {
	receivedAt: Date.parse('2026-02-03T12:43:37Z'),
	verifiedBy: 'HMAC-SHA256 in x-jofi-signature over the body',
};
const item = (changes: Partial<Settings> = {}) => toItem(event, settings(changes), delivery);

test('the event as JOFI sent it, whatever the options', () => {
	const options = {
		simplify: false,
		dateFormat: 'spreadsheet',
		includeRawEvent: true,
		includeDelivery: true,
	} as const;
	expect(item(options)).toBe(event);
});

test('a row with all columns and nothing else, as long as nothing else was chosen', () => {
	expect(Object.keys(item())).toEqual(COLUMN_NAMES);
});

test('dates for spreadsheets', () => {
	expect(item({ dateFormat: 'spreadsheet' })).toMatchObject({
		event_created_at: '2026-02-03 05:43:36',
	});
	expect(item()).toMatchObject({ event_created_at: '2026-02-03T12:43:36.744Z' });
});

test('all dates for spreadsheets, and nothing else, are rewritten', () => {
	const completed = jofiEvent('test_taker.assessment_completed') as never;
	const row = toItem(completed, settings(), delivery);
	const dated = toItem(completed, settings({ dateFormat: 'spreadsheet' }), delivery);
	const changed = Object.keys(row).filter(
		(column) => !Object.is(Reflect.get(row, column), Reflect.get(dated, column)),
	);
	expect(Object.keys(dated)).toEqual(COLUMN_NAMES);
	expect(changed).toEqual(['event_created_at', 'invitation_created_at', 'latest_completed_at']);
	expect(dated).toMatchObject({ event_created_at: '2026-02-03 06:20:11' });
	const accepted = jofiEvent('invitation.accepted') as never;
	const inUtc = settings({ dateFormat: 'spreadsheet', timezone: 'UTC' });
	expect(toItem(accepted, inUtc, delivery)).toMatchObject({
		invitation_accepted_at: '2026-02-03 12:43:20',
	});
});

test('the raw event is the last column', () => {
	expect(Object.entries(item({ includeRawEvent: true })).at(-1)).toEqual(['raw_event', event]);
	expect(item()).not.toHaveProperty('raw_event');
});

describe('chosen columns', () => {
	test('the most used', () => {
		expect(Object.keys(item({ columns: MOST_USED_COLUMNS }))).toEqual([
			'event_id',
			'event_name',
			'event_created_at',
			'full_name',
			'email',
			'invitation_id',
			'person_id',
			'team_name',
			'assessments_summary',
			'scorecard_url',
		]);
	});

	test('stand in the order of the table, with the values of the full row', () => {
		const chosen = item({ columns: ['email', 'event_type'], dateFormat: 'spreadsheet' });
		expect(Object.entries(chosen)).toEqual([
			['event_type', 'test_taker.created'],
			['email', 'linda.sample@jofiscore.com'],
		]);
	});
});

describe('delivery columns', () => {
	test('stand behind the others and before the raw event', () => {
		const row = item({ includeDelivery: true, includeRawEvent: true, columns: ['email'] });
		expect(Object.keys(row)).toEqual([
			'email',
			'received_at',
			'api_version',
			'webhook_url',
			'webhook_verification_method',
			'verified_by',
			'raw_event',
		]);
	});

	test('tell what is known, null where JOFI says nothing', () => {
		expect(item({ includeDelivery: true })).toMatchObject({
			received_at: '2026-02-03T12:43:37.000Z',
			api_version: '2.3.0',
			webhook_url: null,
			webhook_verification_method: null,
			verified_by: 'HMAC-SHA256 in x-jofi-signature over the body',
		});
		const bare = toItem({ type: 'x' }, settings({ includeDelivery: true }), delivery);
		expect(bare).toMatchObject({ api_version: null });
		const spreadsheet = item({ includeDelivery: true, dateFormat: 'spreadsheet' });
		expect(spreadsheet).toMatchObject({ received_at: '2026-02-03 05:43:37' });
	});
});

test('anything that looks like an event gives exactly the columns, without undefined', () => {
	const inKolkata = settings({ dateFormat: 'spreadsheet', timezone: 'Asia/Kolkata' });
	fc.assert(
		fc.property(anyEventText, (text) => {
			const parsed = parseEvent(Buffer.from(text));
			if (!('event' in parsed)) throw new Error(`no event: ${text}`);
			const row = toItem(parsed.event, inKolkata, delivery);
			expect(Object.keys(row)).toEqual(COLUMN_NAMES);
			expect(Object.values(row)).not.toContain(undefined);
		}),
		{ numRuns: 3000 },
	);
});
