import { sleep } from 'n8n-workflow';

// About 1 MB of ids for each trigger, and several days of a busy account.
const MAX_EVENTS = 10_000;
// Most senders stop retrying within a day.
const MAX_AGE_MS = 24 * 60 * 60 * 1000;
// Before the sender's request times out.
const MAX_WAIT_MS = 10_000;
// n8n answers within seconds. If it never does, the event must not stay locked.
const MAX_OPEN_MS = 5 * 60 * 1000;

/** `first`: this delivery is the one to run. `event_in_progress`: another one has no outcome yet. */
export type Claim = 'first' | 'seen_before' | 'event_in_progress';

interface OpenDelivery {
	startedAt: number;
	/** Whether it ends in success. */
	outcome: Promise<boolean>;
}

/**
 * Remembers which events were taken, so that a repeat does not run the workflow again.
 *
 * An event counts as seen once n8n has answered its delivery with success. Until then, further deliveries of
 * the event wait: a failure lets the next one through. The memory belongs to this process, and is bounded in
 * number and age; the oldest events are forgotten first.
 */
export class SeenEvents {
	/** Event id → when it was taken (milliseconds since 1970), oldest first. */
	private readonly taken = new Map<string, number>();

	/** Event id → the delivery that is under way. */
	private readonly open = new Map<string, OpenDelivery>();

	/**
	 * @param maxEvents - how many ids are remembered
	 * @param maxAgeMs - for how long
	 * @param maxWaitMs - how long a delivery waits for the outcome of another one
	 */
	constructor(
		private readonly maxEvents = MAX_EVENTS,
		private readonly maxAgeMs = MAX_AGE_MS,
		private readonly maxWaitMs = MAX_WAIT_MS,
	) {}

	/** How many events are held at the moment. */
	get size(): number {
		return this.taken.size + this.open.size;
	}

	/**
	 * Asks to take an event.
	 *
	 * @param id - the event's id
	 * @param now - milliseconds since 1970
	 * @param answered - resolves once n8n has answered this delivery: to true for a 2xx
	 */
	async claim(id: string, now: number, answered: Promise<boolean>): Promise<Claim> {
		let timeIsUp: Promise<undefined> | undefined;
		for (let other = this.openDelivery(id, now); other; other = this.openDelivery(id, now)) {
			timeIsUp ??= sleep(this.maxWaitMs).then(() => undefined);
			const isTaken = await Promise.race([other.outcome, timeIsUp]);
			if (isTaken === undefined) return 'event_in_progress';
			if (isTaken) return 'seen_before';
		}
		if (this.isTaken(id, now)) return 'seen_before';

		const delivery: OpenDelivery = {
			startedAt: now,
			outcome: answered.then((isTaken) => {
				if (this.open.get(id) === delivery) this.open.delete(id);
				if (isTaken) this.remember(id, now);
				return isTaken;
			}),
		};
		this.open.delete(id);
		this.open.set(id, delivery);
		const [oldest] = this.open.keys();
		if (this.open.size > this.maxEvents && oldest !== undefined) this.open.delete(oldest);
		return 'first';
	}

	private openDelivery(id: string, now: number): OpenDelivery | undefined {
		const delivery = this.open.get(id);
		return delivery && now - delivery.startedAt < MAX_OPEN_MS ? delivery : undefined;
	}

	private isTaken(id: string, now: number): boolean {
		const takenAt = this.taken.get(id);
		return takenAt !== undefined && now - takenAt < this.maxAgeMs;
	}

	private remember(id: string, now: number): void {
		// Deleting first moves an expired id to the end, among the newest.
		this.taken.delete(id);
		this.taken.set(id, now);
		for (const [oldest, takenAt] of this.taken) {
			if (this.taken.size <= this.maxEvents && now - takenAt < this.maxAgeMs) break;
			this.taken.delete(oldest);
		}
	}
}
