/** The trigger has forgotten what it saw when n8n starts again. Then the templates keep order. */
import { EVENT_TYPES } from '../../support/jofi';
import { FORGED_LINES, TemplateHarness, personalEvent } from '../../support/templateHarness';
import { golden } from '../../support/templates';

const SHEET = '1EventsSheetEventsSheetEventsSheet';
const repeated = personalEvent('invitation.created', {}, 'evt_repeated');
const subject = 'JOFI: Invitation Created, Linda Sample';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ ownServer: true });
	await harness.publishTemplate('1-every-event-into-a-sheet', SHEET);
	await harness.publishTemplate('6-never-twice');
	await harness.publishTemplate('7-no-google-account');

	await harness.deliverInTurn(
		'1-every-event-into-a-sheet',
		EVENT_TYPES.map((type, index) =>
			personalEvent(type, { first_name: '=1+1' }, `evt_sheet_${index + 1}`),
		),
	);
	await harness.deliverInTurn('6-never-twice', [repeated]);
	expect(harness.mail.about(subject)).toHaveLength(1);
	await harness.deliverInTurn('7-no-google-account', [
		personalEvent('invitation.created', {}, 'evt_table_1'),
		personalEvent('test_taker.assessment_completed', { first_name: '=1+1' }, 'evt_table_2'),
	]);
	await harness.restart();
});

describe('6: never twice', () => {
	it('drops the repeat', async () => {
		await harness.deliverInTurn('6-never-twice', [repeated, personalEvent('invitation.accepted')]);
		expect(harness.mail.about(subject)).toHaveLength(1);
		expect(harness.mail.about('JOFI: Invitation Accepted, Linda Sample')).toHaveLength(1);
	});

	it('sends once when the connection drops after the server took the mail', async () => {
		const before = await harness.countRuns('6-never-twice');
		harness.mail.dropNext(1);
		await harness.deliver('6-never-twice', personalEvent('invitation.created', FORGED_LINES));
		const { id } = harness.workflowOf('6-never-twice');
		const [run] = await harness.rest.finishedExecutions(id, before + 1);
		expect(run?.status).toBe('error');
		const name = 'Zoe Scorecard: https://evil.example Fox';
		const [mail, ...more] = harness.mail.about(`JOFI: Invitation Created, ${name}`);
		expect(mail?.text).toMatch(`Invitation Created: ${name}\nEvent: evt_`);
		expect(more).toEqual([]);
	});

	it('forgets old events on its schedule, so that the list never gets full', async () => {
		const pinned = 'JOFI: Invitation Created, Jörg Müller-Lüdenscheidt';
		const runAndCount = async (trigger: string) => {
			await harness.runByHand('6-never-twice', trigger);
			return harness.mail.about(pinned).length;
		};
		expect(await runAndCount('JOFI Trigger')).toBe(1);
		expect(await runAndCount('JOFI Trigger')).toBe(1);
		await runAndCount('Every three months');
		expect(await runAndCount('JOFI Trigger')).toBe(2);
	});
});

describe('1: every event into a sheet', () => {
	it('changes the rows of events that come again, cell by cell', async () => {
		await harness.deliverInTurn('1-every-event-into-a-sheet', [
			personalEvent('invitation.created', { first_name: '=2+2', team: null }, 'evt_sheet_1'),
			personalEvent('career_navigation_profile.created', { first_name: 'Lin' }, 'evt_sheet_5'),
		]);
		expect(harness.google.cells(SHEET)).toEqual(golden('1-every-event-into-a-sheet-updated'));
	});

	it('loses no row when events arrive at the same moment', async () => {
		const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `evt_at_once_${letter}`);
		await harness.deliverAtOnce(
			'1-every-event-into-a-sheet',
			ids.map((id) => personalEvent('invitation.created', {}, id)),
		);
		const written = harness.google.cells(SHEET).map(([event]) => event);
		expect(written.filter((event) => String(event).startsWith('evt_at_once')).sort()).toEqual(ids);
	});
});

describe('7: no Google account', () => {
	it('keeps one row for an event that comes again', async () => {
		await harness.deliverInTurn('7-no-google-account', [
			personalEvent('invitation.created', { first_name: 'Lin' }, 'evt_table_1'),
		]);
		expect(await harness.tableRows('jofi events')).toMatchObject([
			{ event_id: 'evt_table_1', first_name: 'Lin' },
			{ event_id: 'evt_table_2', first_name: '=1+1' },
		]);
	});
});
