import { sleep } from 'n8n-workflow';
import type { Verification } from './credential';

const MAX_AGE_MS = 10_000;
// A reading costs n8n about 35 ms of CPU, and anybody can send forgeries.
const MIN_INTERVAL_MS = 1000;
// Each waiting delivery holds a body of up to 16 MB.
const MAX_WAITING = 100;

/** One reading of the credential; resolves to undefined if it is missing or can't be used. Never rejects. */
export type Reading = Promise<Verification | undefined>;

/** What a delivery is verified with. */
export interface CredentialSource {
	/** What the credential says, at most ten seconds ago. */
	current(): Reading;
	/**
	 * A later reading than one that matched no delivery, in case the credential was changed meanwhile; within about
	 * a second. While too many deliveries wait already, the same reading again.
	 */
	after(unmatched: Reading): Reading;
}

/**
 * Keeps what a credential says for ten seconds, because n8n takes about 35 ms of CPU to read one.
 *
 * A removed secret stops working when the ten seconds are over. A changed one works within a second: a delivery
 * that does not match is compared with a later reading before it is refused. There is at most one such reading a
 * second, which all deliveries that do not match meanwhile share.
 */
export class CredentialCache {
	private reading: Reading | undefined;
	private readAt = 0;
	private credentialId: string | undefined;
	private upcoming: Reading | undefined;
	private waiting = 0;

	/** @param minIntervalMs - the least time between readings that forgeries can cause */
	constructor(private readonly minIntervalMs = MIN_INTERVAL_MS) {}

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
			after: (unmatched) => {
				const later = this.reading === unmatched ? undefined : this.reading;
				return later ?? this.wait(unmatched, credentialId, now, read);
			},
		};
	}

	private async wait(
		unmatched: Reading,
		credentialId: string,
		now: number,
		read: () => Reading,
	): Reading {
		if (this.waiting >= MAX_WAITING) return await unmatched;
		// Also if the clock was set back.
		const delay = this.minIntervalMs - Math.abs(now - this.readAt);
		if (!this.upcoming && delay <= 0) return await this.begin(now, read);
		this.waiting += 1;
		this.upcoming ??= sleep(delay).then(async () => {
			this.upcoming = undefined;
			const isStillUsed = credentialId === this.credentialId;
			return await (isStillUsed ? this.begin(now + delay, read) : read());
		});
		try {
			return await this.upcoming;
		} finally {
			this.waiting -= 1;
		}
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
