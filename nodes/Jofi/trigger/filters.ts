import { assessmentNames } from '../events/assessments';
import { dataObject } from '../events/parse';
import type { FieldsOf, JofiEvent, NamedReference } from '../events/types';
import { asObject } from '../json';

/** What an event must carry, lower-cased. An empty set lets everything through. */
export interface Filters {
	/** Team ids or team names. */
	teams: ReadonlySet<string>;
	customIds: ReadonlySet<string>;
	/** Short or display names of assigned assessments. */
	assessments: ReadonlySet<string>;
}

/**
 * Whether an event passes: one value of each set that is not empty must be the event's.
 *
 * @param event - any event; one that lacks what a set asks for does not pass
 * @param filters - what it must carry
 */
export function passesFilters(event: JofiEvent, filters: Filters): boolean {
	const object = dataObject(event);
	const team: FieldsOf<NamedReference> = asObject(object.team);
	return (
		matches(filters.teams, () => [team.id, team.display_name, object.team_id]) &&
		matches(filters.customIds, () => [object.custom_id]) &&
		matches(filters.assessments, () => assessmentNames(object))
	);
}

/**
 * Splits what a user typed into the values to compare with.
 *
 * @param text - such as `Recruiting, 100`; a number counts as its digits
 * @returns the values between the commas, without spaces around them, lower-cased; none for blank text
 */
export function splitList(text: unknown): Set<string> {
	return new Set(comparable(text).split(',').map(comparable).filter(Boolean));
}

function matches(wanted: ReadonlySet<string>, values: () => unknown[]): boolean {
	return wanted.size === 0 || values().some((value) => wanted.has(comparable(value)));
}

function comparable(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number'
		? String(value).trim().toLowerCase()
		: '';
}
