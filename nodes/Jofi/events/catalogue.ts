/**
 * The event types that JOFI's events page lists, in the order of that page, which is also the order of
 * the outputs. This is the one table of event types: the parameters, outputs, types, samples and docs
 * are made from it.
 *
 * `name` is what people read, `object` names what `data.object` holds, `sentWhen` completes the
 * sentence "JOFI sends this when …".
 */
export const EVENT_CATALOGUE = [
	{
		type: 'invitation.created',
		name: 'Invitation Created',
		object: 'invitation',
		sentWhen: 'someone is invited',
	},
	{
		type: 'invitation.accepted',
		name: 'Invitation Accepted',
		object: 'invitation',
		sentWhen: 'someone accepts an invitation',
	},
	{
		type: 'test_taker.created',
		name: 'Test Taker Created',
		object: 'test_taker',
		sentWhen: 'someone becomes a test taker',
	},
	{
		type: 'test_taker.assessment_completed',
		name: 'Assessment Completed',
		object: 'test_taker',
		sentWhen: 'a test taker completes an assessment',
	},
	{
		type: 'career_navigation_profile.created',
		name: 'Career Navigation Profile Created',
		object: 'career_navigation_profile',
		sentWhen: 'someone gets a career navigation profile',
	},
] as const;

export type CatalogueRow = (typeof EVENT_CATALOGUE)[number];
export type KnownEventType = CatalogueRow['type'];

const rowsByType = new Map<unknown, CatalogueRow>(EVENT_CATALOGUE.map((row) => [row.type, row]));

/** The catalogue's row for an event's `type`, or undefined for a type that JOFI has added since. */
export function findInCatalogue(type: unknown): CatalogueRow | undefined {
	return rowsByType.get(type);
}

/**
 * The plain name of an event type. A type that is not in the catalogue reads as its own words
 * (`report.sent_again` is "Report Sent Again"); what is no text has no name (null).
 */
export function eventName(type: unknown): string | null {
	const known = findInCatalogue(type);
	if (known) return known.name;
	if (typeof type !== 'string') return null;
	const words = type.split(/[._\s]+/).filter((word) => word !== '');
	if (words.length === 0) return null;
	return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
