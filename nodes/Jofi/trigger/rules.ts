import { assessmentNames, assessmentProgress } from '../events/assessments';
import { ANY_EVENT } from '../events/catalogue';
import { dataObject } from '../events/parse';
import { timeOf } from '../events/time';
import type { FieldsOf, JofiEvent, NamedReference } from '../events/types';
import { asObject, asText } from '../json';
import { comparable } from '../values';
import type { Delivery } from './delivery';
import type { NotRun } from './reasons';
import type { Filter, Settings } from './settings';
import type { Verification } from './verification/credential';

/** How an event arrived. */
export type Arrival = Pick<Delivery, 'url' | 'ownPathParts' | 'receivedAt'> & {
	method: Verification['method'];
};

type Rule = (event: JofiEvent, settings: Settings, arrival: Arrival) => NotRun | false;

// In the order in which they apply.
const RULES: readonly Rule[] = [
	(event, { confirmEndpoint }, arrival) =>
		confirmEndpoint &&
		namesAnotherEndpoint(event, arrival) && { reason: 'sent_to_another_endpoint' },
	(event, { events }) => !isSelected(event.type, events) && { reason: 'event_not_selected' },
	(event, { assessmentCompletion }) =>
		assessmentCompletion === 'all' &&
		!isLastCompletion(event) && { reason: 'assessments_not_all_completed' },
	(_event, { filters }) => {
		const empty = filters.filter(({ values }) => values.size === 0).map(({ label }) => label);
		return empty.length > 0 && { reason: 'filter_without_value', detail: empty.join(', ') };
	},
	(event, { filters }) =>
		!filters.every((filter) => passes(event, filter)) && { reason: 'filtered_out' },
	(_event, { maxEventAgeMinutes }) =>
		maxEventAgeMinutes === undefined && { reason: 'maximum_age_unreadable' },
	(event, { maxEventAgeMinutes = 0 }, { receivedAt }) =>
		isTooOld(event, maxEventAgeMinutes, receivedAt) && { reason: 'event_too_old' },
];

/**
 * Says why a verified event is not taken. Whether it was seen before comes after that.
 *
 * @returns what the first rule found, or undefined if the event is wanted
 */
export function whyNotTaken(
	event: JofiEvent,
	settings: Settings,
	arrival: Arrival,
): NotRun | undefined {
	for (const rule of RULES) {
		const notRun = rule(event, settings, arrival);
		if (notRun) return { ...notRun, event };
	}
	return undefined;
}

/**
 * @param eventType - an event's `type`, which may be anything
 * @param selectedEvents - the value of the Events parameter
 */
export function isSelected(eventType: unknown, selectedEvents: readonly string[]): boolean {
	return selectedEvents.some((selected) => selected === ANY_EVENT || selected === eventType);
}

/** True as well for every event but Assessment Completed. */
function isLastCompletion(event: JofiEvent): boolean {
	if (event.type !== 'test_taker.assessment_completed') return true;
	return assessmentProgress(dataObject(event)).allCompleted === true;
}

function passes(event: JofiEvent, { by, values }: Filter): boolean {
	const object = dataObject(event);
	const team: FieldsOf<NamedReference> = asObject(object.team);
	const found = {
		teams: () => [team.id, team.display_name, object.team_id],
		customIds: () => [object.custom_id],
		assessments: () => assessmentNames(object),
	}[by]();
	return found.some((value) => values.has(comparable(value)));
}

/** An event without a valid `created_at` counts as new. */
function isTooOld(event: JofiEvent, maxAgeMinutes: number, receivedAt: number): boolean {
	if (maxAgeMinutes === 0) return false;
	const createdAt = timeOf(event.created_at);
	return createdAt !== undefined && receivedAt - createdAt > maxAgeMinutes * 60_000;
}

/**
 * Whether an event says that JOFI sent it to another endpoint, or with another verification method: JOFI adds
 * `webhook_url` and `webhook_verification_method` for this comparison. Absent or unexpected values match.
 */
function namesAnotherEndpoint(event: JofiEvent, { url, ownPathParts, method }: Arrival): boolean {
	return (
		isAnotherAddress(asText(event.webhook_url), url, ownPathParts) ||
		isAnotherMethod(asText(event.webhook_verification_method), method)
	);
}

// The end of n8n's own name for its Test URLs, `webhook-test`.
const TEST = /-test$/;

/**
 * Compares the ends of two paths: a reverse proxy may change the host and the beginning. It may also rename
 * n8n's `webhook`, so of that part only the difference to `webhook-test` counts.
 */
function isAnotherAddress(named: string, own: string, ownPathParts: number): boolean {
	const [namedKind, ...namedEnd] = endOfPath(named, ownPathParts + 1) ?? [];
	const [ownKind, ...ownEnd] = endOfPath(own, ownPathParts + 1) ?? [];
	if (namedKind === undefined || ownKind === undefined) return false;
	return namedEnd.join('/') !== ownEnd.join('/') || TEST.test(namedKind) !== TEST.test(ownKind);
}

/** The last parts of a path; a shorter one is padded with empty parts. */
function endOfPath(url: string, count: number): string[] | undefined {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
	const parts = new URL(url).pathname.split('/').filter((part) => part !== '');
	return [...Array.from({ length: count }, () => ''), ...parts].slice(-count);
}

function isAnotherMethod(named: string, method: Verification['method']): boolean {
	const saysBasicAuth = /basic/i.test(named);
	const saysHmac = /hmac/i.test(named);
	if (saysBasicAuth === saysHmac) return false;
	return saysBasicAuth !== (method === 'basicAuth');
}
