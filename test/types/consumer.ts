// What a TypeScript user of the package may write. Compiled against the packed package by a test.
import type { JofiEvent, KnownJofiEvent, SimplifiedEvent } from 'n8n-nodes-jofi';

export function describe(event: KnownJofiEvent): string {
	switch (event.type) {
		case 'invitation.created':
		case 'invitation.accepted':
			return event.data?.object?.accepted_at ?? 'not accepted yet';
		case 'test_taker.created':
		case 'test_taker.assessment_completed':
			return String(event.data?.object?.assigned_assessments?.length ?? 0);
		case 'career_navigation_profile.created':
			return event.data?.object?.career_navigation_url ?? 'no link';
	}
}

export const later: JofiEvent = { type: 'added.later', data: { object: { anything: 1 } } };
export const column = (row: SimplifiedEvent): unknown => row.full_name;

// @ts-expect-error there is no such column
export const noColumn = (row: SimplifiedEvent): unknown => row.fullname;
