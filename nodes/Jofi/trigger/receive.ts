import { parseEvent } from '../events/parse';
import type { JofiEvent } from '../events/types';
import { passesFilters, type Filters } from './filters';
import { simplify, withSpreadsheetDates } from '../items/columns';
import { outputIndex } from './outputs';
import type { SeenEvents } from './seenEvents';
import { firesOnCompletion, isSelected, isTooOld, type CompletionRule } from './selection';
import type { Verification } from './verification/credential';
import { findEvidence, verify, type Refusal, type SignedRequest } from './verification/verify';

/** One POST to the webhook, as it came. */
export interface Delivery extends SignedRequest {
	/** Resolves when the caller has its answer: to true if that was a 2xx. */
	answered: Promise<boolean>;
}

/** What the user chose in the node. */
export interface Settings {
	/** Event types, or `*` among them for any. */
	events: readonly string[];
	assessmentCompletion: CompletionRule;
	simplify: boolean;
	separateOutputs: boolean;
	filters: Filters;
	dateFormat: 'iso' | 'spreadsheet';
	/** The workflow's, an IANA name. */
	timezone: string;
	includeRawEvent: boolean;
	skipDuplicates: boolean;
	/** 0 = any age. */
	maxEventAgeMinutes: number;
}

/** Where the verification settings come from. Both give undefined if there are none that can be used. */
export interface VerificationSource {
	/** May be some seconds old. */
	current(): Promise<Verification | undefined>;
	/** Read afresh, or undefined if it is too soon for that. */
	readAgain(): Promise<Verification | undefined>;
}

/** A simplified row, or an event as JOFI sent it. */
export type Item = object;

export type RejectReason =
	| Refusal
	| 'credential_not_usable'
	| 'invalid_json'
	| 'not_an_event'
	| 'event_too_old';

export type IgnoreReason =
	| 'event_not_selected'
	| 'assessments_not_all_completed'
	| 'filtered_out'
	| 'seen_before';

export type Outcome =
	| { kind: 'emit'; item: Item; output: number }
	| { kind: 'ignore'; reason: IgnoreReason; event: JofiEvent }
	| { kind: 'reject'; reason: RejectReason };

/**
 * Decides what becomes of a delivery: the whole way from raw bytes to an item at an output.
 *
 * Nothing of the body is looked at before it is verified. An authentic event is emitted, or ignored
 * because the user did not ask for it or has it already, or rejected for a reason that the sender is told.
 */
export async function receive(
	delivery: Delivery,
	settings: Settings,
	source: VerificationSource,
	seenEvents: SeenEvents,
): Promise<Outcome> {
	const refusal = await refuse(delivery, source);
	if (refusal) return { kind: 'reject', reason: refusal };

	const parsed = parseEvent(delivery.body);
	if ('problem' in parsed) return { kind: 'reject', reason: parsed.problem };
	const { event } = parsed;

	const ignored = ignore(event, settings);
	if (ignored) return { kind: 'ignore', reason: ignored, event };
	if (isTooOld(event, settings.maxEventAgeMinutes, delivery.receivedAt)) {
		return { kind: 'reject', reason: 'event_too_old' };
	}

	const id = eventId(event);
	if (settings.skipDuplicates && id !== undefined) {
		const isFirst = await seenEvents.claim(id, delivery.receivedAt, delivery.answered);
		if (!isFirst) return { kind: 'ignore', reason: 'seen_before', event };
	}
	return {
		kind: 'emit',
		item: shape(event, settings),
		output: outputIndex(event.type, settings.events, settings.separateOutputs),
	};
}

/** Makes the item that a workflow gets of an event: one flat row, or the event as JOFI sent it. */
export function shape(event: JofiEvent, settings: Settings): Item {
	if (!settings.simplify) return event;
	const row = simplify(event);
	const dated =
		settings.dateFormat === 'spreadsheet' ? withSpreadsheetDates(row, settings.timezone) : row;
	return settings.includeRawEvent ? { ...dated, raw_event: event } : dated;
}

async function refuse(
	delivery: Delivery,
	source: VerificationSource,
): Promise<Refusal | 'credential_not_usable' | undefined> {
	const evidence = findEvidence(delivery.headers);
	if (!evidence) return 'no_signature';
	const verification = await source.current();
	if (!verification) return 'credential_not_usable';
	const refusal = verify(delivery, evidence, verification);
	if (!refusal) return undefined;

	const changed = await source.readAgain();
	return changed ? verify(delivery, evidence, changed) : refusal;
}

function ignore(event: JofiEvent, settings: Settings): IgnoreReason | undefined {
	if (!isSelected(event.type, settings.events)) return 'event_not_selected';
	if (!firesOnCompletion(event, settings.assessmentCompletion))
		return 'assessments_not_all_completed';
	if (!passesFilters(event, settings.filters)) return 'filtered_out';
	return undefined;
}

function eventId({ id }: JofiEvent): string | undefined {
	const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
	return text === '' ? undefined : text;
}
