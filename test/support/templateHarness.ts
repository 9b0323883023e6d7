import { randomUUID } from 'node:crypto';
import { deliver, hmac, jofiEvent, type EventType, type SentEvent } from './jofi';
import { waitForWebhook, type N8nRest, type SavedWorkflow } from './n8n/rest';
import { updateDataTable } from './n8n/database';
import { newPostgresDatabase } from './n8n/postgres';
import { LAZY_ISOLATES, type N8nServer } from './n8n/server';
import { sharedTestServer, startTestServer, type Isolates } from './n8n/testServer';
import { GoogleSheets } from './outside/googleSheets';
import { FakeInternet, type Service } from './outside/internet';
import { MailServer } from './outside/mailServer';
import { Slack } from './outside/slack';
import { hmacCredential } from './publish';
import { fillIn, importTemplate, triggerOf, type Choices, type Credentials } from './templates';
import { productionUrl, runByHand, TRIGGER_TYPE } from './workflows';

const SECRET = 'signing-secret-of-the-templates';

interface HarnessChoices extends Omit<Choices, 'credentials' | 'sheetLink'> {
	/** The id of the Google Sheet to make, if the template writes into one. */
	sheet?: string;
}

export type Database = 'SQLite' | 'PostgreSQL';

/** The database of n8n for all tests of templates. */
export const DATABASE = (process.env.N8N_DATABASE ?? 'SQLite') as Database;

/** Those for simultaneous runs, by which each database is upset in its own ways. */
export const DATABASES = new Set<Database>(
	process.env.WITHOUT_POSTGRES ? [DATABASE] : [DATABASE, 'PostgreSQL'],
);

interface HarnessOptions {
	/** What answers for further host names, beside Google's and Slack's. */
	services?: Record<string, Service>;
	/** Which of the n8n that test files share; lazy isolates are quicker. */
	isolates?: Isolates;
	/** For tests that stop n8n. */
	ownServer?: boolean;
	/** On PostgreSQL an n8n of its own is started. */
	database?: Database;
	/** More of n8n's settings, for an n8n of its own. */
	env?: Record<string, string>;
}

const running = new Set<TemplateHarness>();

afterAll(async () => {
	for (const harness of running) await harness.stop();
});

/**
 * Runs workflow templates on a real n8n with fakes of what they call: a mail server, Google Sheets, Slack, and
 * the services that a test adds.
 */
export class TemplateHarness {
	private readonly workflows = new Map<string, SavedWorkflow>();

	private constructor(
		private readonly environment: Environment,
		readonly rest: N8nRest,
		readonly google: GoogleSheets,
		readonly slack: Slack,
		readonly mail: MailServer,
		/** By credential type; a test that fakes more services adds theirs. */
		readonly credentials: Credentials,
	) {}

	/** Starts the fakes and creates n8n's credentials for them. It is stopped after the tests of the file. */
	static async start({ services = {}, ...options }: HarnessOptions = {}): Promise<TemplateHarness> {
		const google = new GoogleSheets();
		const slack = new Slack();
		const mail = new MailServer();
		const all = {
			'oauth2.googleapis.com': google.signIn,
			'sheets.googleapis.com': google.api,
			'slack.com': slack.api,
			...services,
		};
		await mail.start();
		const { rest, ...environment } = await startEnvironment(all, options);
		const harness = new TemplateHarness(environment, rest, google, slack, mail, {
			jofiWebhookApi: await hmacCredential(rest, SECRET),
			smtp: await rest.createCredential('smtp', mail.credential),
			slackApi: await rest.createCredential('slackApi', { accessToken: slack.token }),
			googleSheetsOAuth2Api: await signIn(rest, 'googleSheetsOAuth2Api'),
		});
		running.add(harness);
		return harness;
	}

	get server(): N8nServer {
		return this.environment.server;
	}

	/** Stops the fakes. Fails if a workflow called a host that has none. */
	async stop(): Promise<void> {
		if (!running.delete(this)) return;
		const { internet, leave } = this.environment;
		await this.mail.stop();
		await internet.stop();
		await leave(this.workflows.values());
		// n8n itself asks its makers about community nodes.
		expect(internet.refusedHosts.filter((host) => host !== 'api.n8n.io')).toEqual([]);
	}

	/** Signs n8n in to Excel, Outlook and Teams. Microsoft has to be among the services. */
	async signInToMicrosoft(): Promise<void> {
		for (const product of ['Excel', 'Outlook', 'Teams']) {
			const type = `microsoft${product}OAuth2Api`;
			this.credentials[type] = await signIn(this.rest, type);
		}
	}

	/** Makes a credential; templates use it from then on. */
	async addCredential(type: string, data: Record<string, unknown>): Promise<void> {
		this.credentials[type] = await this.rest.createCredential(type, data);
	}

