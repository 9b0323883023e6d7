import { hash, timingSafeEqual } from 'node:crypto';
import type { Headers } from './candidates';

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

/** Whether both halves are the same. Takes the same time wherever, and in whichever half, they differ. */
export function isSameBasicAuth(sent: BasicCredentials, expected: BasicCredentials): boolean {
	const isSameUsername = isSameText(sent.username, expected.username);
	const isSamePassword = isSameText(sent.password, expected.password);
	return isSameUsername && isSamePassword;
}

// timingSafeEqual takes equal lengths only, and a length tells something too: hashing evens them out.
function isSameText(one: string, other: string): boolean {
	return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}
