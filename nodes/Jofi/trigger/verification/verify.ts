import { isSameBasicAuth, readBasicAuth, type BasicCredentials } from './basicAuth';
import { findCandidates, type Candidate, type Headers } from './candidates';
import type { CredentialSource } from './cache';
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
	| 'body_unreadable'
	| 'credential_not_usable';

/** What came out: how it was verified, in words, or why it was not. */
export type Verdict = { verifiedBy: string } | { refusal: Refusal };

/** The part of a delivery that decides whether it is authentic. */
export interface SignedRequest {
	headers: Headers;
	/** The bytes as they were sent; undefined if n8n could not give them (multipart). */
	body: Buffer | undefined;
	/** Milliseconds since 1970. */
	receivedAt: number;
	/** Whether somebody waits in the editor for the reason: then more is tried to find words for it. */
	diagnose: boolean;
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

// Whatever the credential says now: these stay as they are.
const FINAL: ReadonlySet<Refusal> = new Set([
	'timestamp_too_old',
	'body_unreadable',
	'credential_not_usable',
]);

/**
 * Verifies a delivery by what the credential says. Never throws, whatever was sent.
 *
 * A request that carries nothing that could prove where it comes from is refused before the credential is
 * asked for, which costs n8n far more than this look. One that does not fit is compared once more with a
 * credential read after that, since it may have been changed meanwhile.
 *
 * @param request - the delivery
 * @param credential - where to ask for what verifies it
 */
export async function verify(
	request: SignedRequest,
	credential: CredentialSource,
): Promise<Verdict> {
	const evidence = findEvidence(request.headers);
	if (!evidence) return { refusal: 'no_signature' };
	const reading = credential.current();
	const verification = await reading;
	const verdict = compare(request, evidence, verification);
	if (!('refusal' in verdict) || FINAL.has(verdict.refusal)) return verdict;
	const later = await credential.after(reading);
	const hasChanged = JSON.stringify(later) !== JSON.stringify(verification);
	return hasChanged ? compare(request, evidence, later) : verdict;
}

function compare(
	request: SignedRequest,
	evidence: Evidence,
	verification: Verification | undefined,
): Verdict {
	if (!verification) return { refusal: 'credential_not_usable' };
	const isHmac = verification.method === 'hmac';
	const refusal = isHmac
		? verifySignature(request, evidence, verification)
		: verifyBasicAuth(evidence, verification);
	return refusal ? { refusal } : { verifiedBy: isHmac ? 'HMAC' : 'Basic Auth' };
}

type HmacVerification = Extract<Verification, { method: 'hmac' }>;
type BasicAuthVerification = Extract<Verification, { method: 'basicAuth' }>;

function verifySignature(
	{ headers, body, receivedAt, diagnose }: SignedRequest,
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
	if (verdict === 'timestamp_too_old' || !diagnose) return verdict;

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
