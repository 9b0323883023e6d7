const UNIX_SECONDS = /^\d{10}$/;
const UNIX_MILLISECONDS = /^\d{13}$/;
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/;
// RFC 9110, section 5.6.7.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * Reads a time in one of the forms that are signed: Unix seconds (10 digits) or milliseconds (13),
 * ISO 8601, which counts as UTC if it names no zone, or the date of HTTP.
 *
 * @returns milliseconds since 1970, or undefined if the text is not exactly such a time
 */
export function readTime(text: string): number | undefined {
	if (UNIX_SECONDS.test(text)) return Number(text) * 1000;
	if (UNIX_MILLISECONDS.test(text)) return Number(text);
	const iso = ISO_8601.exec(text);
	if (!iso && !HTTP_DATE.test(text)) return undefined;
	const at = Date.parse(iso && !iso[1] ? `${text}Z` : text);
	return Number.isNaN(at) ? undefined : at;
}
