import { dataObject } from '../events/parse';
import { asObject } from '../json';
import type { JofiEvent } from '../events/types';
import { assessmentNames } from '../events/assessments';

/** What an event must carry, lower-cased. An empty list lets everything through. */
export interface Filters {
	/** Team ids or team names. */
	teams: ReadonlySet<string>;
	customIds: ReadonlySet<string>;
	/** Short or display names of assigned assessments. */
	assessments: ReadonlySet<string>;
}

/**
 * Whether an event passes: one value of each list that is not empty must be the event's. An event that
 * lacks what a list asks for does not pass.
 */
export function passesFilters(event: JofiEvent, filters: Filters): boolean {
	const object = dataObject(event);
	const team = asObject(object.team);
	return (
		matches(filters.teams, () => [team.id, team.display_name, object.team_id]) &&
		matches(filters.customIds, () => [object.custom_id]) &&
		matches(filters.assessments, () => assessmentNames(object))
	);
}

/**
 * Splits what a user typed, `Recruiting, 100`, into the values to compare with: separated by commas,
 * without the spaces around them, lower-cased. Blank text gives an empty set.
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
