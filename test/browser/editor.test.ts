import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import { startBrowser } from '../support/browser';
import { Editor } from '../support/editor';
import { eventually } from '../support/eventually';
import {
	basicAuth,
	deliver,
	hmac,
	jofiEvent,
	stripeStyle,
	unsigned,
	type Signing,
} from '../support/jofi';
import { waitForWebhook, type SavedWorkflow, type WorkflowNode } from '../support/n8n/rest';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { hmacCredential, publishTrigger } from '../support/publish';
import {
	jofiTrigger,
	noOp,
	productionUrl,
	testUrl,
	TRIGGER_NAME,
	triggerWorkflow,
} from '../support/workflows';

const SECRET = 'browser-signing-secret';
const ecdsaKeys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** What the triggers are set to that the tests open, by their names. */
const SETTINGS = {
	[TRIGGER_NAME]: {},
	'As JOFI sent it': { parameters: { simplify: false } },
	'Two events, two outputs': {
		parameters: {
			events: ['invitation.accepted', 'test_taker.assessment_completed'],
			separateOutputs: true,
		},
		behind: [noOp('Accepted'), noOp('Completed')],
	},
	'To be mapped': { behind: [editFields('Greeting')] },
	'Accepted only': { parameters: { events: ['invitation.accepted'] } },
	'Sales only': { parameters: { filters: { teams: 'Sales' } } },
	'Confirm Endpoint': { parameters: { options: { confirmEndpoint: true } } },
	'Delivery Details': { parameters: { options: { includeDelivery: true } } },
	'Basic Auth': { fields: { verificationMethod: 'basicAuth', username: 'u', password: 'p' } },
	'Pasted secret': { fields: { signingSecret: `${SECRET}\n` } },
} satisfies Record<string, Settings>;

interface Settings {
	parameters?: object;
	/** What the credential has beside the usual. */
	fields?: object;
	behind?: WorkflowNode[];
}

type TriggerName = keyof typeof SETTINGS;

let n8n: TestServer;
let browser: Browser;
let context: BrowserContext;
let editor: Editor;
/** One workflow with a trigger for each of the settings, since n8n's editor takes long to load one. */
let workflow: SavedWorkflow | undefined;
/** The trigger of it that stands open. */
let opened: TriggerName | undefined;

beforeAll(async () => {
	n8n = await sharedTestServer();
	// For the first credential n8n's editor has a button of its own.
	await n8n.rest.deleteAllCredentials();
	browser = await startBrowser();
	context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	editor = await Editor.logIn(context, n8n.server.url, n8n.rest);
});

afterAll(async () => {
	await browser?.close();
});

/** Makes a test that leaves a picture of the editor behind when it fails. */
function pictured<Arguments extends unknown[]>(body: (...given: Arguments) => Promise<void>) {
	return async (...given: Arguments) => {
		try {
			await body(...given);
		} catch (error) {
			const path = join(await mkdtemp(join(tmpdir(), 'jofi-browser-')), 'editor.png');
			await editor.page.screenshot({ path });
			process.stderr.write(`The editor when the test failed: ${path}\n`);
			workflow = undefined;
			opened = undefined;
			throw error;
		}
	};
}

/** n8n's Edit Fields with one field that is still empty. */
function editFields(name: string): WorkflowNode {
	const assignment = { id: '1', name: 'greeting', value: '', type: 'string' };
	return {
		...noOp(name),
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { assignments: { assignments: [assignment] }, options: {} },
	};
}

async function createWorkflow(): Promise<SavedWorkflow> {
	const nodes: WorkflowNode[] = [];
	const connections: Record<string, unknown> = {};
	for (const [index, [name, settings]] of Object.entries<Settings>(SETTINGS).entries()) {
		const { parameters = {}, fields = {}, behind = [] } = settings;
		const data = { verificationMethod: 'hmac', signingSecret: SECRET, ...fields };
		const credential = await n8n.rest.createCredential('jofiWebhookApi', data, name);
		const [x, y] = [(index % 3) * 700, Math.floor(index / 3) * 400];
		nodes.push({ ...jofiTrigger({ ...parameters }, credential), name, position: [x, y] });
		nodes.push(
			...behind.map((node, number): WorkflowNode => {
				return { ...node, position: [x + 300, y + number * 150] };
			}),
		);
		connections[name] = {
			main: behind.map((node) => [{ node: node.name, type: 'main', index: 0 }]),
		};
	}
	return await n8n.rest.createWorkflow({ name: 'Browser', nodes, connections });
}

