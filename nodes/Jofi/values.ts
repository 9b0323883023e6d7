// Every parameter may hold an expression, so its value can be of any type.

/** The values of a list, or those between the commas of a text. A number is one value; other types are none. */
export function valuesOf(value: unknown): string[] {
	const values: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
	return values
		.filter((one) => typeof one === 'string' || typeof one === 'number')
		.map((one) => String(one).trim())
		.filter((one) => one !== '');
}

/** @returns undefined for a value that is neither true nor false, also as text */
export function toBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = comparable(value);
	if (text === 'true') return true;
	return text === 'false' ? false : undefined;
}

/** Text for a comparison: trimmed and lower-cased; empty for other types. */
export function comparable(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number'
		? String(value).trim().toLowerCase()
		: '';
}
