import { parseEvent } from '../events/parse';
import { toItem } from '../items/toItem';
import type { Delivery } from './delivery';
import { outputIndex } from './outputs';
import type { NotRun } from './reasons';
import { whyNotTaken } from './rules';
import type { SeenEvents } from './seenEvents';
import type { Settings } from './settings';
import type { CredentialSource } from './verification/cache';
import { verify } from './verification/verify';

/** What becomes of a delivery: an item at one of the node's outputs, or nothing, for a reason. */
export type Outcome = { item: object; output: number } | NotRun;

/**
 * Decides what becomes of a delivery: the whole way from raw bytes to an item at an output.
 *
 * The body is verified before it is parsed, and the settings are read for authentic deliveries only. An
 * authentic event becomes an item, or its sender is answered why not: with success if the user does not want it
 * or has it already, with an error otherwise.
 *
 * @param delivery - the POST as it came
 * @param credential - what it is verified with
 * @param readSettings - reads what the user chose; called for authentic deliveries only
 * @param seenEvents - the memory of this trigger
 */
export async function receive(
	delivery: Delivery,
	credential: CredentialSource,
	readSettings: () => Settings,
	seenEvents: SeenEvents,
): Promise<Outcome> {
	const verdict = await verify(delivery, credential);
	if ('reason' in verdict) return verdict;

	const parsed = parseEvent(delivery.body);
	if ('reason' in parsed) return parsed;
	const { event } = parsed;

	const settings = readSettings();
	const { method, verifiedBy } = verdict;
	const notTaken = whyNotTaken(event, settings, { ...delivery, method });
	if (notTaken) return notTaken;

	const id = idOf(event);
	if (settings.skipDuplicates && id !== undefined) {
		const claim = await seenEvents.claim(id, delivery.receivedAt, delivery.answered);
		if (claim !== 'first') return { reason: claim, event };
	}
	return {
		item: toItem(event, settings, {
			receivedAt: delivery.receivedAt,
			verifiedBy,
		}),
		output: outputIndex(event.type, settings),
	};
}

/** An event without an id always runs, and so does one with a number too large for JSON.parse to represent exactly. */
function idOf({ id }: { id?: unknown }): string | undefined {
	if (typeof id === 'string' && id !== '') return id;
	return Number.isSafeInteger(id) ? String(id) : undefined;
}
