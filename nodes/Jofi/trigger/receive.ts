import { parseEvent } from '../events/parse';
import type { JofiEvent } from '../events/types';
import { toItem } from '../items/toItem';
import { isTooOld } from './age';
import { namesAnotherEndpoint } from './endpoint';
import { passesFilters } from './filters';
import type { Delivery, IgnoreReason, Outcome, RejectReason } from './outcome';
import { outputIndex } from './outputs';
import type { SeenEvents } from './seenEvents';
import { firesOnCompletion, isSelected } from './selection';
import type { Settings } from './settings';
import type { CredentialSource } from './verification/cache';
import { verify } from './verification/verify';

/**
 * Decides what becomes of a delivery: the whole way from raw bytes to an item at an output.
 *
 * Nothing of the body is looked at before it is verified, and nothing that costs n8n anything is asked
 * for. An authentic event is emitted, or ignored because the user did not ask for it or has it already,
 * or rejected for a reason that the sender is told.
 *
 * @param delivery - the POST as it came
 * @param credential - where to ask for what verifies it
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
	if ('refusal' in verdict) return reject(verdict.refusal);

	const parsed = parseEvent(delivery.body);
	if ('problem' in parsed) return reject(parsed.problem);
	const { event } = parsed;

	const settings = readSettings();
	if (settings.confirmEndpoint && namesAnotherEndpoint(event, delivery.url, verdict.method)) {
		return reject('sent_to_another_endpoint', event);
	}
	const unwanted = whyUnwanted(event, settings);
	if (unwanted) return ignore(unwanted, event);
	if (isTooOld(event, settings.maxEventAgeMinutes, delivery.receivedAt)) {
		return reject('event_too_old');
	}

	const id = idOf(event);
	if (settings.skipDuplicates && id !== undefined) {
		const claim = await seenEvents.claim(id, delivery.receivedAt, delivery.answered);
		if (claim === 'seen_before') return ignore(claim, event);
		if (claim === 'event_in_progress') return reject(claim);
	}
	return {
		kind: 'emit',
		item: toItem(event, settings, {
			receivedAt: delivery.receivedAt,
			verifiedBy: verdict.verifiedBy,
		}),
		output: outputIndex(event.type, settings),
	};
}

function whyUnwanted(event: JofiEvent, settings: Settings): IgnoreReason | undefined {
	if (!isSelected(event.type, settings.events)) return 'event_not_selected';
	if (!firesOnCompletion(event, settings.assessmentCompletion)) {
		return 'assessments_not_all_completed';
	}
	return passesFilters(event, settings.filters) ? undefined : 'filtered_out';
}

/** An event without an id always runs. So does one with a number that JSON.parse can't keep apart from others. */
function idOf({ id }: { id?: unknown }): string | undefined {
	if (typeof id === 'string' && id !== '') return id;
	return Number.isSafeInteger(id) ? String(id) : undefined;
}

function reject(reason: RejectReason, event?: JofiEvent): Outcome {
	return { kind: 'reject', reason, ...(event && { event }) };
}

function ignore(reason: IgnoreReason, event: JofiEvent): Outcome {
	return { kind: 'ignore', reason, event };
}
