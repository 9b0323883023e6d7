import type { Candidate } from './candidates';
import { headerText, type Headers } from './headers';
import { readTime } from './times';

/** What the headers of a request offer to stand around the body in a signed text. */
export interface Parts {
	time?: SignedTime;
	/** Standard Webhooks' id of a message. */
	id?: string;
	/** The `v1` of `v1=<signature>`. */
	label?: string;
	/** The label, or the `v0` that others than Slack leave out of the header. */
	version: string;
}

/** A time that a signature may have been made at. */
export interface SignedTime {
	/** As it is written, and so as it is signed. */
	text: string;
	/** Milliseconds since 1970. */
	at: number;
	/** The header that it stands in, in lower case. */
	header: string;
}

// `t=…` (Stripe), `v=…` (Retell), `ts=…`, `time=…`, `timestamp=…`, in front of the signature or behind it.
const NAMED_TIME = /(?:^|[\s,;&])(?:t|v|ts|time|timestamp)=["']?([\w:.+-]+)/gi;
/** A value with more in it than one run of characters: most signatures stand alone. */
const HAS_SEVERAL_PARTS = /[^\w+/-][^=]/;
const BARE_TIME = /(?<![\w+/-])(?:\d{13}|\d{10})(?![\w+/=-])/;
/** Headers that are named so may have the time of a signature: rather the first than the second kind. */
export const NAMED_TIMESTAMP = /timestamp/;
export const NAME_OF_TIME = /(?:^|-)(?:date|time)$/;
const SIGNATURE = 'signature';
// One token, as the specification asks. With free text in it, a signature could be made to stand for a
// part of the body that it was made for.
const STANDARD_WEBHOOKS_ID = /^[\w:-]{1,200}$/;

/**
 * What stands close to a signature: the time beside it in the same header, or else the time and the id
 * in the headers of its family, which are to `webhook-signature` as `webhook-timestamp` and `webhook-id`.
 */
export function partsCloseTo({ header, value, label }: Candidate, headers: Headers): Parts {
	const parts: Parts = { version: label ?? 'v0', label, time: timeBeside(header, value) };
	if (!header.endsWith(SIGNATURE)) return parts;
	const family = header.slice(0, -SIGNATURE.length);
	parts.time ??= timeIn(`${family}timestamp`, headers);
	const id = headerText(headers, `${family}id`);
	if (id !== undefined && STANDARD_WEBHOOKS_ID.test(id)) parts.id = id;
	return parts;
}

/**
 * The only time that has a header of its own: one that is named timestamp, or else date or time. If there
 * are several, none can be told to be the signed one.
 */
export function timeInOwnHeader(headers: Headers): SignedTime | undefined {
	const timestamps = timesIn(NAMED_TIMESTAMP, headers);
	const times = timestamps.length > 0 ? timestamps : timesIn(NAME_OF_TIME, headers);
	return times.length === 1 ? times[0] : undefined;
}

function timesIn(named: RegExp, headers: Headers): SignedTime[] {
	const names = Object.keys(headers).filter((name) => named.test(name));
	return names.flatMap((name) => timeIn(name, headers) ?? []);
}

/** The time that stands beside a signature in the same header: `t=1700000000`, or the digits alone. */
export function timeBeside(header: string, value: string): SignedTime | undefined {
	if (!HAS_SEVERAL_PARTS.test(value)) return undefined;
	for (const [, text = ''] of value.matchAll(NAMED_TIME)) {
		const at = readTime(text);
		if (at !== undefined) return { text, at, header };
	}
	const text = BARE_TIME.exec(value)?.[0];
	return text === undefined ? undefined : timeOf(text, header);
}

function timeIn(header: string, headers: Headers): SignedTime | undefined {
	const text = headerText(headers, header);
	return text === undefined ? undefined : timeOf(text, header);
}

function timeOf(text: string, header: string): SignedTime | undefined {
	const at = readTime(text);
	return at === undefined ? undefined : { text, at, header };
}
