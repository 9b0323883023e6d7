/** Header values by lower-cased name, as Node.js gives them. */
export type Headers = Record<string, string | string[] | undefined>;

/** A value that could be a signature, and what it would have signed. */
export interface Candidate {
	digest: Buffer;
	/** The text that was signed in front of the body: `''`, `<t>.`, or `<id>.<t>.`. */
	signedPrefix: string;
	/** When it was signed, in seconds since 1970, for the styles that sign the time too. */
	signedAt?: number;
	/** Whether a secret `whsec_…` is also tried as base64: Standard Webhooks only. */
	isStandardWebhooks: boolean;
}

// Bounds the work that a stranger can cause. Deliveries carry one signature, or a few while a secret changes.
const MAX_CANDIDATES = 24;
// Each timestamp costs one more HMAC over the whole body, up to 16 MB of it.
const MAX_TIMESTAMPS = 3;

// How long SHA-256 (32 bytes) and SHA-512 (64 bytes) are as text, base64 without and with padding.
const HEX_LENGTHS = new Set([64, 128]);
const BASE64_LENGTHS = new Set([43, 44, 86, 88]);
const DIGEST_LENGTHS = new Set([...HEX_LENGTHS, ...BASE64_LENGTHS]);
const SHORTEST_SIGNATURE = 43;
const LONGEST_HEADER = 8192;

const SEPARATORS = /[\s,;]+/;
// `sha256=…`, `v1=…`, `sha512:…`. A base64 signature's own `=` comes later than 32 characters.
const NAME_PREFIX = /^[a-z0-9][a-z0-9._-]{0,31}[=:]/i;
const COMPOSED = /[\s,;"'=:]/;
const LONG_PIECE = /[\w+/-]{43}/;
const WRAPPED = /["'=:]/;
const QUOTES = /^["']|["']$/g;
const HEX = /^[0-9a-f]+$/i;
// Padding belongs to the longer of the two lengths only.
const BASE64 = /^([a-z0-9+/_-]{43}=?|[a-z0-9+/_-]{86}(==)?)$/i;
const UNIX_SECONDS = /^\d{1,12}$/;
const STRIPE_TIMESTAMP = /(?:^|[,;\s])t=(\d{1,12})(?=$|[,;\s])/;

/**
 * Finds everything in a delivery's headers that could be an HMAC signature.
 *
 * JOFI does not publish the name of its signature header or the encoding, and a signature proves the
 * same wherever it stands, so every header is searched (or the one that the user named).
 * In: the headers, and the lower-cased name of the only header to search, if the user gave one.
 * Out: at most 24 candidates, in the order of the headers; none for values that are no digest.
 */
export function findCandidates(headers: Headers, onlyHeader?: string): Candidate[] {
	const names = onlyHeader === undefined ? Object.keys(headers) : [onlyHeader];
	const candidates: Candidate[] = [];
	const timestamps = new Set<string>();
	for (const name of names) {
		const header = headers[name];
		if (!couldHoldDigest(header)) continue;
		for (const value of valuesOf(header).filter(couldHoldDigest)) {
			for (const candidate of candidatesIn(name, value, headers)) {
				if (candidate.signedAt !== undefined) timestamps.add(candidate.signedPrefix);
				if (timestamps.size > MAX_TIMESTAMPS) return candidates;
				candidates.push(candidate);
				if (candidates.length === MAX_CANDIDATES) return candidates;
			}
		}
	}
	return candidates;
}

/** Cheap, and enough for nearly all headers of a usual delivery. */
function couldHoldDigest(header: string | string[] | undefined): boolean {
	if (typeof header !== 'string') return header?.some(couldHoldDigest) ?? false;
	if (header.length < SHORTEST_SIGNATURE || header.length > LONGEST_HEADER) return false;
	return COMPOSED.test(header) ? LONG_PIECE.test(header) : DIGEST_LENGTHS.has(header.length);
}

function candidatesIn(name: string, value: string, headers: Headers): Candidate[] {
	const candidates: Candidate[] = [];
	for (const piece of value.split(SEPARATORS)) {
		const digest = decodeDigest(piece);
		if (!digest) continue;
		candidates.push({ digest, signedPrefix: '', isStandardWebhooks: false });
		for (const style of timedStyles(name, value, headers)) candidates.push({ digest, ...style });
	}
	return candidates;
}

type TimedStyle = Omit<Candidate, 'digest'>;

/** The styles that sign a timestamp in front of the body, if this header is written in one of them. */
function timedStyles(name: string, value: string, headers: Headers): TimedStyle[] {
	const styles: TimedStyle[] = [];
	// Stripe: `t=1700000000,v1=<hex>` signs `<t>.<body>` (stripe-node, src/Webhooks.ts).
	const stripe = STRIPE_TIMESTAMP.exec(value)?.[1];
	if (stripe !== undefined) styles.push(timedStyle(`${stripe}.`, stripe, false));

	// Standard Webhooks: `webhook-signature` beside `webhook-id` and `webhook-timestamp`, signing
	// `<id>.<timestamp>.<body>` (standardwebhooks.com). Senders put their own name before the three.
	if (name.endsWith('signature')) {
		const family = name.slice(0, -'signature'.length);
		const [id] = valuesOf(headers[`${family}id`]);
		if (id === undefined) return styles;
		const [timestamp] = valuesOf(headers[`${family}timestamp`]);
		if (timestamp !== undefined && UNIX_SECONDS.test(timestamp)) {
			styles.push(timedStyle(`${id}.${timestamp}.`, timestamp, true));
		}
	}
	return styles;
}

function timedStyle(
	signedPrefix: string,
	timestamp: string,
	isStandardWebhooks: boolean,
): TimedStyle {
	return { signedPrefix, signedAt: Number(timestamp), isStandardWebhooks };
}

/** The bytes of a SHA-256 or SHA-512 digest in hex, base64 or base64url; undefined if it is none. */
function decodeDigest(piece: string): Buffer | undefined {
	if (piece.length < SHORTEST_SIGNATURE) return undefined;
	const text = WRAPPED.test(piece) ? unwrapped(piece) : piece;
	if (HEX_LENGTHS.has(text.length) && HEX.test(text)) return Buffer.from(text, 'hex');
	if (BASE64_LENGTHS.has(text.length) && BASE64.test(text)) return Buffer.from(text, 'base64');
	return undefined;
}

function unwrapped(piece: string): string {
	return piece.replace(QUOTES, '').replace(NAME_PREFIX, '').replace(QUOTES, '');
}

function valuesOf(header: string | string[] | undefined): string[] {
	if (header === undefined) return [];
	return Array.isArray(header) ? header : [header];
}
