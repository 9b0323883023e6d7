import { SIGNATURE_NAME, type Candidate, type Headers } from './candidates';
import { readTime, TIME_NAME, TIMESTAMP_NAME } from './signedParts';

// More than any delivery needs. A stranger chooses the names.
const MAX_PARTS = 8;
const LONGEST_NAME = 60;

const BASIC_AUTH = /^basic /i;
// Three parts, of which the first is base64url of `{"`: RFC 7519.
const JSON_WEB_TOKEN = /(?:^|\s)eyJ[\w-]+\.[\w-]+\.[\w-]*(?=$|\s)/;
// A Unix time, one of ISO 8601, or what is long enough for a digest.
const TIME_OR_DIGEST = /\b\d{10,13}\b|\b\d{4}-\d\d-\d\dT[\d:.]+|(?<![\w+/-])[\w+/-]{22,}={0,2}/g;
const HASH_BY_LENGTH: Record<number, string> = {
	16: 'MD5',
	20: 'SHA-1',
	32: 'SHA-256',
	48: 'SHA-384',
	64: 'SHA-512',
};

/**
 * Describes what looks like a signature or its time in the headers of a refused request, for whoever has to
 * find out its signing scheme: name, length and alphabet, but no values, so it may be sent to others.
 *
 * @param headers - all headers of the request, whoever sent it
 * @param candidates - what was found in them
 * @returns at most eight headers, such as `x-signature carries 64 hexadecimal digits, the length of SHA-256;
 * x-timestamp carries a time, 10 characters`; empty if nothing looks like a signature
 */
export function headerReport(headers: Headers, candidates: readonly Candidate[]): string {
	const carriers = new Set(candidates.map(({ header }) => header));
	const named: string[] = [];
	const others: string[] = [];
	const times: string[] = [];
	for (const [name, value] of Object.entries(headers)) {
		const text = String(value);
		const line = (shape: string) =>
			`${name.replace(/[^\w-]/g, '').slice(0, LONGEST_NAME)} carries ${shape}`;
		const isNamedTime = TIMESTAMP_NAME.test(name) || TIME_NAME.test(name);
		if (isNamedTime && readTime(text) !== undefined)
			times.push(line(`a time, ${text.length} characters`));
		else if (BASIC_AUTH.test(text)) continue;
		else if (SIGNATURE_NAME.test(name)) named.push(line(shapeOf(text)));
		else if (carriers.has(name) || JSON_WEB_TOKEN.test(text)) others.push(line(shapeOf(text)));
	}
	if (named.length + others.length === 0) return '';
	return [...named, ...times, ...others].slice(0, MAX_PARTS).join('; ');
}

function shapeOf(text: string): string {
	if (JSON_WEB_TOKEN.test(text)) return 'a JSON Web Token (JWT)';
	const shapes = new Set((text.match(TIME_OR_DIGEST) ?? []).map(shapeOfRun));
	return [...shapes].slice(0, MAX_PARTS).join(', and ') || `${text.length} characters`;
}

function shapeOfRun(run: string): string {
	if (/^\d{10,13}$/.test(run)) return `${run.length} digits`;
	if (/^\d{4}-\d\d-\d\dT/.test(run)) return 'a time';
	const isHex = /^[0-9a-f]+$/i.test(run);
	const bytes = Buffer.from(run, isHex ? 'hex' : 'base64').length;
	const written = `${run.length} ${isHex ? 'hexadecimal digits' : 'characters of base64'}`;
	if (bytes > 64) return `${written}, too long for an HMAC: perhaps made with a key pair`;
	const hash = HASH_BY_LENGTH[bytes];
	return hash ? `${written}, the length of ${hash}` : written;
}
