/** A JSON object of which nothing is known. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a JSON object: no array, not null. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a JSON object, else an empty one. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The value if it is a text, else an empty one. */
export function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
