import type { JsonObject } from '../json';

/**
 * JOFI's event and its objects, as far as JOFI's public pages show them. Every field is optional:
 * nothing promises that JOFI always sends it, and the code that reads it must not break without it.
 */
export interface NamedReference {
	id?: number | string | null;
	display_name?: string | null;
}

export interface InvitingUser {
	id?: number | string | null;
	email?: string | null;
	first_name?: string | null;
	last_name?: string | null;
}

export interface Assessment {
	id?: number;
	short_name?: string;
	display_name?: string;
}

export interface AssignedAssessment {
	id?: number;
	assessment?: Assessment;
	created_at?: string | null;
	started_at?: string | null;
	completed_at?: string | null;
	progress_saved_at?: string | null;
	/** `false` marks an assignment that does not count. */
	is_used_for_scoring?: boolean;
}

/** What all three objects share. */
interface Person {
	first_name?: string | null;
	last_name?: string | null;
	email?: string | null;
	/** A job requisition or coaching group, given when inviting: many people share one. */
	custom_id?: string | null;
	/** The customer's own id of the person, such as the applicant's number in an ATS, given when inviting. */
	person_id?: string | null;
	assessment_url?: string | null;
	team?: NamedReference | null;
	account?: NamedReference | null;
}

export interface Invitation extends Person {
	object?: 'invitation';
	id?: number;
	/** Null until the person accepts. */
	accepted_at?: string | null;
	created_at?: string | null;
	created_by_user_email?: string | null;
	team_id?: number | null;
	test_taker_id?: number | null;
	career_navigation_profile_id?: string | null;
}

/** What test takers and profiles share. */
interface InvitedPerson extends Person {
	invitation_id?: number | null;
	invitation_created_at?: string | null;
	career_navigation_url?: string | null;
	scorecard_url?: string | null;
	job_fit_summary_url?: string | null;
	career_options_spotlight_url?: string | null;
}

export interface TestTaker extends InvitedPerson {
	object?: 'test_taker';
	id?: number;
	career_navigation_profile_id?: string | null;
	assigned_assessments?: AssignedAssessment[] | null;
	invited_by_user?: InvitingUser | null;
}

export interface CareerNavigationProfile extends InvitedPerson {
	object?: 'career_navigation_profile';
	/** Text, such as `CNP1234567890`. */
	id?: string;
	test_taker_id?: number | null;
}

interface Envelope<Type, DataObject> {
	id?: string;
	type: Type;
	object?: 'event';
	/** ISO 8601, such as `2026-02-03T12:43:36.744Z`. */
	created_at?: string;
	api_version?: string;
	data?: { object?: DataObject };
	webhook_url?: string;
	webhook_verification_method?: string;
}

/**
 * The fields of one of JOFI's shapes by name, so that a misspelled one does not compile. Their values are
 * unknown: nothing promises that JOFI keeps to the types above.
 */
export type FieldsOf<Shape> = { readonly [Field in keyof Shape]?: unknown };

/** `data.object` of any event: an invitation, a test taker or a career navigation profile. */
export type DataObject = FieldsOf<Invitation> &
	FieldsOf<TestTaker> &
	FieldsOf<CareerNavigationProfile>;

/** An event of the catalogue. Narrow it by its `type`. */
export type KnownJofiEvent =
	| Envelope<'invitation.created' | 'invitation.accepted', Invitation>
	| Envelope<'test_taker.created' | 'test_taker.assessment_completed', TestTaker>
	| Envelope<'career_navigation_profile.created', CareerNavigationProfile>;

/** An event as JOFI sends it, also of a type that JOFI has added since. */
export type JofiEvent = KnownJofiEvent | Envelope<unknown, JsonObject>;
