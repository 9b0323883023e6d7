import { randomUUID } from 'node:crypto';
import type { KnownEventType } from './catalogue';
import type {
	AssignedAssessment,
	CareerNavigationProfile,
	Invitation,
	JofiEvent,
	TestTaker,
} from './types';

type DaysAgo = (days: number) => string;
type SampleObject = Invitation | TestTaker | CareerNavigationProfile;

const team = { id: 100, display_name: 'Recruiting' };
const account = { id: 200, display_name: 'Example Company Inc' };

// Both people apply for one job, so they share its custom ID; each has a person ID of their own.
const JOB_REQUISITION = 'REQ-1042';

// One person goes through all samples but the first, so that a workflow with one row per person can be tried.
const linda = {
	first_name: 'Linda',
	last_name: 'Sample',
	email: 'linda.sample@example.com',
	custom_id: JOB_REQUISITION,
	person_id: 'APPLICANT-20017',
	assessment_url: 'https://example.com/sample/assessment',
	team,
	account,
};
const INVITATION_ID = 12345;
const TEST_TAKER_ID = 67890;
const PROFILE_ID = 'CNP1234567890';

const PERSONALITY = { id: 6, short_name: 'Personality', display_name: 'JOFI Personality Traits' };
const THINKING = { id: 7, short_name: 'Thinking', display_name: 'JOFI Thinking Skills' };
const INTERESTS = { id: 8, short_name: 'Interests', display_name: 'JOFI Career Interests' };

/** What `data.object` holds in the sample of each event type. */
const SAMPLE_OBJECTS: Record<KnownEventType, (daysAgo: DaysAgo) => SampleObject> = {
	'invitation.created': (daysAgo) => ({
		object: 'invitation',
		id: 12346,
		first_name: 'Jörg',
		last_name: 'Müller-Lüdenscheidt',
		email: 'joerg.mueller@example.com',
		custom_id: JOB_REQUISITION,
		person_id: 'APPLICANT-20018',
		created_at: daysAgo(0),
		accepted_at: null,
		test_taker_id: null,
		career_navigation_profile_id: null,
		assessment_url: 'https://example.com/sample/assessment',
		team,
		account,
	}),
	'invitation.accepted': (daysAgo) => ({
		object: 'invitation',
		id: INVITATION_ID,
		...linda,
		created_at: daysAgo(1),
		accepted_at: daysAgo(0),
		test_taker_id: null,
		career_navigation_profile_id: null,
	}),
	'test_taker.created': (daysAgo) => ({
		...testTaker(daysAgo(1)),
		assigned_assessments: [
			assignment(11111, PERSONALITY, { created: daysAgo(0.1), completed: daysAgo(0.02) }),
			assignment(22222, THINKING, { created: daysAgo(0.1), started: daysAgo(0.01) }),
			assignment(33333, INTERESTS, { created: daysAgo(0.1) }),
		],
	}),
	'test_taker.assessment_completed': (daysAgo) => ({
		...testTaker(daysAgo(3)),
		assigned_assessments: [
			assignment(11111, PERSONALITY, { created: daysAgo(2), completed: daysAgo(1.5) }),
			assignment(22222, THINKING, { created: daysAgo(2), completed: daysAgo(1) }),
			assignment(33333, INTERESTS, { created: daysAgo(2), completed: daysAgo(0) }),
		],
		scorecard_url: 'https://example.com/sample/scorecard',
	}),
	'career_navigation_profile.created': (daysAgo) => ({
		object: 'career_navigation_profile',
		id: PROFILE_ID,
		...linda,
		invitation_id: INVITATION_ID,
		invitation_created_at: daysAgo(3),
		test_taker_id: TEST_TAKER_ID,
		career_navigation_url: 'https://example.com/sample/career-navigation',
		scorecard_url: 'https://example.com/sample/scorecard',
		job_fit_summary_url: 'https://example.com/sample/job-fit-summary',
		career_options_spotlight_url: 'https://example.com/sample/career-options-spotlight',
	}),
};

/**
 * Invents an event, for building a workflow before JOFI sends one: fields as on JOFI's pages, people
 * and links invented.
 *
 * @param now - milliseconds since 1970
 * @returns an event of that time, with an id that starts with `evt_sample_` and is new each time
 */
export function sampleEvent(type: KnownEventType, now: number): JofiEvent {
	const daysAgo: DaysAgo = (days) => new Date(now - days * 86_400_000).toISOString();
	return {
		id: `evt_sample_${randomUUID().replace(/-/g, '').slice(0, 12)}`,
		type,
		object: 'event',
		created_at: daysAgo(0),
		api_version: '2.3.0',
		data: { object: { ...SAMPLE_OBJECTS[type](daysAgo) } },
	};
}

function testTaker(invitedAt: string): TestTaker {
	return {
		object: 'test_taker',
		id: TEST_TAKER_ID,
		...linda,
		invitation_id: INVITATION_ID,
		invitation_created_at: invitedAt,
		career_navigation_profile_id: null,
		invited_by_user: {
			id: 44444,
			email: 'jane.recruiter@example.com',
			first_name: 'Jane',
			last_name: 'Recruiter',
		},
		career_navigation_url: null,
		scorecard_url: null,
		job_fit_summary_url: null,
		career_options_spotlight_url: null,
	};
}

function assignment(
	id: number,
	assessment: AssignedAssessment['assessment'],
	times: { created: string; started?: string; completed?: string },
): AssignedAssessment {
	const startedAt = times.started ?? times.completed ?? null;
	return {
		id,
		assessment,
		created_at: times.created,
		started_at: startedAt,
		completed_at: times.completed ?? null,
		progress_saved_at: startedAt,
		is_used_for_scoring: true,
	};
}
