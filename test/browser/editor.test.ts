/** The JOFI Trigger in the real editor, as a person uses it. */
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import { Editor } from '../support/editor';
import { deliver, hmac, jofiEvent } from '../support/jofi';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { hmacCredential, publishTrigger } from '../support/publish';
import {
	editFields,
	jofiTrigger,
	noOp,
	testUrl,
	TRIGGER_NAME,
	triggerWorkflow,
} from '../support/workflows';

const SECRET = 'browser-signing-secret';

let n8n: TestServer;
let editor: Editor;

beforeAll(async () => {
	n8n = await sharedTestServer();
	// The editor offers a button of its own for the first credential.
	await n8n.rest.deleteAllCredentials();
	editor = await Editor.start(n8n);
});

afterAll(async () => {
	await editor?.close();
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
	await editor.chooseOption('verificationMethod', 'Basic Auth');
	expect(await editor.visibleCredentialFields()).toEqual([
		'Verification Method',
		'Username',
		'Password',
	]);
	await editor.chooseOption('verificationMethod', 'HMAC');
	await editor.fillParameter('signingSecret', ' pasted along ');
	await editor.saveRefusedCredential(/has spaces, a line break or quotes around it/);
	await editor.fillParameter('signingSecret', 'sk_live_123');
	await editor.saveRefusedCredential(/holds a JOFI API key/);
	await editor.fillParameter('signingSecret', SECRET);
	await editor.saveCredential();

	expect(await editor.page.getByTestId('ndv').innerText()).toMatch(
		/Test URL: opened in your browser while n8n listens, it has sample events/,
	);
	await editor.page.getByText('Webhook URLs', { exact: true }).click();
	// While the editor listens, this panel can't be opened.
	const shownUrl = await editor.page.getByText(/\/webhook-test\//).innerText();
	await editor.pickEvents(['Any Event', 'Test Taker Created']);
	await editor.listen();
	await editor.chooseSample(shownUrl.replace(/\s/g, ''), 'Test Taker Created');
	expect(await editor.outputColumns()).toEqual(COLUMN_NAMES);
	expect(await editor.outputText()).toMatch(/evt_sample_[0-9a-f]{12}/);
	await editor.closeNode();
	const onCanvas = editor.page.getByTestId('canvas-trigger-node');
	expect(await onCanvas.innerText()).toBe('JOFI Trigger\nTest Taker Created');
});

describe('with a saved workflow', () => {
	let workflowId: string;
	let url: string;

	beforeAll(async () => {
		const events = ['invitation.accepted', 'test_taker.assessment_completed'];
		const credential = await hmacCredential(n8n.rest, SECRET);
		const trigger = jofiTrigger({ events, separateOutputs: true }, credential);
		const next = [editFields('Greeting'), noOp('Completed')];
		const workflow = triggerWorkflow('Browser', trigger, next);
		workflowId = (await n8n.rest.createWorkflow(workflow)).id;
		url = testUrl(n8n.server.url, trigger);
	});

	beforeEach(async () => {
		await editor.openNode(workflowId, TRIGGER_NAME);
		await editor.listen();
	});

	// First: n8n shows the hint only where there is no output yet.
	test('the editor says how to choose a sample, whose fields can be mapped into the next node', async () => {
		const hint = editor.output.getByTestId('node-hint').first();
		const text = await hint.innerText();
		expect(text).toMatch(/open that URL in your browser within two minutes/);
		expect(text).toMatch(/the URL not copied\? Click “Stop Listening” first/);
		const link = await hint.getByRole('link').getAttribute('href');
		expect(link).toMatch(/n8n-nodes-jofi#get-started$/);
		await editor.closeNode();
		await editor.page.getByText('Now open the Test URL in your browser').waitFor();
		await editor.chooseSample(url, 'Invitation Accepted');
		const mapped = await editor.mapField('Greeting', 'full_name');
		expect(mapped).toContain('{{ $json.full_name }}');
	});

	test('separate outputs are branches with names, and the right one is filled', async () => {
		await editor.chooseSample(url, 'Assessment Completed');
		expect(await editor.branches('Assessment Completed')).toEqual([
			'Invitation Accepted Branch',
			'Assessment Completed Branch (1 item)',
		]);
	});

	test('a real event arrives, and once more it is skipped with the reason', async () => {
		const event = jofiEvent('invitation.accepted');
		expect((await deliver(url, event, hmac(SECRET))).status).toBe(200);
		await editor.waitForOutput('invitation.accepted');
		await editor.listen();
		expect((await deliver(url, event, hmac(SECRET))).body).toContain('seen_before');
		await editor.waitForError(/was received before/, /turn off Skip Duplicates under Options/);
	});

	// The words for every reason are tested with trigger/answers.ts.
	test('a rejected test event shows what is wrong and what to do', async () => {
		const event = jofiEvent('invitation.created');
		expect((await deliver(url, event, hmac('another'))).status).toBe(401);
		await editor.waitForError(
			/does not fit the Signing Secret in your credential/,
			/Seen: x-jofi-signature.*once more and paste it/s,
		);
		await editor.listen();
		expect((await deliver(url, event, hmac(SECRET))).status).toBe(200);
		await editor.waitForError(
			/“Invitation Created”, which is not among the Events/,
			/add “Invitation Created” \(or Any Event\) under Events/,
		);
	});

	test('a sample is chosen by keyboard, after one that does not exist', async () => {
		const page = await editor.context.newPage();
		expect((await page.goto(`${url}?sample=nope`))?.status()).toBe(404);
		await page.getByRole('heading', { name: 'There is no such sample' }).waitFor();
		await page.getByRole('link', { name: 'choose from the list of samples' }).click();
		await page.getByRole('heading', { name: 'Choose a sample event' }).waitFor();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: '“Assessment Completed” was sent to n8n' }).waitFor();
		await page.close();
	});

	test('the pages have no accessibility violation and nothing cut off, on a phone and on a desktop', async () => {
		const { url: live } = await publishTrigger(n8n, SECRET);
		const samples = ['Ärger'.repeat(40), 'invitation.created', 'invitation.accepted'];
		const pages = [live, url, ...samples.map((sample) => `${url}?sample=${sample}`)];
		const found: string[] = [];
		for (const page of pages) found.push(...(await faults(page)));
		expect(found).toEqual([]);
	});
});

/** What axe-core finds on a page, and what is cut off. Without the page's own policy, which forbids scripts. */
async function faults(url: string): Promise<string[]> {
	const free = await editor.context.browser()?.newContext({ bypassCSP: true });
	if (!free) throw new Error('The browser is closed');
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
			found.push(...ids.map((id) => `${id}, ${where}, ${colorScheme}: ${url}`));
		}
		const overflow = await page.evaluate<number>(
			'document.documentElement.scrollWidth - document.documentElement.clientWidth',
		);
		if (overflow !== 0) found.push(`${overflow} pixels cut off, ${where}: ${url}`);
	}
	await free.close();
	return found;
}
