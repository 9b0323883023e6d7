import { timeOf } from '../../events/time';
import type { Candidate, Headers } from './candidates';

/** What a signed text may hold besides the body. */
export interface SignedParts {
	time?: SignedTime;
	/** Standard Webhooks' message id. */
	id?: string;
	/** The `v1` of `v1=<signature>`. */
	label?: string;
}

/** A time that may be signed. */
export interface SignedTime {
	/** As the header has it, and so as it is signed. */
	text: string;
	/** Milliseconds since 1970. */
	at: number;
	/** The header that carries it, in lower case. */
	header: string;
}

/** A value with more in it than one run of characters: most signatures stand alone. */
const HAS_SEVERAL_PARTS = /[^\w+/-][^=]/;
// `t=…` (Stripe), `v=…` (Retell), `ts=…`, `time=…`, `timestamp=…`, before the signature or after it.
const NAMED_TIME = /(?:^|[\s,;&])(?:t|v|ts|time|timestamp)=["']?([\w:.+-]+)/gi;
const BARE_TIME = /(?<![\w+/-])(?:\d{13}|\d{10})(?![\w+/=-])/;
export const TIMESTAMP_NAME = /timestamp/;
export const TIME_NAME = /(?:^|-)(?:date|time)$/;
const SIGNATURE = 'signature';
// One token, as the specification asks: with free text in it, the signature of one body could be passed off
// as that of a part of it.
const STANDARD_WEBHOOKS_ID = /^[\w:-]{1,200}$/;

/**
 * What may be signed with a candidate: the time beside it in the same header, or else the time and the id in
 * the headers of its family, which are to `webhook-signature` as `webhook-timestamp` and `webhook-id`.
 */
export function partsBeside({ header, value, label }: Candidate, headers: Headers): SignedParts {
	const parts: SignedParts = { label, time: timeBeside(header, value) };
	if (!header.endsWith(SIGNATURE)) return parts;
	const family = header.slice(0, -SIGNATURE.length);
	const timestamp = `${family}timestamp`;
	parts.time ??= signedTime(headers[timestamp], timestamp);
	const id = headers[`${family}id`];
	if (typeof id === 'string' && STANDARD_WEBHOOKS_ID.test(id)) parts.id = id;
	return parts;
}

function timeBeside(header: string, value: string): SignedTime | undefined {
	if (!HAS_SEVERAL_PARTS.test(value)) return undefined;
	for (const [, text] of value.matchAll(NAMED_TIME)) {
		const time = signedTime(text, header);
		if (time) return time;
	}
	return signedTime(BARE_TIME.exec(value)?.[0], header);
}

/**
 * The only time in a header named timestamp, or else in one named date or time. Among several, the signed one
 * can't be told.
 */
export function timeInOwnHeader(headers: Headers): SignedTime | undefined {
	const timesIn = (named: RegExp) =>
		Object.keys(headers)
			.filter((name) => named.test(name))
			.flatMap((name) => signedTime(headers[name], name) ?? []);
	const timestamps = timesIn(TIMESTAMP_NAME);
	const times = timestamps.length > 0 ? timestamps : timesIn(TIME_NAME);
	return times.length === 1 ? times[0] : undefined;
}

function signedTime(text: unknown, header: string): SignedTime | undefined {
	if (typeof text !== 'string') return undefined;
	const at = readTime(text);
	return at === undefined ? undefined : { text, at, header };
}

const UNIX_TIME = /^(?:\d{10}|\d{13})$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?$/;
// RFC 9110, section 5.6.7
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/**
 * Reads a time in Unix seconds (10 digits) or milliseconds (13), ISO 8601, which counts as UTC without an
 * offset, or the format of HTTP's Date header.
 *
 * @returns milliseconds since 1970, or undefined if the text is not exactly such a time
 */
export function readTime(text: string): number | undefined {
	if (UNIX_TIME.test(text)) return Number(text) * (text.length === 10 ? 1000 : 1);
	if (ISO_TIME.test(text)) return timeOf(text);
	const at = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(at) ? undefined : at;
}