	/** Makes a key for n8n's own API, and the credential with it. */
	async addKeyOfN8n(address = this.server.url): Promise<void> {
		const scopes = await this.rest.call('GET', '/api-keys/scopes');
		const key = { label: `Template ${randomUUID()}`, scopes, expiresAt: null };
		const made = await this.rest.call<{ rawApiKey: string }>('POST', '/api-keys', key);
		await this.addCredential('n8nApi', { apiKey: made.rawApiKey, baseUrl: `${address}/api/v1` });
	}

	/** Kills n8n and starts it again. Waits until all templates that are in use answer. */
	async restart(): Promise<void> {
		await this.server.crash();
		await this.server.launch();
		for (const template of this.workflows.keys()) await this.waitForUrl(template);
	}

	/**
	 * Does with a template what its notes ask for: imports it, chooses the credentials and a new sheet, writes
	 * into *Settings*, publishes it. Waits until its URL answers, if it has one.
	 *
	 * @param template The name of its file in examples/, without `.json`.
	 * @param choices What else to fill in.
	 */
	async publishTemplate(template: string, choices?: HarnessChoices): Promise<void> {
		await this.publishImported(template, await importTemplate(this.rest, template), choices);
		await this.waitForUrl(template);
	}

	/** The same for a template that is imported already; does not wait until its URL answers. */
	async publishImported(template: string, imported: SavedWorkflow, choices?: HarnessChoices) {
		await this.rest.publish(await this.fill(template, imported, choices));
	}

	/** The same, but does not publish it. */
	async fill(template: string, imported: SavedWorkflow, choices: HarnessChoices = {}) {
		const { credentials } = this;
		const sheetLink = choices.sheet && this.google.create(choices.sheet);
		const workflow = await fillIn(this.rest, imported, { credentials, sheetLink, ...choices });
		this.workflows.set(template, workflow);
		return workflow;
	}

	/** Waits until the URL of a template answers, if it has one. */
	async waitForUrl(template: string): Promise<void> {
		const { nodes } = this.workflowOf(template);
		if (nodes.some(({ type }) => type === TRIGGER_TYPE)) {
			await waitForWebhook(this.urlOf(template));
		}
	}

	workflowOf(template: string): SavedWorkflow {
		const workflow = this.workflows.get(template);
		if (!workflow) throw new Error(`${template} was not imported`);
		return workflow;
	}

	urlOf(template: string): string {
		return productionUrl(this.server.url, triggerOf(this.workflowOf(template)));
	}

	/** Sends an event to a template, signed as its credential asks for. */
	async deliver(template: string, event: SentEvent) {
		return await deliver(this.urlOf(template), event, hmac(SECRET));
	}

	/** Delivers events, each once the run of the one before has succeeded; gives the mails that they send. */
	async deliverInTurn(template: string, events: SentEvent[]) {
		return await this.mailsDuring(async () => {
			for (const event of events) await this.deliverAtOnce(template, [event]);
		});
	}

	/** Delivers events at the same moment, and waits until their runs have succeeded. */
	async deliverAtOnce(template: string, events: SentEvent[]): Promise<void> {
		const runs = await this.runsDuring(template, events.length, async () => {
			const answers = await Promise.all(
				events.map(async (event) => await this.deliverAgain(template, event)),
			);
			expect(answers).toMatchObject(events.map(() => ({ status: 200, body: '' })));
		});
		for (const run of runs) await this.rest.expectSuccess(run);
	}

	/** As a sender that tries again: a very busy n8n once could not start one of 24 runs. */
	private async deliverAgain(template: string, event: SentEvent) {
		const answer = await this.deliver(template, event);
		if (answer.status !== 500 || !answer.body.includes('problem executing the workflow')) {
			return answer;
		}
		process.stderr.write(`n8n could not start a run of ${template}: ${answer.body}\n`);
		return await this.deliver(template, event);
	}

	/** The runs of a template that something starts, once so many have ended; newest first. */
	async runsDuring(template: string, count: number, something: () => Promise<unknown>) {
		const { id } = this.workflowOf(template);
		const before = (await this.rest.executions(id)).length;
		await something();
		const runs = await this.rest.firstExecutions(id, before + count);
		expect(runs).toHaveLength(before + count);
		return runs.slice(0, count);
	}

	/** The mails that come while something is done. */
	async mailsDuring(something: () => Promise<unknown>) {
		const before = this.mail.mails.length;
		await something();
		return this.mail.mails.slice(before);
	}

	/** Runs a workflow from one of its triggers; gives the run once it has ended. */
	async runByHand(template: string, trigger: string) {
		return await runByHand(this.rest, this.workflowOf(template), trigger);
	}

	/** The mails that a run by hand sends. The run has to succeed. */
	async mailsOfRun(template: string, trigger: string) {
		return await this.mailsDuring(async () => {
			await this.rest.expectSuccess(await this.runByHand(template, trigger));
		});
	}

	/** Retries a run that failed, as Executions offers it. */
	async retry(template: string, executionId: string): Promise<void> {
		await this.runsDuring(template, 1, async () => await this.rest.retry(executionId));
	}

