import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_CATALOGUE, type KnownEventType } from '../../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../../nodes/Jofi/events/samples';
import { toItem, type Item } from '../../nodes/Jofi/items/toItem';
import { asObject } from '../../nodes/Jofi/json';
import { columnsChosen } from '../../nodes/Jofi/trigger/parameters';
import { DEFAULT_SETTINGS, type Settings } from '../../nodes/Jofi/trigger/parameters';

export const examplesFolder = join(__dirname, '../../examples');

const ALL_EVENTS = EVENT_CATALOGUE.map(({ type }) => type);

/** Which samples each template has pinned; none if it starts by itself. */
export const TEMPLATE_PINS: Record<string, readonly KnownEventType[]> = {
	// Tried with the sample page, so nothing is pinned.
	'0-first-rows': [],
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
	'9-remind': [],
	'10-weekly-digest': [],
	'11-microsoft-365': ['test_taker.assessment_completed'],
	'12-by-team': ['test_taker.assessment_completed'],
	'13-forget-a-person': [],
	// JOFI does not know the people of the samples, so it can't be asked about them.
	'14-scores-into-a-sheet': [],
	'15-invite-from-a-form': [],
	'16-catch-up': [],
	'17-watch': [],
	'18-ats-round-trip': [],
};

/**
 * What the first node of a template would give for its samples, in the form that is set in that node. The
 * same each time: ids and times are fixed.
 *
 * @param template - the name of its file in examples/, without `.json`
 */
export function pinnedItems(template: string): Array<{ json: Item }> {
	const events = TEMPLATE_PINS[template];
	if (!events) throw new Error(`Say in TEMPLATE_PINS which samples ${template} has pinned`);
	const { columnChoice, columns, options } = firstNode(template)?.parameters ?? {};
	const settings: Settings = {
		...DEFAULT_SETTINGS,
		columns: columnsChosen(columnChoice, columns),
		dateFormat: asObject(options).dateFormat === 'spreadsheet' ? 'spreadsheet' : 'iso',
	};
	return events.map((type) => {
		const event = sampleEvent(type, Date.UTC(2026, 1, 3, 12, 43, 36));
		const id = `evt_sample_${String(ALL_EVENTS.indexOf(type) + 1).padStart(12, '0')}`;
		return {
			json: toItem({ ...event, id }, settings, { receivedAt: 0, verifiedBy: null }),
		};
	});
}

/** A template's pinned data by the name of its first node, as n8n keeps it. */
export function pinDataOf(template: string): Record<string, Array<{ json: Item }>> {
	const pinned = pinnedItems(template);
	return pinned.length > 0 ? { [firstNode(template)?.name ?? '']: pinned } : {};
}

/** The node that a template has its samples pinned on. */
function firstNode(template: string) {
	const { nodes } = JSON.parse(readFileSync(join(examplesFolder, `${template}.json`), 'utf8')) as {
		nodes: Array<{ name: string; type: string; parameters: Record<string, unknown> }>;
	};
	return nodes.find(({ type }) => /\.(jofiTrigger|executeWorkflowTrigger)$/.test(type));
}
