import { headerValues, type Headers } from './headers';

/** A value that could be a signature. */
export interface Candidate {
	/** 20, 32 or 64 bytes: of SHA-1, SHA-256 or SHA-512. */
	digest: Buffer;
	/** The header that it stands in, in lower case. */
	header: string;
	/** All that the header carries. */
	value: string;
	/** The `v1` of `v1=<signature>`. */
	label?: string;
}

// Deliveries carry one signature, or a few while a secret changes.
const MAX_CANDIDATES = 24;
const LONGEST_HEADER = 8192;

/**
 * What a signature is a part of: a run of letters, digits and what base64 and base64url have besides. SHA-1
 * in base64, without its `=`, is the shortest. It is all that is looked for in the headers that hold none.
 * The look behind it keeps V8 from beginning anew at each letter of a run that is too short.
 */
export const RUN = /(?<![\w+/-])[\w+/-]{27,}={0,2}/g;
const SHORTEST = 28;
const LENGTHS_IN_HEX = new Set([40, 64, 128]);
const LENGTHS_IN_BASE64 = new Set([28, 43, 44, 86, 88]);
// Without its padding SHA-1 would be 27 characters, as many an id is.
const BASE64_OF_DIGEST = /^(?:[\w+/-]{27}=|[\w+/-]{43}=?|[\w+/-]{86}(?:==)?)$/;
// `1/SHA256/<signature>`, where base64 has slashes too.
const NAME_OF_HASH = /^\d\/sha\d{1,3}\//i;
const LABEL = /(?:^|\W)(v\d{1,2})[=:,]["']?$/i;
/** Headers that are named so tend to carry a signature: `x-sig`, `x-hmac-sha256`, but not `x-design`. */
export const NAMED_LIKE_ONE = /signature|hmac|(?:^|-)sign?(?:-|$)/;

/**
 * Finds everything in a delivery's headers that could be an HMAC signature.
 *
 * JOFI does not publish the name of its signature header or the encoding, and a signature proves the
 * same wherever it stands, so every header is searched, or the one that the user named.
 *
 * @param headers - all headers of the request
 * @param onlyHeader - the lower-cased name of the only header to search
 * @returns at most 24 candidates, those in headers that are named like a signature first
 */
export function findCandidates(headers: Headers, onlyHeader?: string): Candidate[] {
	const found: Candidate[] = [];
	const searched =
		onlyHeader === undefined ? headers : { [onlyHeader]: headerValues(headers, onlyHeader) };
	for (const name of Object.keys(searched)) {
		const values = searched[name];
		if (typeof values === 'string') addCandidates(found, name, values);
		else for (const value of values ?? []) addCandidates(found, name, value);
	}
	return namedLikeOneFirst(found).slice(0, MAX_CANDIDATES);
}

function addCandidates(found: Candidate[], header: string, value: string): void {
	if (value.length < SHORTEST || value.length > LONGEST_HEADER) return;
	for (const run of value.match(RUN) ?? []) {
		const digest = decodeDigest(run[1] === '/' ? run.replace(NAME_OF_HASH, '') : run);
		if (!digest) continue;
		const label = LABEL.exec(value.slice(0, value.indexOf(run)))?.[1]?.toLowerCase();
		found.push({ digest, header, value, label });
	}
}

/** The bytes of a digest in hex, base64 or base64url; undefined if it is none. */
function decodeDigest(text: string): Buffer | undefined {
	if (LENGTHS_IN_HEX.has(text.length)) return bytesOfHex(text);
	if (!LENGTHS_IN_BASE64.has(text.length) || !BASE64_OF_DIGEST.test(text)) return undefined;
	const bytes = Buffer.from(text, 'base64');
	// PHP's hash_hmac gives hex unless told otherwise, and some put that into base64.
	return (bytes.length === 64 && bytesOfHex(bytes.toString('latin1'))) || bytes;
}

/** Undefined if it is no hex: Buffer stops at the first other letter. */
function bytesOfHex(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'hex');
	return bytes.length * 2 === text.length ? bytes : undefined;
}

function namedLikeOneFirst(found: Candidate[]): Candidate[] {
	if (found.length < 2) return found;
	const isNamedLikeOne = ({ header }: Candidate) => NAMED_LIKE_ONE.test(header);
	return [...found.filter(isNamedLikeOne), ...found.filter((one) => !isNamedLikeOne(one))];
}
