import { Workbook } from 'exceljs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedItems, TEMPLATE_PINS } from '../../scripts/templatePins';
import { deliver, hmac, jofiEvent, type EventType, type SentEvent } from '../support/jofi';
import { eventually, N8nRest, waitForWebhook, type SavedWorkflow } from '../support/n8n/rest';
import { N8nServer } from '../support/n8n/server';
import { GoogleSheets } from '../support/outside/googleSheets';
import { Internet } from '../support/outside/internet';
import { MailServer } from '../support/outside/mailServer';
import { Slack } from '../support/outside/slack';
import {
	CREDENTIAL_TYPES,
	fillIn,
	importByCommandLine,
	importTemplate,
	readTemplate,
	triggerOf,
	type Credentials,
} from '../support/templates';
import { productionUrl } from '../support/workflows';

const SECRET = 'signing-secret-of-the-templates';
const EVENTS_SHEET = '1EventsSheetEventsSheetEventsSheet';
const PERSONS_SHEET = '1PersonsSheetPersonsSheetPersons';
const BRANCH_SHEET = '1BranchSheetBranchSheetBranchSheet';
const SHEETS: Record<string, string> = {
	'1-every-event-into-a-sheet': EVENTS_SHEET,
	'2-one-row-per-person': PERSONS_SHEET,
	'4-branch-per-event': BRANCH_SHEET,
};
const SUB_WORKFLOWS = ['5a-invitation-accepted', '5b-assessment-completed', '5c-career-navigation'];
const BY_COMMAND_LINE = [...SUB_WORKFLOWS, '5-one-url-many-workflows'];

const NASTY_NAME = { first_name: '<b>Ann', last_name: '& "Bob"</b>' };

const google = new GoogleSheets();
const slack = new Slack();
const mail = new MailServer();
const workflows: Record<string, SavedWorkflow> = {};
let internet: Internet;
let server: N8nServer;
let rest: N8nRest;
let credentials: Credentials;

beforeAll(async () => {
	internet = await Internet.start({
		'oauth2.googleapis.com': google.signIn,
		'sheets.googleapis.com': google.api,
		'slack.com': slack.api,
	});
	await mail.start();
	server = await N8nServer.start({ tarball: process.env.JOFI_TARBALL, env: internet.env });
	rest = new N8nRest(server);
	await rest.setUpOwner();
	credentials = {
		jofiWebhookApi: await rest.createCredential('jofiWebhookApi', {
			verificationMethod: 'hmac',
			signingSecret: SECRET,
		}),
		smtp: await rest.createCredential('smtp', mail.credential),
		slackApi: await rest.createCredential('slackApi', { accessToken: slack.token }),
		googleSheetsOAuth2Api: await signInToGoogle(),
	};
});

afterAll(async () => {
	await server.dispose();
	await mail.stop();
	await internet.stop();
});

describe('importing', () => {
	it('takes every template as it is, by REST and by command line', async () => {
		for (const template of Object.keys(TEMPLATE_PINS)) {
			if (BY_COMMAND_LINE.includes(template)) continue;
			workflows[template] = await importTemplate(rest, template);
		}
		const imported = await importByCommandLine(server, rest, BY_COMMAND_LINE);
		BY_COMMAND_LINE.forEach((template, index) => {
			workflows[template] = imported[index] as SavedWorkflow;
		});
		expect(Object.keys(workflows)).toHaveLength(Object.keys(TEMPLATE_PINS).length);
	});

	it('finds no fault in them but the credentials that are to be chosen', async () => {
		for (const template of Object.keys(TEMPLATE_PINS)) {
			const workflow = workflowOf(template);
			const issues = await issuesOf(workflow);
			const toBeChosen = workflow.nodes.filter(({ type }) => type in CREDENTIAL_TYPES);
			expect({ template, issues }).toEqual({
				template,
				issues: toBeChosen.map(() => 'Missing required credential'),
			});
		}
	});

	it('publishes them once the credentials are chosen', async () => {
		for (const template of [...SUB_WORKFLOWS, ...Object.keys(TEMPLATE_PINS)]) {
			const sheet = SHEETS[template];
			const link = sheet === undefined ? undefined : google.create(sheet);
			workflows[template] = await fillIn(rest, workflowOf(template), credentials, link);
			await rest.publish(workflowOf(template));
		}
		for (const template of Object.keys(TEMPLATE_PINS)) {
			if (!SUB_WORKFLOWS.includes(template)) await waitForWebhook(urlOf(template));
		}
	});
});

