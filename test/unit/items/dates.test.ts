import fc from 'fast-check';
import { asSpreadsheetDate } from '../../../nodes/Jofi/items/dates';

// Expected values: TZ=<zone> date -d <date> '+%F %T'
test.each([
	['2026-02-03T12:43:36.744Z', 'America/Denver', '2026-02-03 05:43:36'],
	['2026-07-03T12:43:36.744Z', 'America/Denver', '2026-07-03 06:43:36'],
	['2026-02-03T12:41:35.034681+00:00', 'Europe/Berlin', '2026-02-03 13:41:35'],
	['2026-02-03T23:59:59+05:30', 'UTC', '2026-02-03 18:29:59'],
	['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29 03:00:00'],
	['2026-02-03 12:00:00Z', 'UTC', '2026-02-03 12:00:00'],
	['2026-02-03T12:00:00', 'Asia/Tokyo', '2026-02-03 12:00:00'],
	['2026-02-03', 'America/Denver', '2026-02-03 00:00:00'],
])('%s in %s', (date, timezone, text) => {
	expect(asSpreadsheetDate(date, timezone)).toBe(text);
});

test.each([
	'',
	'soon',
	'2026',
	'12345',
	'2026-13-45T00:00:00Z',
	'2026-02-03T99:00:00Z',
	'=NOW()',
	null,
	undefined,
	5,
	true,
	{ a: 1 },
])('%p is no date and stays as it is', (value) => {
	expect(asSpreadsheetDate(value, 'UTC')).toBe(value);
});

test('in a zone that nobody knows a date stays as it is', () => {
	expect(asSpreadsheetDate('2026-02-03T12:43:36Z', 'Moon/Base')).toBe('2026-02-03T12:43:36Z');
});

test('never throws', () => {
	fc.assert(
		fc.property(
			fc.oneof(fc.string(), fc.date({ noInvalidDate: true }).map(String)),
			fc.string(),
			(value, zone) => {
				expect(typeof asSpreadsheetDate(value, zone)).toBe('string');
			},
		),
	);
});
