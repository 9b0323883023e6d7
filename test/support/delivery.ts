import type { Delivery, Settings, VerificationSource } from '../../nodes/Jofi/trigger/receive';
import type { Verification } from '../../nodes/Jofi/trigger/verification/credential';
import {
	findEvidence,
	verify,
	type Refusal,
	type SignedRequest,
} from '../../nodes/Jofi/trigger/verification/verify';

/** Settings of a node as it is when it is new, with changes. */
export function settings(changes: Partial<Settings> = {}): Settings {
	const none = new Set<string>();
	return {
		events: ['*'],
		assessmentCompletion: 'each',
		simplify: true,
		separateOutputs: false,
		filters: { teams: none, customIds: none, assessments: none },
		dateFormat: 'iso',
		timezone: 'America/Denver',
		includeRawEvent: false,
		skipDuplicates: true,
		maxEventAgeMinutes: 0,
		...changes,
	};
}

/** A delivery that will be answered with success, with changes. */
export function delivery(changes: Partial<Delivery> = {}): Delivery {
	return {
		headers: {},
		body: Buffer.alloc(0),
		receivedAt: Date.parse('2026-02-03T13:00:00Z'),
		answered: Promise.resolve(true),
		...changes,
	};
}

/** A credential that never changes. */
export function fixedSource(verification: Verification | undefined): VerificationSource {
	return {
		current: () => Promise.resolve(verification),
		readAgain: () => Promise.resolve(undefined),
	};
}

/** Verifies a request as `receive` does: by the evidence in it, if there is any. */
export function verifyRequest(
	request: SignedRequest,
	verification: Verification,
): Refusal | undefined {
	const evidence = findEvidence(request.headers);
	return evidence ? verify(request, evidence, verification) : 'no_signature';
}