describe('1: every event into a sheet', () => {
	it('writes the same columns for all events, as raw values', async () => {
		const events = (
			[
				'invitation.created',
				'invitation.accepted',
				'test_taker.created',
				'test_taker.assessment_completed',
				'career_navigation_profile.created',
			] as const
		).map((type, index) => personalEvent(type, { first_name: '=1+1' }, `evt_sheet_${index + 1}`));
		await runs('1-every-event-into-a-sheet', events);

		expect(google.cells(EVENTS_SHEET)).toEqual(golden('1-every-event-into-a-sheet'));
	});
});

describe('2: one row per person', () => {
	it('fills the row of a person further, and never empties it', async () => {
		await runs('2-one-row-per-person', [
			personalEvent('invitation.created', {}, 'evt_person_1'),
			personalEvent(
				'invitation.created',
				{ id: 777, first_name: '=1+1', last_name: null, email: '+49 30@example.com' },
				'evt_person_2',
			),
		]);
		const [header, ...persons] = google.cells(PERSONS_SHEET);
		expect(persons).toHaveLength(2);

		await runs('2-one-row-per-person', [
			personalEvent('invitation.accepted', {}, 'evt_person_3'),
			personalEvent('test_taker.assessment_completed', {}, 'evt_person_4'),
			personalEvent('career_navigation_profile.created', {}, 'evt_person_5'),
		]);
		expect(google.cells(PERSONS_SHEET)[0]).toEqual(header);
		expect(google.cells(PERSONS_SHEET)).toEqual(golden('2-one-row-per-person'));
	});
});

describe('3: mail when someone has finished all assessments', () => {
	const template = '3-mail-when-all-completed';

	it('sends both bodies, with a name that is HTML shown as it is', async () => {
		const started = mail.mails.length;
		const url = urlOf(template);
		const answer = await deliver(
			url,
			personalEvent('test_taker.assessment_completed', NASTY_NAME),
			hmac(SECRET),
		);
		expect(answer.body).toContain('assessments_not_all_completed');

		await runs(template, [
			finished({ ...NASTY_NAME, scorecard_url: 'https://example.com/s?a=1&b=2' }),
		]);
		const mails = mail.mails.slice(started);
		expect(mails).toHaveLength(1);
		const [sent] = mails;
		expect(sent?.subject).toBe('<b>Ann & "Bob"</b> has finished all assessments');
		expect(sent?.text).toBe(
			'<b>Ann & "Bob"</b> has finished all assessments.\n\nTeam: Recruiting\n' +
				'Assessments: JOFI Personality Traits: completed; JOFI Thinking Skills: completed; JOFI Career Interests: completed\n' +
				'Scorecard: https://example.com/s?a=1&b=2\n',
		);
		expect(sent?.html).toContain('<strong>&#60;b&#62;Ann &#38; &#34;Bob&#34;&#60;/b&#62;</strong>');
		expect(sent?.html).not.toContain('<b>');
		expect(sent?.html).toContain(
			'<a href="https://example.com/s?a=1&#38;b=2">open the scorecard</a>',
		);
		expect(sent?.html).toContain('Team: Recruiting');
	});

	it('says so where there is no link, no team and no name', async () => {
		await runs(template, [
			finished({ first_name: null, last_name: null, team: null, scorecard_url: null }),
		]);
		const [sent] = mail.about('A candidate has finished all assessments');
		expect(sent?.text).toContain('Team: not given');
		expect(sent?.text).toContain('Scorecard: no link yet');
		expect(sent?.html).toContain('Scorecard: no link yet');
		expect(sent?.html).not.toContain('null');
	});
});

