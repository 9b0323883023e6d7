import { eventually } from '../../support/eventually';
import { askForm } from '../../support/forms';
import { lastAssessment, Office, personalEvent } from '../../support/office';

const PEOPLE = '7-no-google-account';
const MAIL = '3-mail-when-all-completed';
const TEMPLATE = '13-forget-a-person';
const LOGIN = { user: 'privacy', password: 'only for us' };
const ADDRESS = 'neil@example.com';
/** Addresses of others that look alike. */
const OTHERS = ["o'neil@example.com", 'x=neil@example.com', 'neil@example.com.au'];

let office: Office;

beforeAll(async () => {
	office = await Office.open();
	await office.addKeyOfN8n();
	await office.addCredential('httpBasicAuth', LOGIN);
	await office.use(PEOPLE);
	await office.use(MAIL);
	await office.use(TEMPLATE);
});

afterAll(async () => {
	await office?.close();
});

it('deletes each row and each run of the person, and no other', async () => {
	await office.runs(PEOPLE, [
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
	await office.addTable(
		'jofi reminders',
		['invitation_id', 'reminder'],
		[
			{ invitation_id: '12', reminder: 'accept' },
			{ invitation_id: '120', reminder: 'accept' },
		],
	);
	await office.addTable(
		'jofi invited',
		['person_id', 'assessment_url'],
		[
			{ person_id: 'P-7', assessment_url: 'https://example.com/theirs' },
			{ person_id: '12', assessment_url: 'https://example.com/of-somebody-else' },
		],
	);
	// A run that failed, with the address inside a text.
	office.mail.refuseNext(3);
	await office.deliver(MAIL, lastAssessment({ first_name: `Please write to\n${ADDRESS}.` }));
	await office.rest.finishedExecutions(office.workflowOf(MAIL).id, 1);

	expect((await submit('wrong')).status).toBe(401);
	expect(await office.tableRows('jofi reminders')).toHaveLength(2);

	expect((await submit(LOGIN.password)).status).toBe(200);
	expect(office.mail.mails[0]?.text).toContain(
		'Rows deleted from data tables: 5\nRuns deleted: 3\n' +
			'Rows left, because they have the same ids but another email address: 2.',
	);
	expect(office.mail.mails[0]?.text).not.toContain('neil');

	const emails = async (table: string) => (await office.tableRows(table)).map(({ email }) => email);
	expect(await emails('jofi people')).toEqual(OTHERS);
	expect(await emails('jofi events')).toEqual(OTHERS);
	expect(await office.tableRows('jofi reminders')).toMatchObject([{ invitation_id: '120' }]);
	expect(await office.tableRows('jofi invited')).toMatchObject([{ person_id: '12' }]);
	await eventually(
		'the end of the run itself',
		async () => await listedRuns(TEMPLATE),
		(runs) => runs.length === 0,
	);
	expect(await listedRuns(MAIL)).toEqual([]);
	const kept = await Promise.all(
		(await listedRuns(PEOPLE)).map(async ({ id }) =>
			JSON.stringify(await office.rest.execution(id)),
		),
	);
	expect(kept.map((run) => OTHERS.findIndex((other) => run.includes(other))).sort()).toEqual([
		0, 1, 2,
	]);
});

it('says so when there is nothing to delete', async () => {
	await submit(LOGIN.password);
	expect(office.mail.mails.at(-1)?.text).toContain(
		'Rows deleted from data tables: 0\nRuns deleted: 0\n\n',
	);
});

it('deletes nothing while Settings are empty, and the form says what to fill in', async () => {
	await office.rest.unpublish(office.workflowOf(TEMPLATE));
	const settings = { from_email: '', to_email: '', tables_begin_with: '' };
	await office.use(TEMPLATE, undefined, { settings });
	const mails = office.mail.mails.length;

	const page = await askForm(office, TEMPLATE, LOGIN);
	expect(await page.text()).toContain(
		'Not ready yet. In n8n, open this workflow and fill in what is still empty in the node Settings: from_email, to_email, tables_begin_with. Then publish it again. Until then this form deletes nothing.',
	);
	expect((await submit(LOGIN.password, OTHERS[0])).status).toBe(500);
	expect(await office.tableRows('jofi people')).toHaveLength(OTHERS.length);
	expect(office.mail.mails).toHaveLength(mails);
});

/** The runs of a template that are still there. */
async function listedRuns(template: string) {
	return await office.rest.listedExecutions({ workflowId: office.workflowOf(template).id });
}

/** Enters an address into the form; the answer comes once the run has ended. */
async function submit(password: string, address = ADDRESS): Promise<Response> {
	return await askForm(office, TEMPLATE, { ...LOGIN, password }, [address.toUpperCase()]);
}
