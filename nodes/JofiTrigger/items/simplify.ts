import { eventName, findInCatalogue } from '../events/catalogue';
import { asObject, dataObject } from '../events/parse';
import type { JofiEvent, JsonObject } from '../events/types';
import { assessmentProgress, type AssessmentProgress } from './assessments';
import { asSpreadsheetDate } from './dates';

/** What the columns are read from. */
interface Source {
	event: JofiEvent;
	object: JsonObject;
	/** `invitation`, `test_taker`, …: what `object` says that it is, or else what its event type carries. */
	kind: unknown;
	assessments: AssessmentProgress;
}

/**
 * The columns of a simplified item and where each comes from, in their fixed order. Saved workflows and
 * sheets depend on these names: only ever add, at the end.
 */
const COLUMNS = {
	event_id: ({ event }) => event.id,
	event_type: ({ event }) => event.type,
	event_name: ({ event }) => eventName(event.type),
	event_created_at: ({ event }) => event.created_at,
	first_name: ({ object }) => object.first_name,
	last_name: ({ object }) => object.last_name,
	full_name: ({ object }) => fullName(object),
	email: ({ object }) => object.email,
	invitation_id: (source) => idOf('invitation', source),
	test_taker_id: (source) => idOf('test_taker', source),
	career_navigation_profile_id: (source) => idOf('career_navigation_profile', source),
	person_id: ({ object }) => object.person_id,
	custom_id: ({ object }) => object.custom_id,
	team_id: ({ object }) => asObject(object.team).id ?? object.team_id,
	team_name: ({ object }) => asObject(object.team).display_name,
	account_id: ({ object }) => asObject(object.account).id,
	account_name: ({ object }) => asObject(object.account).display_name,
	invited_by_name: ({ object }) => fullName(asObject(object.invited_by_user)),
	invited_by_email: ({ object }) =>
		asObject(object.invited_by_user).email ?? object.created_by_user_email,
	invitation_created_at: ({ object, kind }) =>
		object.invitation_created_at ?? (kind === 'invitation' ? object.created_at : null),
	invitation_accepted_at: ({ object }) => object.accepted_at,
	assessments_assigned: ({ assessments }) => assessments.assigned,
	assessments_completed: ({ assessments }) => assessments.completed,
	all_assessments_completed: ({ assessments }) => assessments.allCompleted,
	latest_completed_assessment: ({ assessments }) => assessments.latestName,
	latest_completed_at: ({ assessments }) => assessments.latestCompletedAt,
	assessments_summary: ({ assessments }) => assessments.summary,
	assessment_url: ({ object }) => object.assessment_url,
	career_navigation_url: ({ object }) => object.career_navigation_url,
	scorecard_url: ({ object }) => object.scorecard_url,
	job_fit_summary_url: ({ object }) => object.job_fit_summary_url,
	career_options_spotlight_url: ({ object }) => object.career_options_spotlight_url,
} satisfies Record<string, (source: Source) => unknown>;

export type ColumnName = keyof typeof COLUMNS;

/** One flat row: always every column, always in the same order, null where the event has nothing. */
export type SimplifiedEvent = Record<ColumnName, unknown>;

const columns = Object.entries(COLUMNS) as Array<[ColumnName, (source: Source) => unknown]>;

export const COLUMN_NAMES: readonly ColumnName[] = columns.map(([name]) => name);

// Copied for each row: adding 32 columns one by one takes twice as long.
const EMPTY_ROW = Object.fromEntries(COLUMN_NAMES.map((name) => [name, null])) as SimplifiedEvent;

const DATE_COLUMNS = [
	'event_created_at',
	'invitation_created_at',
	'invitation_accepted_at',
	'latest_completed_at',
] as const satisfies readonly ColumnName[];

/**
 * Makes one flat row of an event. Values keep their JSON types and dates stay as JOFI sent them. Never
 * throws: an unknown type, a missing object or oddly typed fields still fill what they can.
 */
export function simplify(event: JofiEvent): SimplifiedEvent {
	const object = dataObject(event);
	const source: Source = {
		event,
		object,
		kind: object.object ?? findInCatalogue(event.type)?.object,
		assessments: assessmentProgress(object),
	};
	const row = { ...EMPTY_ROW };
	for (const [name, read] of columns) row[name] = read(source) ?? null;
	return row;
}

/** The same row with its dates as `yyyy-MM-dd HH:mm:ss` in a time zone; what is no date stays as it is. */
export function withSpreadsheetDates(row: SimplifiedEvent, timezone: string): SimplifiedEvent {
	const changed = { ...row };
	for (const name of DATE_COLUMNS) changed[name] = asSpreadsheetDate(row[name], timezone);
	return changed;
}

/** `data.object.id` is the id of the object's own kind; the ids of the other kinds have fields. */
function idOf(kind: CatalogueObject, source: Source): unknown {
	const field = source.object[`${kind}_id`];
	return source.kind === kind ? (source.object.id ?? field) : field;
}

type CatalogueObject = 'invitation' | 'test_taker' | 'career_navigation_profile';

function fullName(person: JsonObject): string | null {
	const parts = [person.first_name, person.last_name].filter(
		(part) => typeof part === 'string' && part.trim() !== '',
	);
	return parts.length > 0 ? parts.join(' ') : null;
}