describe('4: a branch per event', () => {
	it('sends each event down its own branch', async () => {
		const started = mail.mails.length;
		await runs('4-branch-per-event', [
			personalEvent('invitation.accepted', NASTY_NAME),
			personalEvent('test_taker.assessment_completed', { first_name: '=1+1' }, 'evt_branch_1'),
			personalEvent('career_navigation_profile.created', NASTY_NAME),
		]);

		const mails = mail.mails.slice(started);
		expect(mails.map(({ subject }) => subject)).toEqual([
			'<b>Ann & "Bob"</b> has accepted the invitation',
			'Career navigation of <b>Ann & "Bob"</b>',
		]);
		const [accepted, navigation] = mails;
		expect(accepted?.text).toContain('Email: linda.sample@jofiscore.com');
		expect(accepted?.html).toContain('&#60;b&#62;Ann');
		expect(navigation?.text).toContain(
			'Career navigation: https://example.com/career-navigation/CNP1234567890',
		);
		expect(navigation?.html).toContain(
			'<a href="https://example.com/career-navigation/CNP1234567890">',
		);
		expect(navigation?.html).not.toContain('<b>');

		const [header = [], ...rows] = google.cells(BRANCH_SHEET);
		expect(rows).toHaveLength(1);
		expect(rows[0]?.[header.indexOf('event_id')]).toBe('evt_branch_1');
		expect(rows[0]?.[header.indexOf('first_name')]).toBe('=1+1');
	});

	it('writes to whoever sent the invitation, where JOFI says so', async () => {
		await runs('4-branch-per-event', [
			personalEvent('invitation.accepted', {
				first_name: 'Invited',
				last_name: 'by Jane',
				created_by_user_email: 'jane@example.com',
			}),
		]);
		const [sent] = mail.about('Invited by Jane has accepted the invitation');
		expect(sent?.to).toMatchObject({ text: 'jane@example.com' });
	});
});

describe('5: one JOFI URL, many workflows', () => {
	it('runs the workflow of each event once', async () => {
		const started = mail.mails.length;
		await runs('5-one-url-many-workflows', [
			personalEvent('invitation.accepted'),
			personalEvent('test_taker.assessment_completed'),
			personalEvent('career_navigation_profile.created'),
		]);
		for (const template of SUB_WORKFLOWS) {
			const executions = await rest.finishedExecutions(workflowOf(template).id, 1);
			expect(executions.map(({ status, mode }) => ({ status, mode }))).toEqual([
				{ status: 'success', mode: 'integrated' },
			]);
		}
		expect(mail.mails.slice(started).map(({ subject }) => subject)).toEqual([
			'Linda Sample has accepted the invitation',
			'Linda Sample has completed an assessment',
			'Career navigation of Linda Sample',
		]);
	});
});

describe('7: no Google account', () => {
	const template = '7-no-google-account';

	it('keeps one row for each event in a data table, and sends the week as an Excel file', async () => {
		const events = (
			['invitation.created', 'test_taker.assessment_completed'] as const satisfies EventType[]
		).map((type, index) => personalEvent(type, { first_name: '=1+1' }, `evt_table_${index + 1}`));
		await runs(template, events);

		const rows = await tableRows('jofi events');
		expect(rows).toMatchObject([
			{ event_id: 'evt_table_1', first_name: '=1+1', invitation_id: '12345', scorecard_url: null },
			{
				event_id: 'evt_table_2',
				assessments_completed: 2,
				all_assessments_completed: false,
				team_name: 'Recruiting',
			},
		]);

		const started = mail.mails.length;
		await runByHand(template, 'Every Monday at 7');
		await eventually(
			'the mail',
			async () => mail.mails.length,
			(count) => count > started,
		);
		const [sent] = mail.mails.slice(started);
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
		expect(header).toEqual(google.cells(EVENTS_SHEET)[0]);
		expect(lines.map((line) => line[header.indexOf('event_id')])).toEqual([
			'evt_table_1',
			'evt_table_2',
		]);
		// A formula would be read as an object.
		expect(lines.map((line) => line[header.indexOf('first_name')])).toEqual(['=1+1', '=1+1']);
	});
});

describe('8: Slack message on completion', () => {
	it('posts who completed what, with signs that Slack shows as they are', async () => {
		await runs('8-chat-message', [
			personalEvent('test_taker.assessment_completed', {
				first_name: '<!channel>',
				last_name: '& Co',
			}),
			personalEvent('test_taker.assessment_completed', { scorecard_url: null }),
		]);
		expect(slack.messages).toMatchObject([
			{
				channel: '#recruiting',
				text:
					'&lt;!channel&gt; &amp; Co completed JOFI Personality Traits (2 of 3).\n' +
					'Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
			},
			{ channel: '#recruiting', text: 'Linda Sample completed JOFI Personality Traits (2 of 3).' },
		]);
	});
});

