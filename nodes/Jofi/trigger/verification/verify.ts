import { isSameBasicAuth, readBasicAuth, type BasicCredentials } from './basicAuth';
import { findCandidates, type Candidate, type Headers } from './candidates';
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

/** What in a request could prove where it comes from. */
export interface Evidence {
	candidates: Candidate[];
	basicAuth: BasicCredentials | undefined;
}

/**
 * Looks for evidence in the headers. A request without any is refused before the credential is
 * fetched, which costs n8n far more than this look. Out: undefined if there is none.
 */
export function findEvidence(headers: Headers): Evidence | undefined {
	const evidence = { candidates: findCandidates(headers), basicAuth: readBasicAuth(headers) };
	return evidence.candidates.length > 0 || evidence.basicAuth ? evidence : undefined;
}

/**
 * Verifies a delivery by what the credential says.
 * In: the request, what `findEvidence` found in it, and the credential. Out: undefined if it is
 * authentic, else why it is not. Never throws, whatever was sent.
 */
export function verify(
	request: SignedRequest,
	evidence: Evidence,
	verification: Verification,
): Refusal | undefined {
	return verification.method === 'hmac'
		? verifySignature(request, evidence, verification)
		: verifyBasicAuth(evidence, verification);
}

type HmacVerification = Extract<Verification, { method: 'hmac' }>;
type BasicAuthVerification = Extract<Verification, { method: 'basicAuth' }>;

function verifySignature(
	{ headers, body, receivedAt }: SignedRequest,
	evidence: Evidence,
	{ secrets, header }: HmacVerification,
): Refusal | undefined {
	// Searched again, since the bound on candidates may have been reached before the named header.
	const candidates = header === undefined ? evidence.candidates : findCandidates(headers, header);
	if (candidates.length === 0) {
		if (evidence.basicAuth) return 'basic_auth_sent_but_hmac_set';
		return 'signature_header_missing';
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

function verifyBasicAuth(
	{ basicAuth }: Evidence,
	expected: BasicAuthVerification,
): Refusal | undefined {
	if (!basicAuth) return 'hmac_sent_but_basic_auth_set';
	return isSameBasicAuth(basicAuth, expected) ? undefined : 'wrong_username_or_password';
}
