// Finds what could be an HMAC signature in a delivery's headers.
//
// JOFI publishes neither the name of its signature header nor the encoding nor the signed text. A signature
// proves the same wherever it is, so every header is searched. Once JOFI names its signing scheme, this file
// reads that header and nothing else, `signingSchemes.ts` keeps one row, and `headerReport.ts` goes.

/** Header values by lower-cased name, as Node.js gives them. */
export type Headers = Record<string, string | readonly string[] | undefined>;

/** A value that could be a signature. */
export interface Candidate {
	/** 20, 32 or 64 bytes: of SHA-1, SHA-256 or SHA-512. */
	digest: Buffer;
	/** The header that carries it, in lower case. */
	header: string;
	/** All that the header carries. */
	value: string;
	/** The `v1` of `v1=<signature>`. */
	label?: string;
}

const LONGEST_HEADER = 8192;
// SHA-1 in base64, the shortest.
const SHORTEST = 28;
/** A maximal run of base64url characters. The lookbehind prevents quadratic rescans. */
const RUN = /(?<![\w+/-])[\w+/-]{27,}={0,2}/g;
const LENGTHS_IN_HEX = new Set([40, 64, 128]);
const LENGTHS_IN_BASE64 = new Set([28, 43, 44, 86, 88]);
// SHA-1 without its padding has 27 characters, as many ids have.
const BASE64_OF_DIGEST = /^(?:[\w+/-]{27}=|[\w+/-]{43}=?|[\w+/-]{86}(?:==)?)$/;
// `1/SHA256/<signature>`, where base64 has slashes too.
const HASH_NAME = /^\d\/sha\d{1,3}\//i;
const LABEL = /(?:^|\W)(v\d{1,2})[=:,]["']?$/i;
/** Header names such as `x-sig` and `x-hmac-sha256`, but not `x-design`. */
export const SIGNATURE_NAME = /signature|hmac|(?:^|-)sign?(?:-|$)/;

/**
 * Finds everything in a delivery's headers that could be an HMAC signature.
 *
 * @param headers - all headers of the request
 * @returns those in headers that are named like a signature first
 */
export function findCandidates(headers: Headers): Candidate[] {
	const found: Candidate[] = [];
	for (const header of Object.keys(headers)) {
		const values = headers[header] ?? [];
		for (const value of typeof values === 'string' ? [values] : values) {
			if (value.length < SHORTEST || value.length > LONGEST_HEADER) continue;
			for (const run of value.match(RUN) ?? []) {
				const digest = decodeDigest(run[1] === '/' ? run.replace(HASH_NAME, '') : run);
				if (!digest) continue;
				const label = LABEL.exec(value.slice(0, value.indexOf(run)))?.[1]?.toLowerCase();
				found.push({ digest, header, value, label });
			}
		}
	}
	const isNamed = ({ header }: Candidate) => SIGNATURE_NAME.test(header);
	return [...found.filter(isNamed), ...found.filter((one) => !isNamed(one))];
}

/** The bytes of a digest in hex, base64 or base64url. */
function decodeDigest(text: string): Buffer | undefined {
	if (LENGTHS_IN_HEX.has(text.length)) return bytesOfHex(text);
	// The lengths spare most ids the regular expression, which takes ten times as long.
	if (!LENGTHS_IN_BASE64.has(text.length) || !BASE64_OF_DIGEST.test(text)) return undefined;
	const bytes = Buffer.from(text, 'base64');
	// PHP's hash_hmac returns hex by default, which some senders encode in base64.
	return (bytes.length === 64 && bytesOfHex(bytes.toString('latin1'))) || bytes;
}

/** Undefined unless all of the text is hex: Buffer stops at the first other character. */
function bytesOfHex(text: string): Buffer | undefined {
	const bytes = Buffer.from(text, 'hex');
	return bytes.length * 2 === text.length ? bytes : undefined;
}
