import { eventually } from '../../support/eventually';
import { askForm } from '../../support/forms';
import { lastAssessment, Office, personalEvent } from '../../support/office';

const PEOPLE = '7-no-google-account';
const MAIL = '3-mail-when-all-completed';
const TEMPLATE = '13-forget-a-person';
const LOGIN = { user: 'privacy', password: 'only for us' };
const ADDRESS = 'ann.lee@example.com';
/** Addresses of others that look alike. */
const OTHERS = ['joann.lee@example.com', 'ann.lee@example.com.au', 'ann-lee@example.com'];

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

it('deletes each row and each run that holds the address, and no other', async () => {
	await office.runs(PEOPLE, [
		personalEvent('invitation.created', { id: 1, email: 'Ann.Lee@Example.com' }),
		...OTHERS.map((email, index) => personalEvent('invitation.created', { id: 2 + index, email })),
		personalEvent('test_taker.created', { id: 9, invitation_id: 1, email: ADDRESS }),
	]);
	// A run that failed, with the address inside a text.
	office.mail.refuseNext(3);
	await office.deliver(MAIL, lastAssessment({ first_name: `Please write to\n${ADDRESS}` }));
	await office.rest.finishedExecutions(office.workflowOf(MAIL).id, 1);

	expect((await submit('wrong')).status).toBe(401);
	expect(await allThatIsKept()).toMatch(/ann\.lee@example\.com/i);

	expect((await submit(LOGIN.password)).status).toBe(200);
	const [report] = await eventually(
		'the report',
		async () => office.mail.mails,
		(mails) => mails.length > 0,
	);
	expect(report?.text).toContain('Rows deleted from data tables: 3\nRuns deleted: 3\n');
	expect(report?.text).not.toContain('ann');

	const kept = await eventually(
		'the end of the run itself',
		allThatIsKept,
		(text) => !/[^o]ann\.lee@example\.com[^.]/i.test(text),
	);
	for (const other of OTHERS) expect(kept).toContain(other);
	expect((await office.tableRows('jofi people')).map(({ email }) => email)).toEqual(OTHERS);
	expect(await listedRuns(TEMPLATE)).toEqual([]);
	expect(await listedRuns(MAIL)).toEqual([]);
	expect(await listedRuns(PEOPLE)).toHaveLength(OTHERS.length);
});

it('says so when there is nothing to delete', async () => {
	const before = office.mail.mails.length;
	await submit(LOGIN.password);
	const mails = await eventually(
		'the report',
		async () => office.mail.mails.slice(before),
		(all) => all.length > 0,
	);
	expect(mails[0]?.text).toContain('Rows deleted from data tables: 0\nRuns deleted: 0\n');
});

it('deletes nothing while Settings are empty, and the form says what to fill in', async () => {
	const kept = await allThatIsKept();
	await office.rest.unpublish(office.workflowOf(TEMPLATE));
	const settings = { from_email: '', to_email: '', tables_begin_with: '' };
	await office.use(TEMPLATE, undefined, { settings });
	const mails = office.mail.mails.length;

	const page = await askForm(office, TEMPLATE, LOGIN);
	expect(await page.text()).toContain(
		'Not ready yet. In n8n, open this workflow and fill in what is still empty in the node Settings: from_email, to_email, tables_begin_with. Then publish it again. Until then this form deletes nothing.',
	);
	expect((await submit(LOGIN.password, OTHERS[0])).status).toBe(500);
	expect(await allThatIsKept()).toBe(kept);
	expect(office.mail.mails).toHaveLength(mails);
});

/** The runs of a template that are still there. */
async function listedRuns(template: string) {
	return await office.rest.listedExecutions({ workflowId: office.workflowOf(template).id });
}

/** Enters an address into the form. */
async function submit(password: string, address = ADDRESS): Promise<Response> {
	return await askForm(office, TEMPLATE, { ...LOGIN, password }, [address.toUpperCase()]);
}

/** All rows of JOFI's data tables and all runs, as one text. */
async function allThatIsKept(): Promise<string> {
	const rows = [await office.tableRows('jofi events'), await office.tableRows('jofi people')];
	const runs = [];
	for (const template of [PEOPLE, MAIL, TEMPLATE]) {
		for (const { id } of await listedRuns(template)) {
			runs.push(await office.rest.execution(id));
		}
	}
	return JSON.stringify([rows, runs]);
}
