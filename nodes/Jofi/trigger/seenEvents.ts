const MAX_EVENTS = 10_000;
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Remembers which events were taken, so that one that JOFI sends again does not run twice.
 *
 * An event counts as seen only once its delivery was answered with success. While that answer is open,
 * further deliveries of the event wait for it: a failure lets the next of them through. The memory is
 * that of this process, and bounded in number and age; the oldest events are forgotten first.
 */
export class SeenEvents {
	/** Event id → when it was taken (milliseconds since 1970), oldest first. */
	private readonly taken = new Map<string, number>();

	/** Event id → whether the delivery that is under way ends in success. */
	private readonly underWay = new Map<string, Promise<boolean>>();

	constructor(
		private readonly maxEvents = MAX_EVENTS,
		private readonly maxAgeMs = MAX_AGE_MS,
	) {}

	/** How many events are held at the moment. */
	get size(): number {
		return this.taken.size + this.underWay.size;
	}

	/**
	 * Asks to take an event.
	 *
	 * In: the event's id, the time in milliseconds since 1970, and `answered`, which resolves to whether
	 * the caller got a 2xx for this delivery. Out: true if this delivery is the one to run; false if the
	 * event was taken before, or by a delivery that this call waited for.
	 */
	async claim(id: string, now: number, answered: Promise<boolean>): Promise<boolean> {
		for (let other = this.underWay.get(id); other; other = this.underWay.get(id)) {
			if (await other) return false;
		}
		if (this.isTaken(id, now)) return false;

		const outcome = answered.then((isTaken) => {
			this.underWay.delete(id);
			if (isTaken) this.remember(id, now);
			return isTaken;
		});
		this.underWay.set(id, outcome);
		return true;
	}

	private isTaken(id: string, now: number): boolean {
		const takenAt = this.taken.get(id);
		return takenAt !== undefined && now - takenAt < this.maxAgeMs;
	}

	private remember(id: string, now: number): void {
		// Deleting first moves an id that had grown too old to the end, where the newest stand.
		this.taken.delete(id);
		this.taken.set(id, now);
		for (const [oldest, takenAt] of this.taken) {
			if (this.taken.size <= this.maxEvents && now - takenAt < this.maxAgeMs) break;
			this.taken.delete(oldest);
		}
	}
}

const memories = new Map<string, SeenEvents>();

/** The memory of one trigger. In: a key that stays the same from delivery to delivery of that trigger. */
export function seenEventsOf(trigger: string): SeenEvents {
	let memory = memories.get(trigger);
	if (!memory) memories.set(trigger, (memory = new SeenEvents()));
	return memory;
}
