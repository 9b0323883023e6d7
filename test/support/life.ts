/** The events of a person's life, and the orders in which they can arrive. */
import { daysAgo, personalEvent } from './templateHarness';
import type { SentEvent } from './jofi';

export type Step = keyof typeof LIFE;

/** What happens to a person. JOFI sends two events at the moment when somebody accepts. */
export const LIFE = {
	invited: { type: 'invitation.created', at: '2026-02-03T12:00:00.000Z' },
	accepted: { type: 'invitation.accepted', at: '2026-02-03T13:00:00.000Z' },
	became: { type: 'test_taker.created', at: '2026-02-03T06:00:00.000-07:00', completed: 0 },
	first: { type: 'test_taker.assessment_completed', at: '2026-02-03T14:00:00.000Z', completed: 1 },
	last: { type: 'test_taker.assessment_completed', at: '2026-02-03T16:00:00.000Z', completed: 3 },
	profile: { type: 'career_navigation_profile.created', at: '2026-02-03T17:00:00.000Z' },
} as const;

export const SIX = Object.keys(LIFE) as Step[];

/** @returns the event of a step for the person who was invited under an id */
export function event(step: Step, invitationId: number): SentEvent {
	const { type, at, ...more } = LIFE[step];
	const isInvitation = type.startsWith('invitation.');
	const sent = personalEvent(
		type,
		{
			...(isInvitation ? { id: invitationId, created_at: at } : { invitation_id: invitationId }),
			first_name: `Person ${invitationId}`,
			email: `${step}@example.com`,
			person_id: `APPLICANT-${invitationId}`,
		},
		`evt_${invitationId}_${step}`,
	);
	const { assigned_assessments: assigned = [] } = sent.data.object as {
		assigned_assessments?: Array<{ completed_at: string | null }>;
	};
	for (const [index, assessment] of assigned.entries()) {
		assessment.completed_at = 'completed' in more && index < more.completed ? at : null;
	}
	return { ...sent, created_at: at };
}

/** Somebody who was invited so many days ago. */
export function invited(id: number, days: number, fields: object = {}): SentEvent {
	const created_at = daysAgo(days);
	return personalEvent('invitation.created', { id, ...personal(id), created_at, ...fields });
}

export function accepted(id: number, days: number, fields: object = {}): SentEvent {
	return { ...invited(id, days, fields), type: 'invitation.accepted' };
}

/** Somebody who was invited so many days ago, and has completed two of three assessments. */
export function completed(id: number, days: number, fields: object = {}): SentEvent {
	return personalEvent('test_taker.assessment_completed', {
		...personal(id),
		id: 1000 + id,
		invitation_id: id,
		invitation_created_at: daysAgo(days),
		...fields,
	});
}

function personal(id: number) {
	return {
		person_id: `APPLICANT-${id}`,
		email: `person${id}@example.com`,
		assessment_url: `https://example.com/assessment/${id}`,
	};
}

export function permutations<Value>(values: Value[]): Value[][] {
	if (values.length < 2) return [values];
	return values.flatMap((first) =>
		permutations(values.filter((value) => value !== first)).map((rest) => [first, ...rest]),
	);
}
