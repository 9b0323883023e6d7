/** The forms in which a time is signed, and how to read them. */
const FORMS: ReadonlyArray<{ name: string; pattern: RegExp; read: (text: string) => number }> = [
	{ name: 'Unix seconds', pattern: /^\d{10}$/, read: (text) => Number(text) * 1000 },
	{ name: 'Unix milliseconds', pattern: /^\d{13}$/, read: Number },
	{
		name: 'ISO 8601',
		pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/,
		read: Date.parse,
	},
	{
		name: 'ISO 8601 without a zone, taken as UTC',
		pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?$/,
		read: (text) => Date.parse(`${text}Z`),
	},
	{
		name: "HTTP's form", // RFC 9110, section 5.6.7
		pattern: /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
		read: Date.parse,
	},
];

/**
 * Reads a time in one of the forms that are signed: Unix seconds (10 digits) or milliseconds (13),
 * ISO 8601, which counts as UTC if it names no zone, or the date of HTTP.
 *
 * @returns milliseconds since 1970, or undefined if the text is not exactly such a time
 */
export function readTime(text: string): number | undefined {
	const at = FORMS.find(({ pattern }) => pattern.test(text))?.read(text);
	return at === undefined || Number.isNaN(at) ? undefined : at;
}

/** The form that a time is written in, by its name; undefined if it is no time. */
export function timeForm(text: string): string | undefined {
	return FORMS.find(({ pattern }) => pattern.test(text))?.name;
}
