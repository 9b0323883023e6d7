import { assessmentProgress } from '../events/assessments';
import { dataObject } from '../events/parse';
import type { JofiEvent } from '../events/types';

/** The value of the Events parameter that stands for every event, also those JOFI adds later. */
export const ANY_EVENT = '*';

/** `each`: every completed assessment fires. `all`: only when every assessment that counts is completed. */
export type CompletionRule = 'each' | 'all';

/**
 * Whether the user chose this type of event.
 *
 * @param eventType - an event's `type`, which may be no text at all
 * @param selectedEvents - the value of the Events parameter
 */
export function isSelected(eventType: unknown, selectedEvents: readonly string[]): boolean {
	return selectedEvents.some((selected) => selected === ANY_EVENT || selected === eventType);
}

/**
 * Whether the completion rule lets an event through. It holds back Assessment Completed events only.
 *
 * @param event - any event
 * @param rule - the value of Assessment Completed Fires
 */
export function firesOnCompletion(event: JofiEvent, rule: CompletionRule): boolean {
	if (rule === 'each' || event.type !== 'test_taker.assessment_completed') return true;
	return assessmentProgress(dataObject(event)).allCompleted === true;
}
