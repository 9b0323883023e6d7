import { eventName, findInCatalogue } from '../events/catalogue';
import { dataObject } from '../events/parse';
import type { JofiEvent } from '../events/types';
import { asObject, type JsonObject } from '../json';
import { assessmentProgress, type AssessmentProgress } from '../events/assessments';
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
function columnsOf(source: Source) {
	const { event, object, kind, assessments } = source;
	const team = asObject(object.team);
	const account = asObject(object.account);
	const invitedBy = asObject(object.invited_by_user);
	return {
		event_id: event.id,
		event_type: event.type,
		event_name: eventName(event.type),
		event_created_at: event.created_at,
		first_name: object.first_name,
		last_name: object.last_name,
		full_name: fullName(object),
		email: object.email,
		invitation_id: idOf('invitation', source),
		test_taker_id: idOf('test_taker', source),
		career_navigation_profile_id: idOf('career_navigation_profile', source),
		person_id: object.person_id,
		custom_id: object.custom_id,
		team_id: team.id ?? object.team_id,
		team_name: team.display_name,
		account_id: account.id,
		account_name: account.display_name,
		invited_by_name: fullName(invitedBy),
		invited_by_email: invitedBy.email ?? object.created_by_user_email,
		invitation_created_at:
			object.invitation_created_at ?? (kind === 'invitation' ? object.created_at : null),
		invitation_accepted_at: object.accepted_at,
		assessments_assigned: assessments.assigned,
		assessments_completed: assessments.completed,
		all_assessments_completed: assessments.allCompleted,
		latest_completed_assessment: assessments.latestName,
		latest_completed_at: assessments.latestCompletedAt,
		assessments_summary: assessments.summary,
		assessment_url: object.assessment_url,
		career_navigation_url: object.career_navigation_url,
		scorecard_url: object.scorecard_url,
		job_fit_summary_url: object.job_fit_summary_url,
		career_options_spotlight_url: object.career_options_spotlight_url,
	};
}

export type ColumnName = keyof ReturnType<typeof columnsOf>;

/** One flat row: always every column, always in the same order, null where the event has nothing. */
export type SimplifiedEvent = Record<ColumnName, unknown>;

export const COLUMN_NAMES = Object.keys(
	columnsOf(sourceOf({ type: undefined })),
) as readonly ColumnName[];

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
	const row: SimplifiedEvent = columnsOf(sourceOf(event));
	for (const name of COLUMN_NAMES) row[name] ??= null;
	return row;
}

function sourceOf(event: JofiEvent): Source {
	const object = dataObject(event);
	return {
		event,
		object,
		kind: object.object ?? findInCatalogue(event.type)?.object,
		assessments: assessmentProgress(object),
	};
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

function fullName({ first_name: first, last_name: last }: JsonObject): string | null {
	if (!isName(first)) return isName(last) ? last : null;
	return isName(last) ? `${first} ${last}` : first;
}

function isName(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
