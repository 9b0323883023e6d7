/** The JOFI Trigger in the real editor, as a person uses it. */
import type { Browser, BrowserContext } from 'playwright-core';
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import { startBrowser } from '../support/browser';
import { Editor } from '../support/editor';
import { basicAuth, deliver, hmac, jofiEvent, type Signing } from '../support/jofi';
import { waitForWebhook, type SavedWorkflow, type WorkflowNode } from '../support/n8n/rest';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { hmacCredential, publishTrigger } from '../support/publish';
import {
	editFields,
	jofiTrigger,
	noOp,
	productionUrl,
	testUrl,
	TRIGGER_NAME,
	triggerWorkflow,
} from '../support/workflows';

const SECRET = 'browser-signing-secret';

interface TriggerSetUp {
	parameters?: Record<string, unknown>;
	/** Beside the usual fields of the credential. */
	fields?: Record<string, unknown>;
	/** One for each output. */
	next?: WorkflowNode[];
}

/** The triggers that the tests open, in one workflow: n8n's editor takes seconds to load another. */
const TRIGGERS = {
	[TRIGGER_NAME]: {},
	'Two outputs': {
		parameters: {
			events: ['invitation.accepted', 'test_taker.assessment_completed'],
			separateOutputs: true,
		},
		next: [noOp('Accepted'), noOp('Completed')],
	},
	'To be mapped': { next: [editFields('Greeting')] },
	'Accepted only': { parameters: { events: ['invitation.accepted'] } },
	'Sales only': { parameters: { filters: { teams: 'Sales' } } },
	'Confirm Endpoint': { parameters: { options: { confirmEndpoint: true } } },
	'Pasted secret': { fields: { signingSecret: `${SECRET}\n` } },
} satisfies Record<string, TriggerSetUp>;

type Name = keyof typeof TRIGGERS;

let n8n: TestServer;
let browser: Browser;
let context: BrowserContext;
let editor: Editor;
let workflow: SavedWorkflow;

beforeAll(async () => {
	n8n = await sharedTestServer();
	// The editor offers a button of its own for the first credential.
	await n8n.rest.deleteAllCredentials();
	browser = await startBrowser();
	context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	editor = await Editor.logIn(context, n8n.server.url, n8n.rest);
});

afterAll(async () => {
	await browser?.close();
});

test('from the node search to the first rows', async () => {
	await editor.newWorkflow();
	await editor.addNodeFromSearch('jofi', 'JOFI', 'On any event');

	await editor.startFirstCredential();
	expect(await editor.visibleCredentialFields()).toEqual([
		'Verification Method',
		'Signing Secret',
		'Previous Signing Secret',
		'Signature Header',
	]);
	await editor.chooseVerificationMethod('Basic Auth');
	expect(await editor.visibleCredentialFields()).toEqual([
		'Verification Method',
		'Username',
		'Password',
	]);
	await editor.chooseVerificationMethod('HMAC');
	await editor.fillCredential('signingSecret', ' pasted along ');
	await editor.saveRefusedCredential(/has spaces, a line break or quotes around it/);
	await editor.fillCredential('signingSecret', 'sk_live_123');
	await editor.saveRefusedCredential(/holds a JOFI API key/);
	await editor.fillCredential('signingSecret', SECRET);
	await editor.saveCredential();

	expect(await editor.page.getByTestId('ndv').innerText()).toMatch(
		/Test URL: opened in your browser while n8n listens, it has sample events/,
	);
	const url = await editor.webhookUrl();
	await editor.pickEvents(['Any Event', 'Test Taker Created']);
	await editor.listen();
	await chooseSample(url, 'Test Taker Created');
	expect(await editor.outputColumns()).toEqual(COLUMN_NAMES);
	expect(await editor.outputText()).toMatch(/evt_sample_[0-9a-f]{12}/);
	await editor.closeNode();
	expect(await editor.subtitle()).toBe('JOFI Trigger\nTest Taker Created');
});

