import { asObject, asText } from '../json';
import type { Delivery } from './delivery';
import type { NotRun } from './reasons';
import type { CredentialSource } from './verification/cache';
import { withoutPastedExtras } from './verification/credential';
import { verify } from './verification/verify';

// JOFI's have a few kilobytes. This one is not verified, and parsing 16 MB can take seconds.
const LARGEST_EVENT = 1024 * 1024;

/**
 * Looks closer at a refused delivery, for the person who waits in the editor. It stays refused whatever is found:
 * a secret may really end in a space, and what an unverified body says only chooses the words.
 *
 * @param outcome - why the delivery does not run the workflow
 * @param delivery - the delivery
 * @param credential - what it was verified with
 * @returns the outcome with the more precise reason, if there is one
 */
export async function diagnose(
	outcome: NotRun,
	delivery: Delivery,
	credential: CredentialSource,
): Promise<NotRun> {
	if (outcome.reason === 'no_signature' && saysBasicAuth(delivery.body)) {
		return { reason: 'authorization_removed' };
	}
	if (outcome.reason === 'wrong_signature') {
		const verification = await credential.current();
		if (verification?.method !== 'hmac') return outcome;
		const { secrets } = verification;
		const changed = secrets.map(withoutPastedExtras).filter((one) => !secrets.includes(one));
		if (changed.length === 0) return outcome;
		const trimmed = { ...verification, secrets: changed };
		const source = { current: async () => trimmed, after: async () => trimmed };
		if ('verifiedBy' in (await verify(delivery, source))) {
			return { reason: 'secret_has_pasted_extras' };
		}
	}
	return outcome;
}

function saysBasicAuth(body: Buffer | undefined): boolean {
	if (!body || body.length > LARGEST_EVENT) return false;
	try {
		const { webhook_verification_method: method } = asObject(JSON.parse(body.toString()));
		return asText(method).toLowerCase().includes('basic');
	} catch {
		return false;
	}
}
