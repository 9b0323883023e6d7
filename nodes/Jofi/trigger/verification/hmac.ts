import { createHmac, timingSafeEqual, type BinaryLike } from 'node:crypto';
import type { SignedRequest } from '../delivery';
import type { Candidate, Headers } from './candidates';
import { readingsOf } from './pasted';
import { partsBeside, timeInOwnHeader } from './signedParts';
import { inWords, likeliestScheme, SIGNING_SCHEMES, signsTime, textAround } from './signingSchemes';

// Stripe's tolerance, which Standard Webhooks shares.
const TOLERANCE_MS = 5 * 60 * 1000;

/** Upper bounds on attacker-controlled work. Deliveries carry one signature, or a few while a secret changes. */
export const BOUNDS = {
	candidates: 24,
	/** For each key: two signatures by all schemes, since some senders put two with different labels in one header. */
	texts: 2 * Object.keys(SIGNING_SCHEMES).length,
	/** For each key: the largest body that n8n takes by default. */
	bytes: 16 * 1024 * 1024,
};

/** By the length of their digests. Collisions of SHA-1 don't help to forge an HMAC (RFC 6194, section 3.3). */
const HASHES: Record<number, string> = { 20: 'sha1', 32: 'sha256', 64: 'sha512' };

type HmacVerdict = { verifiedBy: string } | { reason: 'wrong_signature' | 'timestamp_too_old' };

/**
 * Whether one of the candidates is the signature of this body with one of the secrets, by one of the signing
 * schemes. Comparisons take constant time.
 *
 * @param request - the raw bytes and the headers
 * @param candidates - what could be a signature; the first ones count (`BOUNDS`)
 * @param secrets - in the order to try them
 * @returns the scheme in words, or `timestamp_too_old` if a signature matches but the time that it signs is
 * more than five minutes away from now
 */
export function verifyHmac(
	{ headers, body, receivedAt }: SignedRequest & { body: Buffer },
	candidates: readonly Candidate[],
	secrets: readonly string[],
): HmacVerdict {
	const sign = boundedSigner(body, secrets.flatMap(keysOf));
	let reason: 'wrong_signature' | 'timestamp_too_old' = 'wrong_signature';
	for (const { candidate, parts, scheme } of attemptsWith(candidates, headers)) {
		const { digest, header } = candidate;
		const around = textAround(scheme, parts);
		const hash = HASHES[digest.length];
		if (!around || !hash) continue;
		if (!sign(hash, around).some((signature) => timingSafeEqual(signature, digest))) continue;
		const time = signsTime(scheme) ? parts.time : undefined;
		if (time && Math.abs(receivedAt - time.at) > TOLERANCE_MS) {
			reason = 'timestamp_too_old';
			continue;
		}
		const where = time && time.header !== header ? `, with the time in ${time.header}` : '';
		return {
			verifiedBy: `HMAC-${hash.toUpperCase()} in ${header} over ${inWords(scheme)}${where}`,
		};
	}
	return { reason };
}

/**
 * Each candidate by each scheme: the likeliest first and the body alone next, so that a usual delivery costs one
 * HMAC or two.
 */
function* attemptsWith(candidates: readonly Candidate[], headers: Headers) {
	const found = candidates.slice(0, BOUNDS.candidates).map((candidate) => ({
		candidate,
		parts: partsBeside(candidate, headers),
	}));
	for (const one of found) {
		yield { ...one, scheme: likeliestScheme(one.candidate.header, one.parts) };
	}
	for (const one of found) yield { ...one, scheme: SIGNING_SCHEMES.bodyAlone };
	const timeElsewhere = timeInOwnHeader(headers);
	for (const { candidate, parts } of found) {
		const allParts = { ...parts, time: parts.time ?? timeElsewhere };
		for (const scheme of Object.values(SIGNING_SCHEMES))
			yield { candidate, parts: allParts, scheme };
	}
}

/** Signs the body with all keys: each text once, and within the bounds. Beyond them there is no signature. */
function boundedSigner(body: Buffer, keys: readonly BinaryLike[]) {
	const made = new Map<string, Buffer[]>();
	return (hash: string, { before, after }: { before: string; after: string }): Buffer[] => {
		const text = `${hash} ${before} ${after}`;
		const known = made.get(text);
		if (known) return known;
		const bytes = (made.size + 1) * body.length;
		const isBeyondBounds = made.size === BOUNDS.texts || bytes > BOUNDS.bytes;
		if (made.size > 0 && isBeyondBounds) return [];
		const signatures = keys.map((key) => {
			const hmac = createHmac(hash, key);
			if (before !== '') hmac.update(before);
			hmac.update(body);
			if (after !== '') hmac.update(after);
			return hmac.digest();
		});
		made.set(text, signatures);
		return signatures;
	};
}

const HEX_KEY = /^[0-9a-f]{64}$/i;
// Of 32 and of 64 bytes, with their padding.
const BASE64_KEY = /^(?:[\w+/-]{43}=|[\w+/-]{86}==)$/;
// Buffer skips a single character at the end: alone, it would make an empty key, which anybody has.
const STANDARD_WEBHOOKS_KEY = /^whsec_((?:[\w+/-]{4})*[\w+/-]{2,4}={0,2})$/;

/**
 * The keys that a secret may stand for: its text, with and without the spaces and quotes around it, and if it
 * plainly is encoded bytes, those too: 64 hex digits, base64 of 32 or 64 bytes, or Standard Webhooks' base64
 * after `whsec_`.
 */
export function keysOf(secret: string): BinaryLike[] {
	return readingsOf(secret).flatMap(keysOfText);
}

function keysOfText(secret: string): BinaryLike[] {
	// As text, which createHmac takes as UTF-8: on Node.js 24 a Buffer makes it take four times as long.
	if (HEX_KEY.test(secret)) return [secret, Buffer.from(secret, 'hex')];
	const base64 = BASE64_KEY.test(secret) ? secret : STANDARD_WEBHOOKS_KEY.exec(secret)?.[1];
	return base64 === undefined ? [secret] : [secret, Buffer.from(base64, 'base64')];
}
