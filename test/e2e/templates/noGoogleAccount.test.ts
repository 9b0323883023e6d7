import { Workbook } from 'exceljs';
import { Office, personalEvent } from '../../support/office';
import { golden } from '../../support/templates';

const TEMPLATE = '7-no-google-account';

let office: Office;

beforeAll(async () => {
	office = await Office.open();
	await office.use(TEMPLATE);
});

afterAll(async () => {
	await office?.close();
});

it('keeps one row for each event in a data table, and sends the week as an Excel file', async () => {
	const events = (['invitation.created', 'test_taker.assessment_completed'] as const).map(
		(type, index) => personalEvent(type, { first_name: '=1+1' }, `evt_table_${index + 1}`),
	);
	await office.runs(TEMPLATE, events);

	const rows = await office.tableRows('jofi events');
	expect(rows).toMatchObject([
		{ event_id: 'evt_table_1', first_name: '=1+1', invitation_id: '12345', scorecard_url: null },
		{
			event_id: 'evt_table_2',
			assessments_completed: 2,
			all_assessments_completed: false,
			team_name: 'Recruiting',
		},
	]);

	const started = office.mail.mails.length;
	await office.runByHand(TEMPLATE, 'Every Monday at 7');
	const [sent] = office.mail.mails.slice(started);
	expect(sent?.subject).toMatch(/^JOFI events of the week until \d{4}-\d\d-\d\d$/);
	expect(sent?.attachments).toHaveLength(1);
	expect(sent?.attachments[0]?.filename).toMatch(/^jofi-events-\d{4}-\d\d-\d\d\.xlsx$/);

	const workbook = new Workbook();
	await workbook.xlsx.load(
		sent?.attachments[0]?.content as unknown as Parameters<typeof workbook.xlsx.load>[0],
	);
	expect(workbook.worksheets.map(({ name }) => name)).toEqual(['JOFI events']);
	const cells: unknown[][] = [];
	workbook.worksheets[0]?.eachRow((row) => cells.push((row.values as unknown[]).slice(1)));
	const [header = [], ...lines] = cells;
	expect(header).toEqual(golden('1-every-event-into-a-sheet')[0]);
	expect(lines.map((line) => line[header.indexOf('event_id')])).toEqual([
		'evt_table_1',
		'evt_table_2',
	]);
	// A formula would be read as an object.
	expect(lines.map((line) => line[header.indexOf('first_name')])).toEqual(['=1+1', '=1+1']);
});
