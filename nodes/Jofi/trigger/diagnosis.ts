import { asObject, asText } from '../json';
import type { NotRun } from './reasons';

// JOFI's have a few kilobytes. This one is not verified, and parsing 16 MB can take seconds.
const LARGEST_EVENT = 1024 * 1024;

/**
 * Looks closer at a refused delivery, for the person who waits in the editor. It stays refused: what an
 * unverified body says only chooses the words.
 *
 * @param outcome - why the delivery does not run the workflow
 * @param body - its raw bytes
 * @returns the outcome with the more precise reason, if there is one
 */
export function diagnose(outcome: NotRun, body: Buffer | undefined): NotRun {
	const isRemoved = outcome.reason === 'no_signature' && saysBasicAuth(body);
	return isRemoved ? { reason: 'authorization_removed' } : outcome;
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
