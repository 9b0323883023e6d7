/** Header values by lower-cased name, as Node.js gives them. */
export type Headers = Record<string, string | readonly string[] | undefined>;

/**
 * The values of one header.
 *
 * @param name in lower case; may be anything that somebody typed, such as `constructor`
 * @returns none if the request does not carry it
 */
export function headerValues(headers: Headers, name: string): readonly string[] {
	if (!Object.hasOwn(headers, name)) return [];
	const values = headers[name] ?? [];
	return typeof values === 'string' ? [values] : values;
}

/** The value of a header that is there once. */
export function headerText(headers: Headers, name: string): string | undefined {
	const values = headerValues(headers, name);
	return values.length === 1 ? values[0] : undefined;
}
