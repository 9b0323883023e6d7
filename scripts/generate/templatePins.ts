import { EVENT_CATALOGUE, type KnownEventType } from '../../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../../nodes/Jofi/events/samples';
import { toItem } from '../../nodes/Jofi/items/toItem';
import { settingsOf } from '../../nodes/Jofi/trigger/settings';
import type { Workflow } from '../../test/support/n8n/rest';
import { TEMPLATES } from '../../test/support/templates';
import type { Files, ReadFile } from './files';

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
 * The templates with sample data pinned on their first node: what that node would give for the package's own
 * samples, in the form that is set in it. The same each time: ids and times are fixed.
 */
export function templatePins(read: ReadFile): Files {
	const files: Files = {};
	for (const template of TEMPLATES) {
		const path = `examples/${template}.json`;
		const workflow = JSON.parse(read(path)) as Workflow;
		const pinned = { ...workflow, pinData: pinDataOf(workflow, PINNED_EVENTS[template] ?? []) };
		files[path] = `${JSON.stringify(pinned, null, '\t')}\n`;
	}
	return files;
}

function pinDataOf({ nodes }: Workflow, events: readonly KnownEventType[]) {
	const first = nodes.find(({ type }) => /\.(jofiTrigger|executeWorkflowTrigger)$/.test(type));
	if (events.length === 0 || !first) return {};
	const settings = settingsOf(first.parameters, 'UTC', 1.1);
	const items = events.map((type) => {
		const event = sampleEvent(type, Date.UTC(2026, 1, 3, 12, 43, 36));
		const id = `evt_sample_${String(ALL_EVENTS.indexOf(type) + 1).padStart(12, '0')}`;
		return toItem({ ...event, id }, settings, { receivedAt: 0, verifiedBy: null });
	});
	return { [first.name]: items.map((json) => ({ json })) };
}
