import { createHmac, timingSafeEqual, type BinaryLike } from 'node:crypto';
import type { Candidate } from './candidates';
import type { Headers } from './headers';
import { keysOf } from './keys';
import { partsCloseTo, timeInOwnHeader, type Parts } from './parts';
import { inWords, likeliestWay, signsTime, textAround, WAYS, type Way } from './ways';

// Stripe's tolerance, which Standard Webhooks shares.
const TOLERANCE_MS = 5 * 60 * 1000;

// What a stranger can make us hash, for each key: so many different texts, and no further one that would
// bring the bytes above the largest body that n8n takes.
const MAX_TEXTS = 8;
const MAX_HASHED_BYTES = 16 * 1024 * 1024;

/** By the length of their digests. Collisions of SHA-1 are no help to forge an HMAC (RFC 6194, section 3.3). */
const HASHES: Record<number, string> = { 20: 'sha1', 32: 'sha256', 64: 'sha512' };

export type HmacVerdict =
	| { verifiedBy: string }
	| { refusal: 'wrong_signature' | 'timestamp_too_old' };

/** What is signed, and when it came, in milliseconds since 1970. */
export interface SignedBody {
	headers: Headers;
	body: Buffer;
	receivedAt: number;
}

/**
 * Whether one of the candidates is the signature of this body with one of the secrets, in one of the
 * ways of `WAYS`. Comparing takes the same time wherever the first wrong byte stands.
 *
 * @param request - the raw bytes and the headers
 * @param candidates - what could be a signature
 * @param secrets - in the order to try them
 * @returns the way in words, or `timestamp_too_old` if a signature fits but the time that it signs is
 * more than five minutes away from now
 */
export function verifyHmac(
	{ headers, body, receivedAt }: SignedBody,
	candidates: readonly Candidate[],
	secrets: readonly string[],
): HmacVerdict {
	const sign = boundedSigner(body, secrets.flatMap(keysOf));
	const found = candidates.map((candidate) => ({
		candidate,
		parts: partsCloseTo(candidate, headers),
	}));
	let refusal: 'wrong_signature' | 'timestamp_too_old' = 'wrong_signature';
	for (const attempts of ORDER) {
		for (const attempt of attempts(found, headers)) {
			const { digest } = attempt.candidate;
			const around = textAround(attempt.way, attempt.parts);
			const hash = HASHES[digest.length];
			if (!around || !hash) continue;
			if (!sign(hash, around).some((signature) => timingSafeEqual(signature, digest))) continue;
			if (isFresh(attempt, receivedAt)) return { verifiedBy: inFullWords(hash, attempt) };
			refusal = 'timestamp_too_old';
		}
	}
	return { refusal };
}

/** A candidate, and what the headers offer to stand around the body in its signed text. */
interface Found {
	candidate: Candidate;
	parts: Parts;
}

/** A candidate, taken as signed in one way. */
interface Attempt extends Found {
	way: Way;
}

// What is likely comes first, the body alone next, so that a usual delivery costs one HMAC or two.
const ORDER = [inTheLikeliestWay, overTheBodyAlone, inEveryWay];

function inTheLikeliestWay(found: readonly Found[]): Attempt[] {
	return found.map(({ candidate, parts }) => ({
		candidate,
		parts,
		way: likeliestWay(candidate.header, parts),
	}));
}

function overTheBodyAlone(found: readonly Found[]): Attempt[] {
	return found.map((one) => ({ ...one, way: WAYS.bodyAlone }));
}

function inEveryWay(found: readonly Found[], headers: Headers): Attempt[] {
	const ownTime = timeInOwnHeader(headers);
	return found.flatMap(({ candidate, parts }) => {
		const all = { ...parts, time: parts.time ?? ownTime };
		return Object.values(WAYS).map((way) => ({ candidate, parts: all, way }));
	});
}

/** Signs the body with all keys: each text once, and within the bounds. Beyond them there is no signature. */
function boundedSigner(body: Buffer, keys: readonly BinaryLike[]) {
	const made = new Map<string, Buffer[]>();
	return (hash: string, { before, after }: Way): Buffer[] => {
		const text = `${hash} ${before} ${after}`;
		const known = made.get(text);
		if (known) return known;
		const bytes = (made.size + 1) * body.length;
		const isBeyondBounds = made.size === MAX_TEXTS || bytes > MAX_HASHED_BYTES;
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

function isFresh({ way, parts }: Attempt, now: number): boolean {
	if (!signsTime(way) || !parts.time) return true;
	return Math.abs(now - parts.time.at) <= TOLERANCE_MS;
}

function inFullWords(hash: string, { candidate, parts, way }: Attempt): string {
	const { header } = candidate;
	const where =
		signsTime(way) && parts.time && parts.time.header !== header
			? `, with the time in ${parts.time.header}`
			: '';
	return `HMAC-${hash.toUpperCase()} in ${header} over ${inWords(way)}${where}`;
}
