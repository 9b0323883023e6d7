import { EVENT_CATALOGUE } from '../events/catalogue';
import { dataObject } from '../events/parse';
import type { JofiEvent } from '../events/types';
import { assessmentProgress } from '../events/assessments';

/** The value of the Events parameter that stands for every event, also those JOFI adds later. */
export const ANY_EVENT = '*';

/** `each`: every completed assessment fires. `all`: only when every assessment that counts is completed. */
export type CompletionRule = 'each' | 'all';

/** Whether the user chose this type of event. In: an event's `type`, which may be no text at all. */
export function isSelected(eventType: unknown, selectedEvents: readonly string[]): boolean {
	return selectedEvents.some((selected) => selected === ANY_EVENT || selected === eventType);
}

/** Whether the completion rule lets an event through. It holds back Assessment Completed events only. */
export function firesOnCompletion(event: JofiEvent, rule: CompletionRule): boolean {
	if (rule === 'each' || event.type !== 'test_taker.assessment_completed') return true;
	return assessmentProgress(dataObject(event)).allCompleted === true;
}

/**
 * Whether an event is older than the user allows.
 * In: the limit in minutes (0 or less: any age) and the time of receipt in milliseconds since 1970. An
 * event whose `created_at` is no date counts as new: it can't be told to be old.
 */
export function isTooOld(event: JofiEvent, maxAgeMinutes: number, receivedAt: number): boolean {
	if (!(maxAgeMinutes > 0) || typeof event.created_at !== 'string') return false;
	return receivedAt - Date.parse(event.created_at) > maxAgeMinutes * 60_000;
}

/** The node's `subtitle` in the editor: the plain names of the selected events, in n8n's expressions. */
export const SUBTITLE_EXPRESSION = `={{ ((events) => {
	const names = ${JSON.stringify(Object.fromEntries(EVENT_CATALOGUE.map(({ type, name }) => [type, name])))};
	return events.includes('${ANY_EVENT}') ? 'Any Event' : events.map((type) => names[type] ?? type).join(', ');
})($parameter.events ?? []) }}`;
