import fc from 'fast-check';
import { parseEvent } from '../../../nodes/Jofi/events/parse';
import { COLUMN_NAMES } from '../../../nodes/Jofi/items/columns';
import { toItem } from '../../../nodes/Jofi/items/toItem';
import type { Settings } from '../../../nodes/Jofi/trigger/settings';
import { anyEventText } from '../../support/arbitraries';
import { settings } from '../../support/delivery';
import { jofiEvent } from '../../support/jofi';

const event = jofiEvent('test_taker.created');
const delivery = {
	receivedAt: Date.parse('2026-02-03T12:43:37Z'),
	verifiedBy: 'HMAC-SHA256 in x-jofi-signature over the body',
};
const item = (changes: Partial<Settings> = {}, sent: object = event) =>
	toItem(sent as never, settings(changes), delivery);

test('the event as JOFI sent it, whatever the options', () => {
	const options = { includeRawEvent: true, includeDelivery: true };
	expect(item({ simplify: false, dateFormat: 'spreadsheet', ...options })).toBe(event);
});

test.each([
	[
		'test_taker.assessment_completed',
		{
			event_created_at: '2026-02-03 06:20:11',
			invitation_created_at: '2026-02-03 05:41:35',
			latest_completed_at: '2026-02-03 06:20:10',
		},
	],
	[
		'invitation.accepted',
		{
			event_created_at: '2026-02-03 05:43:20',
			invitation_accepted_at: '2026-02-03 05:43:20',
		},
	],
] as const)('dates for spreadsheets change all dates of %s and nothing else', (type, dates) => {
	const sent = jofiEvent(type);
	const dated = item({ dateFormat: 'spreadsheet' }, sent);
	expect(dated).toEqual({ ...item({}, sent), ...dates });
	expect(Object.keys(dated)).toEqual(COLUMN_NAMES);
});

test('chosen columns stand in the order of the table, with the values of the full row', () => {
	const chosen = item({ columns: ['email', 'event_type'], dateFormat: 'spreadsheet' });
	expect(Object.entries(chosen)).toEqual([
		['event_type', 'test_taker.created'],
		['email', 'linda.sample@jofiscore.com'],
	]);
});

test('delivery columns and the raw event stand behind the others', () => {
	const row = item({ includeDelivery: true, includeRawEvent: true, columns: ['email'] });
	expect(Object.entries(row)).toEqual([
		['email', 'linda.sample@jofiscore.com'],
		['received_at', '2026-02-03T12:43:37.000Z'],
		['api_version', '2.3.0'],
		['webhook_url', null],
		['webhook_verification_method', null],
		['verified_by', 'HMAC-SHA256 in x-jofi-signature over the body'],
		['raw_event', event],
	]);
});

test('delivery columns tell what JOFI says, null where it says nothing', () => {
	const said = { webhook_url: 'https://n8n.example.com', webhook_verification_method: 'hmac' };
	expect(item({ includeDelivery: true }, { type: 'x', ...said })).toMatchObject({
		api_version: null,
		...said,
	});
	const dated = item({ includeDelivery: true, dateFormat: 'spreadsheet' });
	expect(dated).toMatchObject({ received_at: '2026-02-03 05:43:37' });
});

test('anything that looks like an event gives exactly the columns, without undefined', () => {
	const inKolkata = { dateFormat: 'spreadsheet', timezone: 'Asia/Kolkata' } as const;
	fc.assert(
		fc.property(anyEventText, (text) => {
			const parsed = parseEvent(Buffer.from(text));
			if (!('event' in parsed)) throw new Error(`no event: ${text}`);
			const row = item(inKolkata, parsed.event);
			expect(Object.keys(row)).toEqual(COLUMN_NAMES);
			expect(Object.values(row)).not.toContain(undefined);
		}),
		{ numRuns: 3000 },
	);
});
