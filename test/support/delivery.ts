import type { Delivery, SignedRequest } from '../../nodes/Jofi/trigger/delivery';
import type { Reason } from '../../nodes/Jofi/trigger/reasons';
import { settingsOf, type Settings } from '../../nodes/Jofi/trigger/settings';
import type { CredentialSource } from '../../nodes/Jofi/trigger/verification/cache';
import type { Verification } from '../../nodes/Jofi/trigger/verification/credential';
import { verify } from '../../nodes/Jofi/trigger/verification/verify';

/** Settings of a node as it is when it is new, with changes. */
export function settings(changes: Partial<Settings> = {}): Settings {
	return { ...settingsOf({}, 'America/Denver', 1.1), ...changes };
}

/** Filters as somebody types them, or as an expression gives them. */
export function filters(given: unknown): Settings['filters'] {
	return settingsOf({ filters: given }, 'UTC', 1.1).filters;
}

/** A delivery that will be answered with success, with changes. */
export function delivery(changes: Partial<Delivery> = {}): Delivery {
	return {
		url: 'https://n8n.example.com/webhook/1/jofi',
		ownPathParts: 2,
		headers: {},
		body: Buffer.alloc(0),
		receivedAt: Date.parse('2026-02-03T13:00:00Z'),
		answered: Promise.resolve(true),
		...changes,
	};
}

/** A credential that never changes. */
export function fixedSource(verification: Verification | undefined): CredentialSource {
	return {
		current: () => Promise.resolve(verification),
		recent: () => Promise.resolve(verification),
	};
}

/** Why a request is refused; undefined if it is authentic. */
export async function verifyRequest(
	request: SignedRequest,
	verification: Verification,
): Promise<Reason | undefined> {
	const verdict = await verify(request, fixedSource(verification));
	return 'reason' in verdict ? verdict.reason : undefined;
}