	/** Makes one workflow the error workflow of another, as the menu of a workflow offers it. */
	async setErrorWorkflow(watching: string, watched: string): Promise<void> {
		const { id, settings } = this.workflowOf(watched);
		const errorWorkflow = this.workflowOf(watching).id;
		await this.rest.updateWorkflow(id, { settings: { ...settings, errorWorkflow } });
		await this.rest.publish({ id });
	}

	/** Moves the clock for the rows of a data table: sets one of their columns, such as `createdAt`. */
	async setTimes(name: string, column: string, value: string): Promise<void> {
		await updateDataTable(this.server, (await this.rest.dataTable(name)).id, column, value);
	}

	/** Adds rows to a data table of n8n, as a person does under Data tables. */
	async addRows(name: string, data: Array<Record<string, unknown>>): Promise<void> {
		const { id, projectId } = await this.rest.dataTable(name);
		const path = `/projects/${projectId}/data-tables/${id}/insert`;
		await this.rest.call('POST', path, { data, returnType: 'count' });
	}

	/** Makes a data table with the columns of its rows, which hold texts. */
	async addTable(name: string, rows: Array<Record<string, string>>): Promise<void> {
		const { id: project } = await this.rest.call<{ id: string }>('GET', '/projects/personal');
		await this.rest.call('POST', `/projects/${project}/data-tables`, {
			name,
			columns: Object.keys(rows[0] ?? {}).map((column) => ({ name: column, type: 'string' })),
		});
		await this.addRows(name, rows);
	}
}

/** An n8n, its fake internet, and `leave`, which removes what the next test file would stumble over. */
type Environment = Omit<Awaited<ReturnType<typeof startEnvironment>>, 'rest'>;

async function startEnvironment(
	services: Record<string, Service>,
	{ isolates = 'lazy', ownServer = false, database = DATABASE, env = {} }: HarnessOptions,
) {
	if (ownServer || database === 'PostgreSQL') {
		const postgres = database === 'PostgreSQL' ? await newPostgresDatabase() : undefined;
		const internet = await FakeInternet.start(services);
		const { server, rest } = await startTestServer({
			env: { ...internet.env, ...LAZY_ISOLATES, ...postgres?.env, ...env },
		});
		const leave = async () => {
			await server.dispose();
			await postgres?.drop();
		};
		return { server, rest, internet, leave };
	}
	const { server, rest, internet: address } = await sharedTestServer(isolates);
	const internet = await FakeInternet.start(services, address);
	const leave = async (workflows: Iterable<SavedWorkflow>) => {
		for (const workflow of workflows) await rest.unpublish(workflow);
		for (const table of await rest.dataTables()) await rest.deleteDataTable(table);
	};
	return { server, rest, internet, leave };
}

/** A name that is HTML. */
export const HTML_NAME = { first_name: '<b>Ann', last_name: '& "Bob"</b>' };

/** A name and a team that forge a line of a text. */
export const FORGED_LINES = {
	first_name: 'Zoe\nScorecard: https://evil.example',
	last_name: 'Fox',
	team: { id: 1, display_name: 'Sales\r\nScorecard: https://evil.example' },
};

export function daysAgo(days: number): string {
	return new Date(Date.now() - days * 86_400_000).toISOString();
}

/** An event whose object has other fields than the fixture's. */
export function personalEvent(type: EventType, fields: object = {}, id?: string): SentEvent {
	const event = jofiEvent(type, id === undefined ? {} : { id });
	return { ...event, data: { object: { ...event.data.object, ...fields } } };
}

/** Somebody's last assessment. */
export function lastAssessment(fields: object = {}): SentEvent {
	const event = personalEvent('test_taker.assessment_completed', fields);
	const assigned = event.data.object.assigned_assessments as Array<Record<string, unknown>>;
	for (const assessment of assigned) assessment.completed_at ??= '2026-02-03T13:20:11.000Z';
	return event;
}

/** What keeps n8n from publishing a workflow: one entry for each fault of a node, without names of credentials. */
export async function issuesOf(rest: N8nRest, workflow: { id: string }): Promise<string[]> {
	const refusal = await rest.publish(workflow).catch((error: Error) => error.message);
	const { message } = JSON.parse(refusal?.replace(/^[^{]*/, '') ?? '{ "message": "" }') as {
		message: string;
	};
	return [...message.matchAll(/^ {2}- ([^:\n]*)/gm)].map(([, issue = '']) => issue);
}

/** Lets n8n sign in somewhere as a user does, by the window that asks for consent and leads back to n8n. */
async function signIn(rest: N8nRest, type: string): Promise<{ id: string; name: string }> {
	const client = { clientId: 'client', clientSecret: 'client-secret' };
	const credential = await rest.createCredential(type, client);
	const page = await rest.call<string>('GET', `/oauth2-credential/auth?id=${credential.id}`);
	const state = encodeURIComponent(new URL(page).searchParams.get('state') ?? '');
	await rest.open('GET', `/oauth2-credential/callback?code=code-of-consent&state=${state}`);
	return credential;
}
