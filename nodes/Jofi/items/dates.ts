import { DateTime } from 'luxon';

// A date with a time, with or without an offset. A bare year or number is not taken for a date.
const ISO_DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/;

/**
 * An ISO 8601 date as spreadsheets read it: `yyyy-MM-dd HH:mm:ss` in a time zone.
 *
 * @param value - any value
 * @param timezone - an IANA name, such as `America/Denver`
 * @returns the text; a value that is not a date, or a zone that luxon does not know, leaves the value unchanged. A date without an offset keeps its digits, since nothing says which zone it was meant in.
 */
export function asSpreadsheetDate(value: unknown, timezone: string): unknown {
	if (typeof value !== 'string' || !ISO_DATE.test(value)) return value;
	const date = DateTime.fromISO(value.replace(' ', 'T'), { zone: timezone });
	return date.isValid ? date.toFormat('yyyy-MM-dd HH:mm:ss') : value;
}
