import { join } from 'node:path';
import { EVENT_CATALOGUE, type KnownEventType } from '../../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../../nodes/Jofi/events/samples';
import { toItem, type Item, type ItemSettings } from '../../nodes/Jofi/items/toItem';
import { DEFAULT_SETTINGS } from '../../nodes/Jofi/trigger/settings';

export const examplesFolder = join(__dirname, '../../examples');

const ALL_EVENTS = EVENT_CATALOGUE.map(({ type }) => type);

/** Which samples each template has pinned, and with which of the trigger's date formats; none if it starts by itself. */
export const TEMPLATE_PINS: Record<
	string,
	{ events: readonly KnownEventType[]; dateFormat?: ItemSettings['dateFormat'] }
> = {
	// Tried with the sample page, so nothing is pinned.
	'0-first-rows': { events: [] },
	'1-every-event-into-a-sheet': { events: ALL_EVENTS, dateFormat: 'spreadsheet' },
	// One event per run, as JOFI sends them: the Google Sheets node looks for a person's row once a run.
	'2-one-row-per-person': {
		events: ['test_taker.assessment_completed'],
		dateFormat: 'spreadsheet',
	},
	'3-mail-when-all-completed': { events: ['test_taker.assessment_completed'] },
	// Pinned data leaves a node through its first output.
	'4-branch-per-event': { events: ['invitation.accepted'], dateFormat: 'spreadsheet' },
	'5-one-url-many-workflows': { events: ['invitation.accepted'] },
	'5a-invitation-accepted': { events: ['invitation.accepted'] },
	'5b-assessment-completed': { events: ['test_taker.assessment_completed'] },
	'5c-career-navigation': { events: ['career_navigation_profile.created'] },
	'6-never-twice': { events: ['invitation.created'] },
	'7-no-google-account': { events: ALL_EVENTS, dateFormat: 'spreadsheet' },
	'8-chat-message': { events: ['test_taker.assessment_completed'] },
	'9-remind': { events: [] },
	'10-weekly-digest': { events: [] },
	'11-microsoft-365': {
		events: ['test_taker.assessment_completed'],
		dateFormat: 'spreadsheet',
	},
	'12-by-team': { events: ['test_taker.assessment_completed'] },
	'13-forget-a-person': { events: [] },
	// JOFI does not know the people of the samples, so it can't be asked about them.
	'14-scores-into-a-sheet': { events: [] },
	'15-invite-from-a-form': { events: [] },
	'16-catch-up': { events: [] },
	'17-watch': { events: [] },
};

/** What the trigger would give for the samples of a template. The same each time: ids and times are fixed. */
export function pinnedItems(template: string): Array<{ json: Item }> {
	const pins = TEMPLATE_PINS[template];
	if (!pins) throw new Error(`Say in TEMPLATE_PINS which samples ${template} has pinned`);
	const settings = { ...DEFAULT_SETTINGS, dateFormat: pins.dateFormat ?? 'iso' };
	return pins.events.map((type) => {
		const event = sampleEvent(type, Date.UTC(2026, 1, 3, 12, 43, 36));
		const id = `evt_sample_${String(ALL_EVENTS.indexOf(type) + 1).padStart(12, '0')}`;
		return {
			json: toItem({ ...event, id }, settings, { receivedAt: 0, verifiedBy: null }),
		};
	});
}
