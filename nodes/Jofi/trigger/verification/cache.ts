import type { Verification } from './credential';

const MAX_AGE_MS = 10_000;

/** One reading of the credential; resolves to undefined if it is missing or can't be used. Never rejects. */
export type Reading = Promise<Verification | undefined>;

/** Where a delivery asks for what verifies it. */
export interface CredentialSource {
	/** What the credential says, at most ten seconds ago. */
	current(): Reading;
	/** What it said after a reading that failed to verify a delivery, in case it was changed meanwhile. */
	after(failed: Reading): Reading;
}

/**
 * Keeps what a credential says for ten seconds, because n8n takes about 35 ms of CPU to read one.
 *
 * A removed secret stops working when the ten seconds are over. A changed one works at once, because a
 * delivery that does not fit is compared with what was read after that before it is refused. Deliveries
 * that come meanwhile share one reading, so that a flood of forgeries does not cost a reading each.
 */
export class CredentialCache {
	private reading: Reading | undefined;
	private readAt = 0;
	private credentialId: string | undefined;

	/**
	 * The cache as a delivery sees it.
	 *
	 * @param credentialId - names the credential that the node uses now
	 * @param now - milliseconds since 1970
	 * @param read - reads that credential afresh
	 */
	sourceAt(credentialId: string, now: number, read: () => Reading): CredentialSource {
		if (credentialId !== this.credentialId) this.reading = undefined;
		this.credentialId = credentialId;
		return {
			current: () => {
				// Either way: a clock that is set back must not keep a removed secret valid.
				const isFresh = Math.abs(now - this.readAt) < MAX_AGE_MS;
				return (isFresh ? this.reading : undefined) ?? this.begin(now, read);
			},
			after: (failed) => {
				const later = this.reading === failed ? undefined : this.reading;
				return later ?? this.begin(now, read);
			},
		};
	}

	private begin(now: number, read: () => Reading): Reading {
		const reading = read();
		this.reading = reading;
		this.readAt = now;
		// A credential that can't be used is not kept: the next delivery looks again.
		void reading.then((verification) => {
			if (!verification && this.reading === reading) this.reading = undefined;
		});
		return reading;
	}
}
