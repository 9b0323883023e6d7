import { createHmac, timingSafeEqual, type BinaryLike } from 'node:crypto';
import type { Candidate } from './candidates';

// Stripe's tolerance, which Standard Webhooks shares.
const TOLERANCE_SECONDS = 5 * 60;

const STANDARD_WEBHOOKS_SECRET = /^whsec_(.+)$/;

export type HmacVerdict = 'authentic' | 'wrong_signature' | 'timestamp_too_old';

/**
 * Whether one of the candidates is the signature of this body with one of the secrets.
 *
 * In: the raw body, the candidates, the secrets in the order to try them, and the time in milliseconds
 * since 1970. Out: the verdict; `timestamp_too_old` if a signature fits but its own timestamp is more
 * than five minutes away from now. Comparing takes the same time wherever the first wrong byte stands.
 */
export function verifyHmac(
	body: Buffer,
	candidates: readonly Candidate[],
	secrets: readonly string[],
	now: number,
): HmacVerdict {
	let verdict: HmacVerdict = 'wrong_signature';
	for (const key of secrets.flatMap(keysOf)) {
		const sign = signer(body, key.value);
		for (const candidate of candidates) {
			if (key.isForStandardWebhooks && !candidate.isStandardWebhooks) continue;
			if (!timingSafeEqual(sign(candidate), candidate.digest)) continue;
			if (isFresh(candidate, now)) return 'authentic';
			verdict = 'timestamp_too_old';
		}
	}
	return verdict;
}

/** Signs the body the way a candidate does: each way once, however many candidates share it. */
function signer(body: Buffer, key: BinaryLike): (candidate: Candidate) => Buffer {
	const signatures = new Map<string, Buffer>();
	return ({ digest, signedPrefix }) => {
		const hash = digest.length === 32 ? 'sha256' : 'sha512';
		const way = `${hash} ${signedPrefix}`;
		let signature = signatures.get(way);
		if (!signature) {
			signature = createHmac(hash, key).update(signedPrefix).update(body).digest();
			signatures.set(way, signature);
		}
		return signature;
	};
}

interface Key {
	value: BinaryLike;
	isForStandardWebhooks: boolean;
}

/** Any secret counts as the text that it is; Standard Webhooks writes its keys as base64 behind `whsec_`. */
function keysOf(secret: string): Key[] {
	// As text, which createHmac takes as UTF-8: on Node.js 24 a Buffer makes it take four times as long.
	const keys: Key[] = [{ value: secret, isForStandardWebhooks: false }];
	const base64 = STANDARD_WEBHOOKS_SECRET.exec(secret)?.[1];
	if (base64 === undefined) return keys;
	const bytes = Buffer.from(base64, 'base64');
	// Buffer passes over what is no base64, down to an empty key, which anybody could sign with.
	if (bytes.length > 0 && withoutPadding(bytes.toString('base64')) === withoutPadding(base64)) {
		keys.push({ value: bytes, isForStandardWebhooks: true });
	}
	return keys;
}

function withoutPadding(base64: string): string {
	return base64.replace(/=+$/, '');
}

function isFresh(candidate: Candidate, now: number): boolean {
	if (candidate.signedAt === undefined) return true;
	return Math.abs(now / 1000 - candidate.signedAt) <= TOLERANCE_SECONDS;
}
