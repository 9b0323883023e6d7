import type { Verification } from './credential';

const MAX_AGE_MS = 10_000;
// A reading costs n8n about 35 ms of CPU, and anybody can send forgeries.
const MAX_AGE_FOR_REFUSALS_MS = 1000;

/** One reading of the credential; resolves to undefined if it is missing or can't be used. Never rejects. */
export type Reading = Promise<Verification | undefined>;

/** What a delivery is verified with. */
export interface CredentialSource {
	/** What the credential said at most ten seconds ago. */
	current(): Reading;
	/** What it said at most a second ago, for a delivery that does not match: it may have been changed. */
	recent(): Reading;
}

/**
 * Keeps what a credential says, because n8n takes about 35 ms of CPU to read one.
 *
 * A removed secret is accepted for ten seconds at most. A new one is accepted in each delivery that arrives more
 * than a second after it was saved. In return, forgeries cause one reading a second and are refused at once: each
 * holds a body of up to 16 MB.
 */
export class CredentialCache {
	private latest: { credentialId: string; readAt: number; reading: Reading } | undefined;

	/** @param clock - milliseconds since 1970 */
	constructor(private readonly clock: () => number = Date.now) {}

	/**
	 * The cache as a delivery sees it.
	 *
	 * @param credentialId - names the credential that the node uses now
	 * @param read - reads that credential afresh
	 */
	sourceOf(credentialId: string, read: () => Reading): CredentialSource {
		const noOlderThan = (maxAge: number): Reading => {
			const now = this.clock();
			const { latest } = this;
			if (
				latest?.credentialId === credentialId &&
				// Either way: a clock that is set back must not keep a removed secret valid.
				Math.abs(now - latest.readAt) < maxAge
			) {
				return latest.reading;
			}
			const reading = read();
			this.latest = { credentialId, readAt: now, reading };
			return reading;
		};
		return {
			current: () => noOlderThan(MAX_AGE_MS),
			recent: () => noOlderThan(MAX_AGE_FOR_REFUSALS_MS),
		};
	}
}
