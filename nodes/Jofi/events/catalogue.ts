/** Stands for every event type in a selection, also for those that JOFI adds later. */
export const ANY_EVENT = '*';

/**
 * The event types that JOFI's events page lists, in the order of that page, which is also the order of
 * the outputs. This is the one table of event types: the parameters, outputs, types, samples and docs
 * are made from it.
 *
 * `name` is what people read, `object` names what `data.object` holds, `sentWhen` completes the
 * sentence "JOFI sends this when …". `since` is the version of the trigger (its `typeVersion`) from which
 * on the type has an output of its own: in workflows saved with an earlier version its events go to Other
 * Events, so that no saved output ever moves.
 */
export const EVENT_CATALOGUE = [
	{
		type: 'invitation.created',
		name: 'Invitation Created',
		object: 'invitation',
		sentWhen: 'someone is invited',
		since: 1.1,
	},
	{
		type: 'invitation.accepted',
		name: 'Invitation Accepted',
		object: 'invitation',
		sentWhen: 'someone accepts an invitation',
		since: 1.1,
	},
	{
		type: 'test_taker.created',
		name: 'Test Taker Created',
		object: 'test_taker',
		sentWhen: 'someone becomes a test taker',
		since: 1.1,
	},
	{
		type: 'test_taker.assessment_completed',
		name: 'Assessment Completed',
		object: 'test_taker',
		sentWhen: 'a test taker completes an assessment',
		since: 1.1,
	},
	{
		type: 'career_navigation_profile.created',
		name: 'Career Navigation Profile Created',
		object: 'career_navigation_profile',
		sentWhen: 'someone gets a career navigation profile',
		since: 1.1,
	},
] as const;

export type CatalogueRow = (typeof EVENT_CATALOGUE)[number];
export type KnownEventType = CatalogueRow['type'];

const rowsByType = new Map<unknown, CatalogueRow>(EVENT_CATALOGUE.map((row) => [row.type, row]));

/** @returns the row of an event type, or undefined for a type that JOFI has added since */
export function findInCatalogue(type: unknown): CatalogueRow | undefined {
	return rowsByType.get(type);
}

/**
 * The plain name of an event type.
 *
 * @returns the catalogue's name; for another type its own words (`report.sent_again` is "Report Sent
 * Again"); null for non-strings
 */
export function eventName(type: unknown): string | null {
	const known = findInCatalogue(type);
	if (known) return known.name;
	if (typeof type !== 'string') return null;
	const words = type.split(/[._\s]+/).filter((word) => word !== '');
	if (words.length === 0) return null;
	return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