describe('after a restart of n8n, when the trigger has forgotten what it saw', () => {
	const repeated = personalEvent('invitation.created', {}, 'evt_repeated');
	const subject = 'JOFI: Invitation Created, Linda Sample';

	beforeAll(async () => {
		await runs('6-never-twice', [repeated]);
		expect(mail.about(subject)).toHaveLength(1);
		await server.crash();
		await server.launch();
		for (const template of ['6-never-twice', '1-every-event-into-a-sheet', '7-no-google-account']) {
			await waitForWebhook(urlOf(template));
		}
	});

	it('6: never twice drops the repeat', async () => {
		await runs('6-never-twice', [repeated, personalEvent('invitation.accepted')]);
		expect(mail.about(subject)).toHaveLength(1);
		expect(mail.about('JOFI: Invitation Accepted, Linda Sample')).toHaveLength(1);
	});

	it('6: forgets old events on its schedule, so that the list never gets full', async () => {
		const template = '6-never-twice';
		const { id } = workflowOf(template);
		const pinned = 'JOFI: Invitation Created, Jörg Müller-Lüdenscheidt';
		const runAndCount = async (trigger: string) => {
			const before = (await rest.executions(id)).length;
			await runByHand(template, trigger);
			await rest.finishedExecutions(id, before + 1);
			return mail.about(pinned).length;
		};
		expect(await runAndCount('JOFI Trigger')).toBe(1);
		expect(await runAndCount('JOFI Trigger')).toBe(1);
		await runAndCount('Every three months');
		expect(await runAndCount('JOFI Trigger')).toBe(2);
	});

	it('1: changes the rows of events that come again, cell by cell', async () => {
		await runs('1-every-event-into-a-sheet', [
			personalEvent('invitation.created', { first_name: '=2+2', team: null }, 'evt_sheet_1'),
			personalEvent('career_navigation_profile.created', { first_name: 'Lin' }, 'evt_sheet_5'),
		]);
		expect(google.cells(EVENTS_SHEET)).toEqual(golden('1-every-event-into-a-sheet-updated'));
	});

	it('1: loses no row when events arrive at the same moment', async () => {
		const { id } = workflowOf('1-every-event-into-a-sheet');
		const before = (await rest.executions(id)).length;
		const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `evt_at_once_${letter}`);
		await Promise.all(
			ids.map(async (event) =>
				deliver(
					urlOf('1-every-event-into-a-sheet'),
					personalEvent('invitation.created', {}, event),
					hmac(SECRET),
				),
			),
		);
		await rest.finishedExecutions(id, before + ids.length);
		const written = google.cells(EVENTS_SHEET).map(([event]) => event);
		expect(written.filter((event) => String(event).startsWith('evt_at_once')).sort()).toEqual(ids);
	});

	it('7: keeps one row for an event that comes again', async () => {
		await runs('7-no-google-account', [
			personalEvent('invitation.created', { first_name: 'Lin' }, 'evt_table_1'),
		]);
		expect(await tableRows('jofi events')).toMatchObject([
			{ event_id: 'evt_table_1', first_name: 'Lin' },
			{ event_id: 'evt_table_2', first_name: '=1+1' },
		]);
	});
});

describe('in the editor', () => {
	it.each(Object.keys(TEMPLATE_PINS))(
		'%s runs with the people that are pinned',
		async (template) => {
			const workflow = workflowOf(template);
			const [pinned = ''] = Object.keys(readTemplate(template).pinData ?? {});
			const before = (await rest.executions(workflow.id)).length;
			await runByHand(template, pinned);
			const [execution] = await rest.finishedExecutions(workflow.id, before + 1);
			expect(execution).toMatchObject({ mode: 'manual', status: 'success' });
			const outputs = await rest.outputsOf(execution?.id ?? '', pinned);
			expect(outputs.map((items) => items.length)).toEqual([pinnedItems(template).length]);
		},
	);
});

