import type { Verification } from './credential';

const HOLD_MS = 10_000;
const LOOK_AGAIN_MS = 1_000;

/** Reads a credential afresh; undefined if it is missing or can't be used. */
export type ReadVerification = () => Promise<Verification | undefined>;

interface Held {
	verification: Promise<Verification | undefined>;
	readAt: number;
}

/**
 * Holds what a credential says for ten seconds, because n8n takes about 35 ms of CPU to read one.
 *
 * A removed secret stops working when the ten seconds are over. A changed one works at once, because a
 * delivery that does not fit what is held has the credential read again (`readAgain`) before it is
 * refused, at most once a second, so that a flood of forgeries stays cheap.
 */
export class HeldVerification {
	private held: Held | undefined;
	private readAgainAt = -Infinity;

	/** What the credential says, at most ten seconds old. In: milliseconds since 1970, and how to read it. */
	async current(now: number, read: ReadVerification): Promise<Verification | undefined> {
		if (!this.held || !(now - this.held.readAt < HOLD_MS)) this.hold(now, read);
		return await this.held?.verification;
	}

	/** Reads the credential again, unless this was done less than a second ago. Out: undefined if it was. */
	async readAgain(now: number, read: ReadVerification): Promise<Verification | undefined> {
		if (now - this.readAgainAt < LOOK_AGAIN_MS) return undefined;
		this.readAgainAt = now;
		this.hold(now, read);
		return await this.held?.verification;
	}

	private hold(now: number, read: ReadVerification): void {
		const verification = read();
		const held = { verification, readAt: now };
		this.held = held;
		// A failed read is not held: the next delivery tries again.
		verification.then(
			(value) => value ?? this.drop(held),
			() => this.drop(held),
		);
	}

	private drop(held: Held): void {
		if (this.held === held) this.held = undefined;
	}
}

const heldByKey = new Map<string, HeldVerification>();

/** What is held for one credential in one node. In: a key that names both. */
export function heldVerificationOf(key: string): HeldVerification {
	let held = heldByKey.get(key);
	if (!held) heldByKey.set(key, (held = new HeldVerification()));
	return held;
}
