import { eventually } from '../../support/eventually';
import { requestForm } from '../../support/forms';
import type { Reply, Visit } from '../../support/outside/internet';
import { lastAssessment, TemplateHarness, personalEvent } from '../../support/templateHarness';

const PEOPLE = '7-no-google-account';
const MAIL = '3-mail-when-all-completed';
const TEMPLATE = '13-forget-a-person';
const LOGIN = { user: 'privacy', password: 'only for us' };
const ADDRESS = 'neil@example.com';
const theirs = { person_id: 'P-13', assessment_url: 'https://example.com/13' };
/** The invitation of the person. */
const ID = 12;
/** Addresses of others that look alike. */
const OTHERS = ["o'neil@example.com", 'x=neil@example.com', 'neil@example.com.au'];

/** Where the templates reach n8n's API. */
const HOST = 'n8n.example.com';

let harness: TemplateHarness;
/** The run that n8n deletes before it is asked about it, and one that it can't read. */
let goneRun: string | undefined;
let brokenRun: string | undefined;

beforeAll(async () => {
	// Each time it reads all runs, also those that other test files left in the shared n8n.
	harness = await TemplateHarness.start({ services: { [HOST]: apiOfN8n }, ownServer: true });
	await harness.addKeyOfN8n(`https://${HOST}`);
	await harness.addCredential('httpBasicAuth', LOGIN);
	await harness.publishTemplate(PEOPLE);
	await harness.publishTemplate(MAIL);
	await harness.publishTemplate(TEMPLATE);
});

it('deletes each row and each run of the person, and no other', async () => {
	// A run that failed, with the address inside a text. More than fifty newer runs follow.
	harness.mail.refuseNext(3);
	await harness.deliver(MAIL, lastAssessment({ first_name: `Please write to\n${ADDRESS}.` }));
	await harness.rest.firstExecutions(harness.workflowOf(MAIL).id, 1);
	await harness.deliverAtOnce(
		MAIL,
		Array.from({ length: 50 }, () => lastAssessment({})),
	);
	await harness.deliverInTurn(PEOPLE, [
		personalEvent('invitation.created', { id: ID, email: 'Neil@Example.com', ...theirs }),
		personalEvent('test_taker.created', {
			id: 9 * ID,
			invitation_id: ID,
			email: ADDRESS,
			...theirs,
		}),
		...OTHERS.map((email, index) =>
			personalEvent('invitation.created', {
				id: 10 * ID + index,
				email,
				person_id: index === 0 ? theirs.person_id : String(ID),
				assessment_url: null,
				test_taker_id: null,
			}),
		),
	]);
	await harness.addTable('jofi reminders', [
		{ invitation_id: String(ID), reminder: 'accept' },
		{ invitation_id: String(10 * ID), reminder: 'accept' },
	]);
	await harness.addTable('jofi invited', [
		theirs,
		{ person_id: String(ID), assessment_url: 'https://example.com/of-somebody-else' },
	]);

	expect(await submit(401, ADDRESS, 'wrong')).toEqual([]);
	expect(await harness.rest.tableRows('jofi reminders')).toHaveLength(2);

	const [mail] = await submit(200);
	expect(mail?.text).toContain(
		'Rows deleted from data tables: 5\nRuns deleted: 3\n' +
			'Rows left, because they have the same ids but another email address: 2.',
	);
	expect(mail?.text).not.toContain('neil');

	for (const table of ['jofi people', 'jofi events']) {
		expect((await harness.rest.tableRows(table)).map(({ email }) => email)).toEqual(OTHERS);
	}
	expect(await harness.rest.tableRows('jofi reminders')).toMatchObject([
		{ invitation_id: String(10 * ID) },
	]);
	expect(await harness.rest.tableRows('jofi invited')).toMatchObject([{ person_id: String(ID) }]);
	await eventually(
		'the end of the run itself',
		async () => await listedRuns(TEMPLATE),
		(runs) => runs.length === 0,
	);
	const kept = await Promise.all(
		(await listedRuns(PEOPLE)).map(async (id) => JSON.stringify(await harness.rest.execution(id))),
	);
	expect(kept.map((run) => OTHERS.findIndex((other) => run.includes(other)))).toEqual([2, 1, 0]);

	const ids = await listedRuns(MAIL);
	expect(ids).toHaveLength(50);
	// Each of the next tests would read them again.
	await harness.rest.call('POST', '/executions/delete', { ids: ids.slice(1) });
});

it('says so when there is nothing to delete, and passes over a run that is gone meanwhile', async () => {
	[goneRun] = await listedRuns(MAIL);
	const [mail] = await submit(200);
	expect(mail?.text).toContain('Rows deleted from data tables: 0\nRuns deleted: 0\n\n');
});

it('deletes nothing when n8n can’t read one of the runs', async () => {
	brokenRun = goneRun;
	expect(await submit(500, OTHERS[0])).toEqual([]);
	expect(await harness.rest.tableRows('jofi people')).toHaveLength(OTHERS.length);
	brokenRun = undefined;
});

/** n8n's own API. */
async function apiOfN8n({ method, url, headers, body }: Visit): Promise<Reply> {
	const [, run] = /\/executions\/(\d+)$/.exec(url.pathname) ?? [];
	if (run !== undefined && run === brokenRun) return { status: 503, json: {} };
	if (run !== undefined && run === goneRun) return { status: 404, json: { message: 'Not Found' } };
	const response = await fetch(`${harness.server.url}${url.pathname}${url.search}`, {
		method,
		headers: { 'x-n8n-api-key': String(headers['x-n8n-api-key']) },
		...(body !== '' && { body }),
	});
	const type = response.headers.get('content-type') ?? '';
	const text = await response.text();
	return { status: response.status, text, headers: { 'content-type': type } };
}

/** The ids of a template's runs that are still there, newest first. */
async function listedRuns(template: string): Promise<string[]> {
	const runs = await harness.rest.listedExecutions({ workflowId: harness.workflowOf(template).id });
	return runs.map(({ id }) => id);
}

/** Enters an address into the form; the answer comes once the run has ended. Gives the mails. */
async function submit(expected: number, address = ADDRESS, password = LOGIN.password) {
	return await harness.mailsDuring(async () => {
		const login = { ...LOGIN, password };
		const { status } = await requestForm(harness, TEMPLATE, login, [address.toUpperCase()]);
		expect(status).toBe(expected);
	});
}
