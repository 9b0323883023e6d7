import { isSameBasicAuth, readBasicAuth } from './basicAuth';
import type { CredentialSource } from './cache';
import { findCandidates, type Candidate } from './candidates';
import { withoutPastedExtras, type Verification } from './credential';
import type { Headers } from './headers';
import { verifyHmac } from './hmac';
import { whatWasSeen } from './seen';

/** Why a delivery is not authentic. The caller is never told which: only the log and the editor are. */
export type Refusal =
	| 'no_signature'
	| 'unknown_signature'
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
export type Verdict = { verifiedBy: string; method: Verification['method'] } | { refusal: Refusal };

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
	const candidates = findCandidates(request.headers);
	if (candidates.length === 0 && !readBasicAuth(request.headers)) {
		const isSigned = whatWasSeen(request.headers).signatures.length > 0;
		return { refusal: isSigned ? 'unknown_signature' : 'no_signature' };
	}
	const reading = credential.current();
	const verification = await reading;
	const verdict = compare(request, candidates, verification);
	if (!('refusal' in verdict) || FINAL.has(verdict.refusal)) return verdict;
	const later = await credential.after(reading);
	const hasChanged = JSON.stringify(later) !== JSON.stringify(verification);
	return hasChanged ? compare(request, candidates, later) : verdict;
}

function compare(
	request: SignedRequest,
	candidates: readonly Candidate[],
	verification: Verification | undefined,
): Verdict {
	if (!verification) return { refusal: 'credential_not_usable' };
	return verification.method === 'hmac'
		? compareSignatures(request, candidates, verification)
		: compareBasicAuth(request, verification);
}

function compareSignatures(
	{ headers, body, receivedAt, diagnose }: SignedRequest,
	allCandidates: readonly Candidate[],
	{ secrets, header }: Extract<Verification, { method: 'hmac' }>,
): Verdict {
	// Searched again, since the bound on candidates may have been reached before the named header.
	const candidates = header === undefined ? allCandidates : findCandidates(headers, header);
	if (candidates.length === 0) {
		const isBasicAuth = readBasicAuth(headers) !== undefined;
		return { refusal: isBasicAuth ? 'basic_auth_sent_but_hmac_set' : 'signature_header_missing' };
	}
	if (!body) return { refusal: 'body_unreadable' };

	const signed = { headers, body, receivedAt };
	const verdict = verifyHmac(signed, candidates, secrets);
	if ('verifiedBy' in verdict) return { ...verdict, method: 'hmac' };
	if (verdict.refusal === 'timestamp_too_old' || !diagnose) return verdict;

	// A secret may end in a space for all we know, so it is taken as it is; if only the trimmed one fits,
	// the user should be told.
	const trimmed = secrets.map(withoutPastedExtras).filter((secret) => !secrets.includes(secret));
	const wouldFit = 'verifiedBy' in verifyHmac(signed, candidates, trimmed);
	return wouldFit ? { refusal: 'secret_has_pasted_extras' } : verdict;
}

function compareBasicAuth(
	{ headers }: SignedRequest,
	expected: Extract<Verification, { method: 'basicAuth' }>,
): Verdict {
	const sent = readBasicAuth(headers);
	if (!sent) return { refusal: 'hmac_sent_but_basic_auth_set' };
	return isSameBasicAuth(sent, expected)
		? { verifiedBy: 'Basic Auth in authorization', method: 'basicAuth' }
		: { refusal: 'wrong_username_or_password' };
}
