/** Header values by lower-cased name, as Node.js gives them. */
export type Headers = Record<string, string | string[] | undefined>;

/**
 * The values of one header.
 *
 * @param name in lower case; may be anything that somebody typed, such as `constructor`
 * @returns none if the request does not carry it
 */
export function headerValues(headers: Headers, name: string): string[] {
	const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
	if (value === undefined) return [];
	return Array.isArray(value) ? value : [value];
}

/** The value of a header that is there once. */
export function headerText(headers: Headers, name: string): string | undefined {
	const [value, ...more] = headerValues(headers, name);
	return more.length > 0 ? undefined : value;
}
