/** The trigger has forgotten what it saw when n8n starts again. Then the templates keep order. */
import { EVENT_TYPES } from '../../support/jofi';
import {
	DATABASE,
	FORGED_LINES,
	personalEvent,
	TemplateHarness,
} from '../../support/templateHarness';
import { golden } from '../../support/templates';

const SHEET_TEMPLATE = '1-every-event-into-a-sheet';
const SHEET = '1EventsSheetEventsSheetEventsSheet';
const NEVER_TWICE = '6-never-twice';
const TABLES = '7-no-google-account';
const repeated = personalEvent('invitation.created', {}, 'evt_repeated');

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({
		ownServer: true,
		env: { N8N_DATA_TABLES_MAX_SIZE_BYTES: DATABASE === 'SQLite' ? '60000' : '60000000' },
	});
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
		const event = personalEvent('invitation.created', FORGED_LINES);
		const mails = await harness.mailsDuring(async () => {
			const deliver = async () => await harness.deliver(NEVER_TWICE, event);
			const runs = await harness.runsDuring(NEVER_TWICE, 1, deliver);
			expect(runs).toMatchObject([{ status: 'error' }]);
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
		expect(await harness.rest.tableRows('jofi events')).toMatchObject([
			{ event_id: 'evt_table_1', first_name: 'Lin' },
			{ event_id: 'evt_table_2', first_name: '=1+1' },
		]);
	});
});

// PostgreSQL's empty tables are larger than this.
(DATABASE === 'SQLite' ? it : it.skip)(
	'7: fails when n8n has no room for more rows, and takes the event once there is room',
	async () => {
		const long = { event_id: 'old', full_name: 'x'.repeat(10_000) };
		await harness.addRows('jofi events', Array<typeof long>(8).fill(long));
		const event = personalEvent('invitation.accepted', { id: 7 }, 'evt_full');
		const deliver = async () => await harness.deliver(TABLES, event);
		const [failed] = await harness.runsDuring(TABLES, 1, deliver);
		const id = failed?.id ?? '';
		expect(await harness.rest.errorOf(id)).toContain('Data table size limit exceeded');

		await harness.setTimes('jofi events', 'createdAt', '2020-01-01 00:00:00.000');
		await harness.runByHand(TABLES, 'Every Monday at 7');
		await harness.retry(TABLES, id);
		const people = await harness.rest.tableRows('jofi people');
		expect(people).toContainEqual(expect.objectContaining({ event_id: 'evt_full' }));
	},
);
