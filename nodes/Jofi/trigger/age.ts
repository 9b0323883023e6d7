import { timeOf } from '../events/time';
import type { JofiEvent } from '../events/types';

/**
 * Whether an event is older than the user allows.
 *
 * @param event - any event; one whose `created_at` is no date counts as new, since it can't be told to be old
 * @param maxAgeMinutes - the limit; 0 or less allows any age
 * @param receivedAt - milliseconds since 1970
 */
export function isTooOld(event: JofiEvent, maxAgeMinutes: number, receivedAt: number): boolean {
	if (!(maxAgeMinutes > 0)) return false;
	const createdAt = timeOf(event.created_at);
	return createdAt !== undefined && receivedAt - createdAt > maxAgeMinutes * 60_000;
}