test('published: a signed event becomes an execution that the list shows', async () => {
	const trigger = jofiTrigger({}, await hmacCredential(n8n.rest, SECRET));
	const { id } = await n8n.rest.createWorkflow(triggerWorkflow('Published', trigger));
	await editor.openTrigger(id);
	await editor.listen();
	// n8n shows this only for the single trigger of a workflow.
	const [hint] = await editor.hints();
	expect(hint).toMatch(/open that URL in your browser within two minutes/);
	expect(hint).toMatch(/the URL not copied\? Click “Stop Listening” first/);
	expect(await editor.hintLink()).toMatch(/n8n-nodes-jofi#get-started$/);
	await editor.closeNode();
	await editor.page.getByText('Now open the Test URL in your browser').waitFor();

	await editor.publish();
	const url = productionUrl(n8n.server.url, trigger);
	await waitForWebhook(url);
	expect((await deliver(url, jofiEvent('invitation.created'), hmac(SECRET))).status).toBe(200);
	const [execution] = await n8n.rest.finishedExecutions(id, 1);
	expect(await n8n.rest.outputsOf(execution?.id ?? '', TRIGGER_NAME)).toHaveLength(1);
	expect(await editor.executions(id)).toMatch(/Succeeded/);
});

describe('with a workflow of triggers', () => {
	beforeAll(async () => {
		workflow = await createWorkflow();
	});

	test('separate outputs are branches with names, and the right one is filled', async () => {
		const url = await openTrigger('Two outputs');
		await editor.listen();
		await chooseSample(url, 'Assessment Completed');
		expect(await editor.branches()).toEqual([
			'Invitation Accepted Branch',
			'Assessment Completed Branch (1 item)',
		]);
	});

	test('a field of the sample can be mapped into the next node', async () => {
		const url = await openTrigger('To be mapped');
		await editor.listen();
		await chooseSample(url, 'Invitation Created');
		await editor.waitForOutput('evt_sample_');
		await editor.closeNode();
		await editor.mapField('Greeting', 'full_name');
		expect(await editor.mappedField()).toContain('{{ $json.full_name }}');
	});

	test('a real event arrives, and once more it is skipped with the reason', async () => {
		const url = await openTrigger(TRIGGER_NAME);
		const event = jofiEvent('invitation.accepted');
		await editor.listen();
		expect((await deliver(url, event, hmac(SECRET))).status).toBe(200);
		await editor.waitForOutput('invitation.accepted');
		await editor.listen();
		expect((await deliver(url, event, hmac(SECRET))).body).toContain('seen_before');
		await editor.waitForError(/was received before/, /turn off Skip Duplicates under Options/);
	});

	// The words for every reason are tested with trigger/answers.ts.
	test.each<{
		what: string;
		trigger?: Name;
		content?: object;
		signing?: Signing;
		status: number;
		message: RegExp;
		advice: RegExp;
	}>([
		{
			what: 'wrong secret',
			signing: hmac('another'),
			status: 401,
			message: /does not fit the Signing Secret in your credential/,
			advice: /Seen: x-jofi-signature.*once more and paste it/s,
		},
		{
			what: 'Basic Auth sent, HMAC set',
			signing: basicAuth('u', 'p'),
			status: 401,
			message: /used Basic Auth, but your credential is set to HMAC/,
			advice: /set Verification Method to Basic Auth/,
		},
		{
			what: 'secret with pasted whitespace',
			trigger: 'Pasted secret',
			status: 401,
			message: /spaces or quotes pasted along/,
			advice: /remove the spaces/,
		},
		{
			what: 'not an event',
			content: { hello: 'there' },
			status: 400,
			message: /not a JOFI event/,
			advice: /tell your JOFI representative/,
		},
		{
			what: 'sent to another endpoint',
			trigger: 'Confirm Endpoint',
			content: {
				...jofiEvent('invitation.created'),
				webhook_url: 'https://n8n.example.com/webhook/1/jofi',
			},
			status: 400,
			message: /sent this event to another endpoint/,
			advice: /names https:\/\/n8n\.example\.com\/webhook\/1\/jofi.*\/webhook-test\/[\w-]+\/jofi/,
		},
		{
			what: 'event not selected',
			trigger: 'Accepted only',
			status: 200,
			message: /“Invitation Created”, which is not among the Events/,
			advice: /add “Invitation Created” \(or Any Event\) under Events/,
		},
		{
			what: 'filtered out',
			trigger: 'Sales only',
			status: 200,
			message: /your Filters hold it back/,
			advice: /Change or remove the filter/,
		},
	])('a rejected test event shows what is wrong and what to do: $what', async (sent) => {
		const { trigger = TRIGGER_NAME, signing = hmac(SECRET) } = sent;
		const url = await openTrigger(trigger);
		await editor.listen();
		const { content = jofiEvent('invitation.created') } = sent;
		expect((await deliver(url, content, signing)).status).toBe(sent.status);
		await editor.waitForError(sent.message, sent.advice);
	});

	describe('the pages', () => {
		test('a sample can be chosen by keyboard', async () => {
			const url = await openTrigger(TRIGGER_NAME);
			await editor.listen();
			const page = await context.newPage();
			await page.goto(url);
			await page.keyboard.press('Tab');
			await page.keyboard.press('Tab');
			await page.keyboard.press('Enter');
			await page.getByRole('heading', { name: '“Invitation Accepted” was sent to n8n' }).waitFor();
			await page.close();
			await editor.waitForOutput('invitation.accepted');
		});

		test('a sample that does not exist gets a page that says so, and n8n keeps listening', async () => {
			const url = await openTrigger(TRIGGER_NAME);
			await editor.listen();
			const page = await context.newPage();
			expect((await page.goto(`${url}?sample=nope`))?.status()).toBe(404);
			await page.getByRole('heading', { name: 'There is no such sample' }).waitFor();
			await page.getByRole('link', { name: 'choose from the list of samples' }).click();
			await page.getByRole('link', { name: 'Career Navigation Profile Created' }).click();
			await page.getByRole('heading', { name: /was sent to n8n/ }).waitFor();
			await page.close();
			await editor.waitForOutput('CNP1234567890');
		});

		test('they have no accessibility violation and nothing cut off, on a phone and on a desktop', async () => {
			const url = await openTrigger('Accepted only');
			const { url: live } = await publishTrigger(n8n, SECRET);
			const samples = ['Ärger'.repeat(40), 'invitation.created', 'invitation.accepted'];
			const pages = [live, url, ...samples.map((sample) => `${url}?sample=${sample}`)];
			// The last page sends its sample, which ends the listening.
			await editor.listen();
			for (const page of pages) {
				expect({ page, faults: await faults(page) }).toEqual({ page, faults: [] });
			}
		});
	});
});

async function createWorkflow(): Promise<SavedWorkflow> {
	const nodes: WorkflowNode[] = [];
	const connections: Record<string, unknown> = {};
	for (const [index, [name, setUp]] of Object.entries<TriggerSetUp>(TRIGGERS).entries()) {
		const { parameters = {}, fields = {}, next = [] } = setUp;
		const data = { verificationMethod: 'hmac', signingSecret: SECRET, ...fields };
		const credential = await n8n.rest.createCredential('jofiWebhookApi', data, name);
		const [x, y] = [(index % 3) * 700, Math.floor(index / 3) * 400];
		nodes.push({ ...jofiTrigger(parameters, credential), name, position: [x, y] });
		for (const [number, node] of next.entries()) {
			nodes.push({ ...node, position: [x + 300, y + number * 150] });
		}
		connections[name] = {
			main: next.map((node) => [{ node: node.name, type: 'main', index: 0 }]),
		};
	}
	return await n8n.rest.createWorkflow({ name: 'Browser', nodes, connections });
}

/** @returns the Test URL of the trigger that it opens */
async function openTrigger(name: Name): Promise<string> {
	await editor.openNode(workflow.id, name);
	return testUrl(n8n.server.url, workflow.nodes.find((node) => node.name === name) ?? {});
}

/** Opens the Test URL and clicks a sample. */
async function chooseSample(url: string, name: string): Promise<void> {
	const page = await context.newPage();
	await page.goto(url);
	await page.getByRole('link', { name }).click();
	await page.getByRole('heading', { name: `“${name}” was sent to n8n` }).waitFor();
	await page.close();
}

/** What axe-core finds on a page, and what is cut off. Without the page's own policy, which forbids scripts. */
async function faults(url: string): Promise<string[]> {
	const free = await browser.newContext({ bypassCSP: true });
	const page = await free.newPage();
	await page.goto(url);
	await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
	const found: string[] = [];
	for (const [where, width] of Object.entries({ phone: 375, desktop: 1280 })) {
		await page.setViewportSize({ width, height: 800 });
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			const ids = await page.evaluate<string[]>(
				`axe.run().then((results) => results.violations.map(({ id }) => id))`,
			);
			found.push(...ids.map((id) => `${id}, ${where}, ${colorScheme}`));
		}
		const overflow = await page.evaluate<number>(
			'document.documentElement.scrollWidth - document.documentElement.clientWidth',
		);
		if (overflow !== 0) found.push(`${overflow} pixels cut off, ${where}`);
	}
	await free.close();
	return found;
}
