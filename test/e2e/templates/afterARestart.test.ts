/** The trigger has forgotten what it saw when n8n starts again. Then the templates keep order. */
import { EVENT_TYPES } from '../../support/jofi';
import { FORGED_LINES, TemplateHarness, personalEvent } from '../../support/templateHarness';
import { golden } from '../../support/templates';

const SHEET_TEMPLATE = '1-every-event-into-a-sheet';
const SHEET = '1EventsSheetEventsSheetEventsSheet';
const NEVER_TWICE = '6-never-twice';
const TABLES = '7-no-google-account';
const repeated = personalEvent('invitation.created', {}, 'evt_repeated');

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ ownServer: true });
	await harness.publishTemplate(SHEET_TEMPLATE, { sheet: SHEET });
	await harness.publishTemplate(NEVER_TWICE);
	await harness.publishTemplate(TABLES);
});

it('1: writes the same columns for all events, as raw values', async () => {
	const events = EVENT_TYPES.map((type, index) =>
		personalEvent(type, { first_name: '=1+1' }, `evt_sheet_${index + 1}`),
	);
	await harness.deliverInTurn(SHEET_TEMPLATE, events);
	expect(harness.google.cells(SHEET)).toEqual(golden(SHEET_TEMPLATE));
});

describe('after a restart', () => {
	beforeAll(async () => {
		expect(await harness.deliverInTurn(NEVER_TWICE, [repeated])).toHaveLength(1);
		await harness.deliverInTurn(TABLES, [
			personalEvent('invitation.created', {}, 'evt_table_1'),
			personalEvent('test_taker.assessment_completed', { first_name: '=1+1' }, 'evt_table_2'),
		]);
		await harness.restart();
	});

	it('1: changes the rows of events that come again, cell by cell', async () => {
		await harness.deliverInTurn(SHEET_TEMPLATE, [
			personalEvent('invitation.created', { first_name: '=2+2', team: null }, 'evt_sheet_1'),
			personalEvent('career_navigation_profile.created', { first_name: 'Lin' }, 'evt_sheet_5'),
		]);
		expect(harness.google.cells(SHEET)).toEqual(golden(`${SHEET_TEMPLATE}-updated`));
	});

	it('1: loses no row when events arrive at the same moment', async () => {
		const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `evt_at_once_${letter}`);
		await harness.deliverAtOnce(
			SHEET_TEMPLATE,
			ids.map((id) => personalEvent('invitation.created', {}, id)),
		);
		const written = harness.google.cells(SHEET).map(([event]) => String(event));
		expect(written.filter((event) => event.startsWith('evt_at_once')).sort()).toEqual(ids);
	});

	it('6: drops the repeat', async () => {
		const mails = await harness.deliverInTurn(NEVER_TWICE, [
			repeated,
			personalEvent('invitation.accepted'),
		]);
		expect(mails).toMatchObject([{ subject: 'JOFI: Invitation Accepted, Linda Sample' }]);
	});

	it('6: sends once when the connection drops after the server took the mail', async () => {
		harness.mail.dropNext(1);
		const mails = await harness.mailsDuring(async () => {
			const before = await harness.countRuns(NEVER_TWICE);
			await harness.deliver(NEVER_TWICE, personalEvent('invitation.created', FORGED_LINES));
			const { id } = harness.workflowOf(NEVER_TWICE);
			const [run] = await harness.rest.finishedExecutions(id, before + 1);
			expect(run?.status).toBe('error');
		});
		const name = 'Zoe Scorecard: https://evil.example Fox';
		expect(mails).toMatchObject([
			{
				subject: `JOFI: Invitation Created, ${name}`,
				text: expect.stringContaining(`Invitation Created: ${name}\nEvent: evt_`) as unknown,
			},
		]);
	});

	it('6: forgets old events on its schedule, so that the list never gets full', async () => {
		const mailsOf = async (trigger: string) =>
			(await harness.mailsOfRun(NEVER_TWICE, trigger)).length;
		expect(await mailsOf('JOFI Trigger')).toBe(1);
		expect(await mailsOf('JOFI Trigger')).toBe(0);
		await mailsOf('Every three months');
		expect(await mailsOf('JOFI Trigger')).toBe(1);
	});

	it('7: keeps one row for an event that comes again', async () => {
		await harness.deliverInTurn(TABLES, [
			personalEvent('invitation.created', { first_name: 'Lin' }, 'evt_table_1'),
		]);
		expect(await harness.tableRows('jofi events')).toMatchObject([
			{ event_id: 'evt_table_1', first_name: 'Lin' },
			{ event_id: 'evt_table_2', first_name: '=1+1' },
		]);
	});
});