it('calls nobody on the internet but Google and Slack', () => {
	// n8n itself asks its makers about community nodes.
	expect(internet.refusedHosts.filter((host) => host !== 'api.n8n.io')).toEqual([]);
});

/** What n8n finds wrong with a workflow when it is to be published, without the names of credentials. */
async function issuesOf(workflow: SavedWorkflow): Promise<string[]> {
	const refusal = await rest.publish(workflow).then(
		() => '{ "message": "" }',
		(error: Error) => error.message.replace(/^[^{]*/, ''),
	);
	const { message } = JSON.parse(refusal) as { message: string };
	return [...message.matchAll(/^ {2}- ([^:\n]*)/gm)].map(([, issue = '']) => issue);
}

function workflowOf(template: string): SavedWorkflow {
	const workflow = workflows[template];
	if (!workflow) throw new Error(`${template} was not imported`);
	return workflow;
}

function urlOf(template: string): string {
	return productionUrl(server.url, triggerOf(workflowOf(template)));
}

/** Delivers events one after the other, each once the run of the one before has succeeded. */
async function runs(template: string, events: SentEvent[]): Promise<void> {
	const { id } = workflowOf(template);
	const before = (await rest.executions(id)).length;
	for (const [index, event] of events.entries()) {
		const answer = await deliver(urlOf(template), event, hmac(SECRET));
		expect(answer).toMatchObject({ status: 200, body: '' });
		const executions = await eventually(
			`run ${index + 1} of ${template}`,
			async () => await rest.executions(id),
			(found) =>
				found.length === before + index + 1 &&
				found.every(({ status }) => !/^(new|running)$/.test(status)),
		);
		if (executions[0]?.status !== 'success') {
			throw new Error(`${template}: ${await rest.errorOf(executions[0]?.id ?? '')}`);
		}
	}
}

/** Runs a workflow from one of its triggers, as "Execute workflow" in the editor does. */
async function runByHand(template: string, trigger: string): Promise<void> {
	await rest.call('POST', `/workflows/${workflowOf(template).id}/run`, {
		triggerToStartFrom: { name: trigger },
	});
}

/** An event whose object has other fields than the fixture's. */
function personalEvent(
	type: EventType,
	fields: Record<string, unknown> = {},
	id?: string,
): SentEvent {
	const event = jofiEvent(type, id === undefined ? {} : { id });
	return { ...event, data: { object: { ...event.data.object, ...fields } } };
}

/** Somebody's last assessment. */
function finished(fields: Record<string, unknown>): SentEvent {
	const event = personalEvent('test_taker.assessment_completed', fields);
	const assigned = event.data.object.assigned_assessments as Array<Record<string, unknown>>;
	for (const assessment of assigned) assessment.completed_at ??= '2026-02-03T13:20:11.000Z';
	return event;
}

function golden(name: string): unknown {
	const path = join(__dirname, '../fixtures/templates', `${name}.json`);
	return JSON.parse(readFileSync(path, 'utf8'));
}

/** Lets n8n sign in to Google as a user does, by the window that asks for consent and leads back to n8n. */
async function signInToGoogle(): Promise<{ id: string; name: string }> {
	const credential = await rest.createCredential('googleSheetsOAuth2Api', {
		clientId: 'client',
		clientSecret: 'client-secret',
	});
	const consent = new URL(
		await rest.call<string>('GET', `/oauth2-credential/auth?id=${credential.id}`),
	);
	const state = encodeURIComponent(consent.searchParams.get('state') ?? '');
	await rest.open('GET', `/oauth2-credential/callback?code=code-of-google&state=${state}`);
	return credential;
}

/** The rows of a data table, oldest first. */
async function tableRows(name: string): Promise<Array<Record<string, unknown>>> {
	const { data: tables } = await rest.call<{
		data: Array<{ id: string; name: string; projectId: string }>;
	}>('GET', '/data-tables-global');
	const table = tables.find((candidate) => candidate.name === name);
	if (!table) throw new Error(`n8n has no data table "${name}"`);
	const { data } = await rest.call<{ data: Array<Record<string, unknown>> }>(
		'GET',
		`/projects/${table.projectId}/data-tables/${table.id}/rows?sortBy=id:asc`,
	);
	return data;
}
