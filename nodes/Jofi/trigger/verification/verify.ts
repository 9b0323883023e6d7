import type { SignedRequest } from '../delivery';
import type { NotRun } from '../reasons';
import { isSameBasicAuth, readBasicAuth, type BasicCredentials } from './basicAuth';
import type { CredentialSource } from './cache';
import { findCandidates, type Candidate } from './candidates';
import type { Verification } from './credential';
import { headerReport } from './headerReport';
import { verifyHmac } from './hmac';

/** How a delivery was verified, in words, or why it was not. A caller is not told why a signature failed. */
export type Verdict = { verifiedBy: string; method: Verification['method'] } | NotRun;

/**
 * Verifies a delivery by what the credential says. Never throws, whatever was sent.
 *
 * A request without a signature or Basic Auth is refused before the credential is read, which costs n8n far
 * more. One that does not match is compared once more if the credential was changed meanwhile.
 *
 * @param request - the delivery
 * @param credential - the source of what verifies it
 */
export async function verify(
	request: SignedRequest,
	credential: CredentialSource,
): Promise<Verdict> {
	const { headers } = request;
	const basicAuth = readBasicAuth(headers);
	const found = findCandidates(headers);
	// A username and a password of 20, 32 or 64 bytes look like a signature.
	const candidates = basicAuth ? found.filter(({ header }) => header !== 'authorization') : found;
	if (candidates.length === 0 && !basicAuth) {
		const report = headerReport(headers, []);
		return report ? { reason: 'unknown_signature', detail: report } : { reason: 'no_signature' };
	}
	const current = await credential.current();
	const verdict = compare(request, candidates, basicAuth, current);
	if ('verifiedBy' in verdict) return verdict;
	const recent = await credential.recent();
	const hasChanged = JSON.stringify(recent) !== JSON.stringify(current);
	return hasChanged ? compare(request, candidates, basicAuth, recent) : verdict;
}

function compare(
	{ headers, body, receivedAt }: SignedRequest,
	candidates: readonly Candidate[],
	basicAuth: BasicCredentials | undefined,
	verification: Verification | undefined,
): Verdict {
	if (!verification) return { reason: 'credential_not_usable' };
	if (verification.method === 'basicAuth') {
		if (!basicAuth) return { reason: 'hmac_sent_but_basic_auth_set' };
		return isSameBasicAuth(basicAuth, verification)
			? { verifiedBy: 'Basic Auth in authorization', method: 'basicAuth' }
			: { reason: 'wrong_username_or_password' };
	}

	const { secrets, header } = verification;
	const signatures =
		header === undefined ? candidates : candidates.filter((one) => one.header === header);
	if (signatures.length === 0) {
		return { reason: basicAuth ? 'basic_auth_sent_but_hmac_set' : 'signature_header_missing' };
	}
	if (!body) return { reason: 'body_unreadable' };
	const verdict = verifyHmac({ headers, body, receivedAt }, signatures, secrets);
	if ('verifiedBy' in verdict) return { ...verdict, method: 'hmac' };
	if (verdict.reason === 'timestamp_too_old') return verdict;
	return { ...verdict, detail: headerReport(headers, candidates) };
}
