import { eventually } from '../../support/eventually';
import { requestForm } from '../../support/forms';
import { lastAssessment, TemplateHarness, personalEvent } from '../../support/templateHarness';

const PEOPLE = '7-no-google-account';
const MAIL = '3-mail-when-all-completed';
const TEMPLATE = '13-forget-a-person';
const LOGIN = { user: 'privacy', password: 'only for us' };
const ADDRESS = 'neil@example.com';
/** Addresses of others that look alike. */
const OTHERS = ["o'neil@example.com", 'x=neil@example.com', 'neil@example.com.au'];

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.addKeyOfN8n();
	await harness.addCredential('httpBasicAuth', LOGIN);
	await harness.publishTemplate(PEOPLE);
	await harness.publishTemplate(MAIL);
	await harness.publishTemplate(TEMPLATE);
});

afterAll(async () => {
	await harness?.stop();
});

it('deletes each row and each run of the person, and no other', async () => {
	await harness.deliverInTurn(PEOPLE, [
		personalEvent('invitation.created', { id: 12, email: 'Neil@Example.com', person_id: 'P-7' }),
		...OTHERS.map((email, index) =>
			personalEvent('invitation.created', {
				id: 120 + index,
				email,
				person_id: index === 0 ? 'P-7' : '12',
				assessment_url: null,
				test_taker_id: null,
			}),
		),
		personalEvent('test_taker.created', { id: 9, invitation_id: 12, email: ADDRESS }),
	]);
	await harness.addTable(
		'jofi reminders',
		['invitation_id', 'reminder'],
		[
			{ invitation_id: '12', reminder: 'accept' },
			{ invitation_id: '120', reminder: 'accept' },
		],
	);
	await harness.addTable(
		'jofi invited',
		['person_id', 'assessment_url'],
		[
			{ person_id: 'P-7', assessment_url: 'https://example.com/theirs' },
			{ person_id: '12', assessment_url: 'https://example.com/of-somebody-else' },
		],
	);
	// A run that failed, with the address inside a text.
	harness.mail.refuseNext(3);
	await harness.deliver(MAIL, lastAssessment({ first_name: `Please write to\n${ADDRESS}.` }));
	await harness.rest.finishedExecutions(harness.workflowOf(MAIL).id, 1);

	expect((await submit('wrong')).status).toBe(401);
	expect(await harness.tableRows('jofi reminders')).toHaveLength(2);

	expect((await submit(LOGIN.password)).status).toBe(200);
	expect(harness.mail.mails[0]?.text).toContain(
		'Rows deleted from data tables: 5\nRuns deleted: 3\n' +
			'Rows left, because they have the same ids but another email address: 2.',
	);
	expect(harness.mail.mails[0]?.text).not.toContain('neil');

	const emails = async (table: string) =>
		(await harness.tableRows(table)).map(({ email }) => email);
	expect(await emails('jofi people')).toEqual(OTHERS);
	expect(await emails('jofi events')).toEqual(OTHERS);
	expect(await harness.tableRows('jofi reminders')).toMatchObject([{ invitation_id: '120' }]);
	expect(await harness.tableRows('jofi invited')).toMatchObject([{ person_id: '12' }]);
	await eventually(
		'the end of the run itself',
		async () => await listedRuns(TEMPLATE),
		(runs) => runs.length === 0,
	);
	expect(await listedRuns(MAIL)).toEqual([]);
	const kept = await Promise.all(
		(await listedRuns(PEOPLE)).map(async ({ id }) =>
			JSON.stringify(await harness.rest.execution(id)),
		),
	);
	expect(kept.map((run) => OTHERS.findIndex((other) => run.includes(other))).sort()).toEqual([
		0, 1, 2,
	]);
});

it('says so when there is nothing to delete', async () => {
	await submit(LOGIN.password);
	expect(harness.mail.mails.at(-1)?.text).toContain(
		'Rows deleted from data tables: 0\nRuns deleted: 0\n\n',
	);
});

it('deletes nothing while Settings are empty, and the form says what to fill in', async () => {
	await harness.rest.unpublish(harness.workflowOf(TEMPLATE));
	const settings = { from_email: '', to_email: '', tables_begin_with: '' };
	await harness.publishTemplate(TEMPLATE, undefined, { settings });
	const mails = harness.mail.mails.length;

	const page = await requestForm(harness, TEMPLATE, LOGIN);
	expect(await page.text()).toContain(
		'Not ready yet. In n8n, open this workflow and fill in what is still empty in the node Settings: from_email, to_email, tables_begin_with. Then publish it again. Until then this form deletes nothing.',
	);
	expect((await submit(LOGIN.password, OTHERS[0])).status).toBe(500);
	expect(await harness.tableRows('jofi people')).toHaveLength(OTHERS.length);
	expect(harness.mail.mails).toHaveLength(mails);
});

/** The runs of a template that are still there. */
async function listedRuns(template: string) {
	return await harness.rest.listedExecutions({ workflowId: harness.workflowOf(template).id });
}

/** Enters an address into the form; the answer comes once the run has ended. */
async function submit(password: string, address = ADDRESS): Promise<Response> {
	return await requestForm(harness, TEMPLATE, { ...LOGIN, password }, [address.toUpperCase()]);
}
