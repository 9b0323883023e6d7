const ISO_DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The moment of one of JOFI's dates. JOFI's pages show `2026-02-03T12:43:36.744Z` and
 * `2026-02-03T12:41:35.034681+00:00`. Other forms are not guessed at: Date.parse would read them in the server's
 * time zone.
 *
 * @param value - an ISO 8601 date, in UTC if it has no offset; any value
 * @returns milliseconds since 1970, or undefined for anything else
 */
export function timeOf(value: unknown): number | undefined {
	const match = typeof value === 'string' ? ISO_DATE.exec(value) : null;
	if (!match) return undefined;
	const [text, offset] = match;
	const hasTime = text.length > '2026-02-03'.length;
	const time = Date.parse(text.replace(' ', 'T') + (hasTime && offset === undefined ? 'Z' : ''));
	return Number.isNaN(time) ? undefined : time;
}
