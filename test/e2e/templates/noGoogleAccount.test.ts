import { Workbook } from 'exceljs';
import { TemplateHarness, personalEvent } from '../../support/templateHarness';

const TEMPLATE = '7-no-google-account';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(TEMPLATE);
});

it('keeps one row for each event in a data table, and sends the week as an Excel file', async () => {
	const events = (['invitation.created', 'test_taker.assessment_completed'] as const).map(
		(type, index) =>
			personalEvent(
				type,
				// Excel takes no longer cells.
				{ first_name: '=1+1', last_name: 'x'.repeat(33_000) },
				`evt_table_${index + 1}`,
			),
	);
	await harness.deliverInTurn(TEMPLATE, events);

	const rows = await harness.tableRows('jofi events');
	expect(rows).toMatchObject([
		{ event_id: 'evt_table_1', first_name: '=1+1', invitation_id: '12345', scorecard_url: null },
		{
			event_id: 'evt_table_2',
			assessments_completed: 2,
			all_assessments_completed: false,
			team_name: 'Recruiting',
		},
	]);

	const started = harness.mail.mails.length;
	await harness.runByHand(TEMPLATE, 'Every Monday at 7');
	const [sent] = harness.mail.mails.slice(started);
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
	expect(header).toEqual(expect.arrayContaining(['full_name', 'career_navigation_profile_id']));
	expect(lines[0]?.[header.indexOf('event_created_at')]).toBe('2026-02-03 05:41:36');
	expect(lines.map((line) => line[header.indexOf('event_id')])).toEqual([
		'evt_table_1',
		'evt_table_2',
	]);
	// A formula would be read as an object.
	expect(lines.map((line) => line[header.indexOf('first_name')])).toEqual(['=1+1', '=1+1']);
});

it('keeps one row for each person, which later events fill further and never empty', async () => {
	const person = { id: 4711, person_id: 'APPLICANT-4711', first_name: 'Pat', last_name: 'Lee' };
	const { id, ...same } = { ...person };
	await harness.deliverInTurn(TEMPLATE, [
		personalEvent('invitation.created', { ...person, accepted_at: null }),
		personalEvent('invitation.accepted', { ...person, team: { id: 1, display_name: 'Sales' } }),
		personalEvent('test_taker.assessment_completed', { ...same, invitation_id: id, team: null }),
		personalEvent('career_navigation_profile.created', { ...same, invitation_id: id }),
	]);
	const rows = (await harness.tableRows('jofi people')).filter(
		(row) => row.invitation_id === String(id),
	);
	expect(rows).toMatchObject([
		{
			person_id: 'APPLICANT-4711',
			full_name: 'Pat Lee',
			custom_id: 'ABC123',
			event_name: 'Career Navigation Profile Created',
			invitation_accepted_at: '2026-02-03T12:43:20.034681+00:00',
			test_taker_id: '12345',
			career_navigation_profile_id: 'CNP1234567890',
			assessments_completed: 2,
			all_assessments_completed: false,
		},
	]);
});

it('fails when n8n has no room for more rows, and takes the event once there is room', async () => {
	const full = await TemplateHarness.start({
		// PostgreSQL's empty tables are larger than this.
		database: 'SQLite',
		env: { N8N_DATA_TABLES_MAX_SIZE_BYTES: '60000' },
		ownServer: true,
	});
	await full.publishTemplate(TEMPLATE);
	await full.deliverInTurn(TEMPLATE, [personalEvent('invitation.created', {}, 'evt_full_1')]);
	const long = 'x'.repeat(10_000);
	await full.addRows(
		'jofi events',
		Array.from({ length: 8 }, () => ({ event_id: 'old', full_name: long })),
	);
	await full.deliver(TEMPLATE, personalEvent('invitation.accepted', {}, 'evt_full_2'));
	const [failed] = await full.rest.firstExecutions(full.workflowOf(TEMPLATE).id, 2);
	expect(await full.rest.errorOf(failed?.id ?? '')).toContain('Data table size limit exceeded');

	await full.setTimes('jofi events', 'createdAt', '2020-01-01 00:00:00.000');
	await full.runByHand(TEMPLATE, 'Every Monday at 7');
	await full.retry(TEMPLATE, failed?.id ?? '');
	expect(await full.tableRows('jofi people')).toMatchObject([{ event_id: 'evt_full_2' }]);
});
