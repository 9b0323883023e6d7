import { EVENT_CATALOGUE, type KnownEventType } from '../../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../../nodes/Jofi/events/samples';
import { toItem } from '../../nodes/Jofi/items/toItem';
import { settingsOf } from '../../nodes/Jofi/trigger/parameters';
import { readTemplate } from './templates';

const ALL_EVENTS = EVENT_CATALOGUE.map(({ type }) => type);

/** Which samples a template has pinned on its first node. The others start by themselves, or need real people. */
const PINNED_EVENTS: Record<string, readonly KnownEventType[]> = {
	'1-every-event-into-a-sheet': ALL_EVENTS,
	// One event per run, as JOFI sends them: the Google Sheets node looks for a person's row once a run.
	'2-one-row-per-person': ['test_taker.assessment_completed'],
	'3-mail-when-all-completed': ['test_taker.assessment_completed'],
	// Pinned data leaves a node through its first output.
	'4-branch-per-event': ['invitation.accepted'],
	'5-one-url-many-workflows': ['invitation.accepted'],
	'5a-invitation-accepted': ['invitation.accepted'],
	'5b-assessment-completed': ['test_taker.assessment_completed'],
	'5c-career-navigation': ['career_navigation_profile.created'],
	'6-never-twice': ['invitation.created'],
	'7-no-google-account': ALL_EVENTS,
	'8-chat-message': ['test_taker.assessment_completed'],
	'11-microsoft-365': ['test_taker.assessment_completed'],
	'12-by-team': ['test_taker.assessment_completed'],
};

/**
 * What a template should have pinned: what its first node would give for the samples, in the form that is set
 * in that node. The same each time: ids and times are fixed.
 *
 * @param template - the name of its file in examples/, without `.json`
 */
export function pinDataOf(template: string): Record<string, unknown> {
	const events = PINNED_EVENTS[template] ?? [];
	const first = readTemplate(template).nodes.find(({ type }) =>
		/\.(jofiTrigger|executeWorkflowTrigger)$/.test(type),
	);
	if (events.length === 0 || !first) return {};
	const settings = settingsOf(first.parameters, 'UTC', 1.1);
	const items = events.map((type) => {
		const event = sampleEvent(type, Date.UTC(2026, 1, 3, 12, 43, 36));
		const id = `evt_sample_${String(ALL_EVENTS.indexOf(type) + 1).padStart(12, '0')}`;
		return toItem({ ...event, id }, settings, { receivedAt: 0, verifiedBy: null });
	});
	return { [first.name]: items.map((json) => ({ json })) };
}
