import type { BinaryLike } from 'node:crypto';

const HEX_KEY = /^[0-9a-f]{64}$/i;
// Of 32 and of 64 bytes, with their padding.
const BASE64_KEY = /^(?:[\w+/-]{43}=|[\w+/-]{86}==)$/;
const STANDARD_WEBHOOKS_PREFIX = 'whsec_';

/**
 * The keys that a secret may stand for. Any secret counts as the text that it is; if it plainly is bytes
 * written as text, it counts as those too: 64 hexadecimal digits, base64 of exactly 32 or 64 bytes, or
 * Standard Webhooks' base64 behind `whsec_`.
 */
export function keysOf(secret: string): BinaryLike[] {
	const bytes = bytesIn(secret);
	// As text, which createHmac takes as UTF-8: on Node.js 24 a Buffer makes it take four times as long.
	return bytes ? [secret, bytes] : [secret];
}

function bytesIn(secret: string): Buffer | undefined {
	if (secret.startsWith(STANDARD_WEBHOOKS_PREFIX)) {
		return bytesOfBase64(secret.slice(STANDARD_WEBHOOKS_PREFIX.length));
	}
	if (HEX_KEY.test(secret)) return Buffer.from(secret, 'hex');
	return BASE64_KEY.test(secret) ? bytesOfBase64(secret) : undefined;
}

/** Undefined if it is no base64: Buffer passes over that, down to an empty key, which anybody has. */
function bytesOfBase64(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'base64');
	const isBase64 = withoutPadding(bytes.toString('base64')) === withoutPadding(text);
	return isBase64 && bytes.length > 0 ? bytes : undefined;
}

function withoutPadding(base64: string): string {
	return base64.replace(/=+$/, '');
}
