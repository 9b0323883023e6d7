import { isSameBasicAuth, readBasicAuth } from './basicAuth';
import { findCandidates, type Headers } from './candidates';
import { withoutPastedExtras, type Verification } from './credential';
import { verifyHmac } from './hmac';

/** Why a delivery is not authentic. The caller is never told which: only the log and the editor are. */
export type Refusal =
	| 'no_signature'
	| 'signature_header_missing'
	| 'wrong_signature'
	| 'secret_has_pasted_extras'
	| 'timestamp_too_old'
	| 'basic_auth_sent_but_hmac_set'
	| 'hmac_sent_but_basic_auth_set'
	| 'wrong_username_or_password'
	| 'body_unreadable';

/** The part of a delivery that decides whether it is authentic. */
export interface SignedRequest {
	headers: Headers;
	/** The bytes as they were sent; undefined if n8n could not give them (multipart). */
	body: Buffer | undefined;
	/** Milliseconds since 1970. */
	receivedAt: number;
}

/**
 * Whether a request carries anything that could prove where it comes from. One that does not is refused
 * before the credential is fetched, which costs n8n far more than this look at the headers.
 */
export function couldBeAuthentic(headers: Headers): boolean {
	return readBasicAuth(headers) !== undefined || findCandidates(headers).length > 0;
}

/**
 * Verifies a delivery by what the credential says.
 * Out: undefined if it is authentic, else why it is not. Never throws, whatever was sent.
 */
export function verify(request: SignedRequest, verification: Verification): Refusal | undefined {
	return verification.method === 'hmac'
		? verifySignature(request, verification)
		: verifyBasicAuth(request.headers, verification);
}

type HmacVerification = Extract<Verification, { method: 'hmac' }>;
type BasicAuthVerification = Extract<Verification, { method: 'basicAuth' }>;

function verifySignature(
	{ headers, body, receivedAt }: SignedRequest,
	{ secrets, header }: HmacVerification,
): Refusal | undefined {
	const candidates = findCandidates(headers, header);
	if (candidates.length === 0) {
		if (readBasicAuth(headers)) return 'basic_auth_sent_but_hmac_set';
		return header === undefined ? 'no_signature' : 'signature_header_missing';
	}
	if (!body) return 'body_unreadable';

	const verdict = verifyHmac(body, candidates, secrets, receivedAt);
	if (verdict === 'authentic') return undefined;
	if (verdict === 'timestamp_too_old') return verdict;

	// A secret may end in a space for all we know, so it is taken as it is; if only the trimmed one fits,
	// the user should be told.
	const trimmed = secrets.map(withoutPastedExtras).filter((secret) => !secrets.includes(secret));
	const wouldFit = verifyHmac(body, candidates, trimmed, receivedAt) === 'authentic';
	return wouldFit ? 'secret_has_pasted_extras' : 'wrong_signature';
}

function verifyBasicAuth(headers: Headers, expected: BasicAuthVerification): Refusal | undefined {
	const sent = readBasicAuth(headers);
	if (!sent) {
		return findCandidates(headers).length > 0 ? 'hmac_sent_but_basic_auth_set' : 'no_signature';
	}
	return isSameBasicAuth(sent, expected) ? undefined : 'wrong_username_or_password';
}
