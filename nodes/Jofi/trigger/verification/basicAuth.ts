import { hash, timingSafeEqual } from 'node:crypto';
import type { Headers } from './candidates';
import { readingsOf } from './pasted';

export interface BasicCredentials {
	username: string;
	password: string;
}

const BASIC = /^basic +([a-z0-9+/_-]+={0,2}) *$/i;

/**
 * Reads `Authorization: Basic …` (RFC 7617): the scheme in any letter case, UTF-8, and everything after
 * the first colon is the password.
 *
 * @returns undefined if the header is absent or not of that form
 */
export function readBasicAuth(headers: Headers): BasicCredentials | undefined {
	const header = headers.authorization;
	const encoded = typeof header === 'string' ? BASIC.exec(header)?.[1] : undefined;
	if (encoded === undefined) return undefined;
	const pair = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = pair.indexOf(':');
	if (colon < 0) return undefined;
	return { username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}

/** Whether both halves are as expected. Takes the same time wherever, and in whichever half, they differ. */
export function isSameBasicAuth(sent: BasicCredentials, pasted: BasicCredentials): boolean {
	const isSameUsername = isReading(sent.username, pasted.username);
	const isSamePassword = isReading(sent.password, pasted.password);
	return isSameUsername && isSamePassword;
}

// timingSafeEqual takes equal lengths only, and a length tells something too: hashing evens them out.
function isReading(sent: string, pasted: string): boolean {
	const digest = hash('sha256', sent, 'buffer');
	return readingsOf(pasted)
		.map((text) => timingSafeEqual(hash('sha256', text, 'buffer'), digest))
		.includes(true);
}
