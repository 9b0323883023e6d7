const HAS_TIME_WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}[T ][\d:.]+$/;

/**
 * The moment that one of JOFI's dates names. JOFI's pages show `…36.744Z` and `…35.034681+00:00`; a date
 * and time without an offset counts as UTC too, and never as the zone that the server happens to be in.
 *
 * @param value - an ISO 8601 date; any value
 * @returns milliseconds since 1970, or undefined for what is no date
 */
export function timeOf(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const isWithoutOffset = !value.endsWith('Z') && HAS_TIME_WITHOUT_OFFSET.test(value);
	const time = Date.parse(isWithoutOffset ? `${value}Z` : value);
	return Number.isNaN(time) ? undefined : time;
}