/** Opens a trigger. Out: its Test URL. */
async function openTrigger(name: TriggerName): Promise<string> {
	workflow ??= await createWorkflow();
	if (!opened) await editor.openWorkflow(workflow.id);
	if (opened !== name) await editor.turnTo(name);
	opened = name;
	return testUrl(n8n.server.url, workflow.nodes.find((node) => node.name === name) ?? {});
}

/** Opens the Test URL as a person does and chooses a sample there. */
async function chooseSample(url: string, name: string): Promise<void> {
	const page = await context.newPage();
	await page.goto(url);
	await page.getByRole('link', { name }).click();
	await page.getByRole('heading', { name: `“${name}” was sent to n8n` }).waitFor();
	await page.close();
}

test(
	'from the node search to the first rows, as a person does it',
	pictured(async () => {
		await editor.newWorkflow();
		await editor.addNodeFromSearch('jofi', 'JOFI', 'On any event');
		const { page } = editor;

		await editor.startFirstCredential();
		await expect(editor.visibleCredentialFields()).resolves.toEqual([
			'Verification Method',
			'Signing Secret',
			'Previous Signing Secret',
			'Signature Header',
		]);
		await editor.chooseVerificationMethod('Basic Auth');
		await expect(editor.visibleCredentialFields()).resolves.toEqual([
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

		await expect(page.getByTestId('ndv').innerText()).resolves.toMatch(
			/Test URL: opened in your browser while n8n listens, it has sample events/,
		);
		const url = await editor.webhookUrl();
		await editor.pickEvents(['Any Event', 'Test Taker Created']);
		await editor.listen();
		await chooseSample(url, 'Test Taker Created');
		expect(await editor.outputColumns()).toEqual(COLUMN_NAMES);
		expect(await editor.outputText()).toMatch(/evt_sample_[0-9a-f]{12}/);
		await editor.closeNode();
		await expect(editor.subtitle()).resolves.toBe('JOFI Trigger\nTest Taker Created');
	}),
);

describe('the editor says what to do next', () => {
	const SAMPLE = /This is a sample: the person and the links in it are invented/;

	test(
		'to somebody who clicked Execute step first',
		pictured(async () => {
			// On a canvas with several triggers n8n leaves out what it says below one.
			opened = undefined;
			const trigger = jofiTrigger({}, await hmacCredential(n8n.rest, SECRET));
			const { id } = await n8n.rest.createWorkflow(triggerWorkflow('First click', trigger));
			await editor.openTrigger(id);
			await editor.listen();
			const [hint] = await editor.hints();
			expect(hint).toMatch(/open that URL in your browser within two minutes/);
			expect(hint).toMatch(/the URL not copied\? Click “Stop Listening” first/);
			await expect(editor.hintLink()).resolves.toMatch(/n8n-nodes-jofi#get-started$/);
			await editor.closeNode();
			await editor.page.getByText('Now open the Test URL in your browser').waitFor();
		}),
	);

	test(
		'nothing of a real event',
		pictured(async () => {
			const url = await openTrigger(TRIGGER_NAME);
			await editor.listen();
			expect((await deliver(url, jofiEvent('invitation.accepted'), hmac(SECRET))).status).toBe(200);
			expect(await editor.outputText()).toContain('invitation.accepted');
			expect(await editor.hints()).toEqual([]);
		}),
	);

	test.each([
		{ what: 'a row', switched: [] },
		{ what: 'one of several outputs', switched: ['separateOutputs'] },
		{ what: 'the event as JOFI sent it', switched: ['simplify'] },
	])(
		'that a sample is invented: $what',
		pictured(async ({ switched }: { switched: string[] }) => {
			const url = await openTrigger(TRIGGER_NAME);
			for (const parameter of switched) await editor.switchParameter(parameter);
			await editor.listen();
			await chooseSample(url, 'Assessment Completed');
			await editor.page.bringToFront();
			await editor.page.getByTestId('node-hint').filter({ hasText: SAMPLE }).waitFor();
			expect(await editor.hints()).toHaveLength(1);
			for (const parameter of switched) await editor.switchParameter(parameter);
		}),
	);
});

describe('samples show what the settings do', () => {
	test(
		'Simplify off: the event as JOFI sends it',
		pictured(async () => {
			const url = await openTrigger('As JOFI sent it');
			await editor.listen();
			await chooseSample(url, 'Invitation Created');
			await editor.waitForOutput('invitation.created');
			expect(await editor.outputColumns()).toEqual([
				'id',
				'type',
				'object',
				'created_at',
				'api_version',
				'data',
			]);
		}),
	);

	test(
		'separate outputs: branches with names, and the right one filled',
		pictured(async () => {
			const url = await openTrigger('Two events, two outputs');
			await editor.listen();
			await chooseSample(url, 'Assessment Completed');
			expect(await editor.branches()).toEqual([
				'Invitation Accepted Branch',
				'Assessment Completed Branch (1 item)',
			]);
		}),
	);

	test(
		'a field of the sample can be mapped into the next node',
		pictured(async () => {
			const url = await openTrigger('To be mapped');
			await editor.listen();
			await chooseSample(url, 'Invitation Created');
			expect(await editor.outputText()).toContain('evt_sample_');
			await editor.closeNode();
			await editor.mapField('Greeting', 'full_name');
			expect(await editor.mappedField()).toContain('{{ $json.full_name }}');
		}),
	);
});

test(
	'published: a signed event becomes an execution that the list shows',
	pictured(async () => {
		const credential = await hmacCredential(n8n.rest, SECRET);
		const trigger = jofiTrigger({}, credential);
		const { id } = await n8n.rest.createWorkflow(triggerWorkflow('Published', trigger));
		opened = undefined;
		await editor.openWorkflow(id);
		await editor.publish();
		const url = productionUrl(n8n.server.url, trigger);
		await waitForWebhook(url);
		expect((await deliver(url, jofiEvent('invitation.created'), hmac(SECRET))).status).toBe(200);
		const [execution] = await n8n.rest.finishedExecutions(id, 1);
		expect(await n8n.rest.outputsOf(execution?.id ?? '', TRIGGER_NAME)).toHaveLength(1);
		expect(await editor.executions(id)).toMatch(/Succeeded/);
	}),
);

describe('a rejected test delivery shows what is wrong, and what to do', () => {
	const stale = Date.now() - 10 * 60 * 1000;

	interface Rejected {
		what: string;
		trigger?: TriggerName;
		content?: object;
		signing?: Signing;
		status: number;
		message: RegExp;
		advice: RegExp;
	}

	const rejected: Rejected[] = [
		{
			what: 'no signature',
			signing: unsigned,
			status: 401,
			message: /without a signature/,
			advice: /open the Test URL in your browser/,
		},
		{
			what: 'wrong secret',
			signing: hmac('another'),
			status: 401,
			message: /does not fit the Signing Secret in your credential/,
			advice:
				/^Seen: x-jofi-signature carries 64 hexadecimal digits, the length of SHA-256\. .*once more and paste it.*Or JOFI signs in a way that this node does not know yet/s,
		},
		{
			what: 'a way to sign that is not known, with the right secret',
			signing: (body) => ({
				...hmac(SECRET)(Buffer.concat([Buffer.from('POST /x '), body])),
				'x-jofi-timestamp': '1770122616',
			}),
			status: 401,
			message: /does not fit the Signing Secret in your credential/,
			advice:
				/^Seen: x-jofi-signature carries 64 hexadecimal digits, the length of SHA-256; x-jofi-timestamp carries a time in Unix seconds\. .*holds nothing secret/s,
		},
		{
			what: 'ECDSA, as Twilio SendGrid signs',
			signing: (body) => ({
				'x-jofi-signature': sign('sha256', body, ecdsaKeys.privateKey).toString('base64'),
			}),
			status: 401,
			message: /signed in a way which this node does not know/,
			advice:
				/^Seen: x-jofi-signature carries \d+ characters of base64, an ECDSA signature.*HMAC-SHA256, or use Basic Auth/s,
		},
		{
			what: 'Basic Auth sent, HMAC set',
			signing: basicAuth('u', 'p'),
			status: 401,
			message: /used Basic Auth, but your credential is set to HMAC/,
			advice: /set Verification Method to Basic Auth/,
		},
		{
			what: 'timestamp too old',
			signing: stripeStyle(SECRET, stale),
			status: 401,
			message: /more than five minutes ago/,
			advice: /clock of your n8n server/,
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
			advice:
				/names https:\/\/n8n\.example\.com\/webhook\/1\/jofi, .*It came to http:\/\/[\d.:]+\/webhook-test\/[\w-]+\/jofi\. /,
		},
		{
			what: 'HMAC sent, Basic Auth set',
			trigger: 'Basic Auth',
			status: 401,
			message: /signed this with HMAC, but your credential is set to Basic Auth/,
			advice: /set Verification Method to HMAC/,
		},
		{
			what: 'secret with pasted whitespace',
			trigger: 'Pasted secret',
			status: 401,
			message: /spaces or quotes pasted along/,
			advice: /remove the spaces/,
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
	];

	test.each(rejected)(
		'$what',
		pictured(async ({ trigger = TRIGGER_NAME, ...sent }: Rejected) => {
			const { content, signing, status, message, advice } = sent;
			const url = await openTrigger(trigger);
			await editor.listen();
			const answer = await deliver(
				url,
				content ?? jofiEvent('invitation.created'),
				signing ?? hmac(SECRET),
			);
			expect(answer.status).toBe(status);
			// Until the new error is there, n8n shows that of the row before.
			await eventually(
				`the error ${String(message)} with the advice ${String(advice)}`,
				async () => await editor.shownError(),
				(shown) => message.test(shown.message) && advice.test(shown.description),
			);
		}),
	);

	test(
		'the right secret: the event, and how it was verified',
		pictured(async () => {
			const url = await openTrigger('Delivery Details');
			await editor.listen();
			expect((await deliver(url, jofiEvent('invitation.created'), hmac(SECRET))).status).toBe(200);
			expect(await editor.outputColumns()).toContain('verified_by');
			expect(await editor.outputText()).toContain('HMAC-SHA256 in x-jofi-signature over the body');
		}),
	);

	test(
		'seen before',
		pictured(async () => {
			const url = await openTrigger(TRIGGER_NAME);
			const event = jofiEvent('invitation.created');
			await editor.listen();
			expect((await deliver(url, event, hmac(SECRET))).status).toBe(200);
			await editor.outputColumns();
			await editor.listen();
			expect((await deliver(url, event, hmac(SECRET))).body).toContain('seen_before');
			const shown = await editor.shownError();
			expect(shown.message).toMatch(/was received before, so it is skipped/);
			expect(shown.description).toMatch(/turn off Skip Duplicates under Options/);
		}),
	);
});

describe('the pages', () => {
	const WIDTHS = { 'on a phone': 375, 'on a desktop': 1280 };

	/** What axe-core finds on a page, in a context that lets it past the page's own policy, and what is cut off. */
	async function faults(url: string): Promise<string[]> {
		const free = await browser.newContext({ bypassCSP: true });
		const page = await free.newPage();
		await page.goto(url);
		await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
		const found: string[] = [];
		for (const [where, width] of Object.entries(WIDTHS)) {
			await page.setViewportSize({ width, height: 800 });
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				const ids = await page.evaluate<string[]>(
					`axe.run().then((results) => results.violations.map(({ id }) => id))`,
				);
				found.push(...ids.map((id) => `${id} ${where}, ${colorScheme}`));
			}
			const overflow = await page.evaluate<number>(
				'document.documentElement.scrollWidth - document.documentElement.clientWidth',
			);
			if (overflow !== 0) found.push(`${overflow} pixels cut off ${where}`);
		}
		await free.close();
		return found;
	}

	test(
		'a sample can be chosen by keyboard',
		pictured(async () => {
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
		}),
	);

	test(
		'a sample that does not exist gets a page that says so, and n8n goes on listening',
		pictured(async () => {
			const url = await openTrigger(TRIGGER_NAME);
			await editor.listen();
			const page = await context.newPage();
			const answer = await page.goto(`${url}?sample=nope`);
			expect(answer?.status()).toBe(404);
			expect(answer?.headers()).toMatchObject({
				'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
				'x-content-type-options': 'nosniff',
				'referrer-policy': 'no-referrer',
				'cache-control': 'no-store',
			});
			await page.getByRole('heading', { name: 'There is no such sample' }).waitFor();
			await page.getByRole('link', { name: 'choose from the list of samples' }).click();
			await page.getByRole('link', { name: 'Career Navigation Profile Created' }).click();
			await page.getByRole('heading', { name: /was sent to n8n/ }).waitFor();
			await page.close();
			await editor.waitForOutput('CNP1234567890');
		}),
	);

	test(
		'have no accessibility violation and nothing cut off, on a phone and on a desktop',
		pictured(async () => {
			const url = await openTrigger('Accepted only');
			const { url: live } = await publishTrigger(n8n, SECRET);
			const samples = ['Ärger'.repeat(40), 'invitation.created', 'invitation.accepted'];
			const pages = [live, url, ...samples.map((sample) => `${url}?sample=${sample}`)];
			// The last page sends its sample, which ends the listening.
			await editor.listen();
			for (const page of pages) {
				expect({ page, faults: await faults(page) }).toEqual({ page, faults: [] });
			}
		}),
	);
});
