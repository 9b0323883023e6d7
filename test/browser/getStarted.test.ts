/**
 * Follows “Get started” of README to the letter: clicks what is bold, in that order, presses its keys, enters
 * what is to be entered, and touches nothing else. The package comes from a registry; later it is updated and
 * uninstalled in the settings.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { startBrowser } from '../support/browser';
import { Editor } from '../support/editor';
import { deliver, hmac, jofiEvent, type SentEvent } from '../support/jofi';
import { checkout, packageVersion, packPackage } from '../support/n8n/packedPackage';
import { eventually, HANG_MS } from '../support/eventually';
import { startTestServer, type TestServer } from '../support/n8n/testServer';
import { FakeInternet } from '../support/outside/internet';
import { LocalRegistry } from '../support/registry';
import { TRIGGER_TYPE } from '../support/workflows';

const SECRET = 'not-yet-known';
const PACKAGE = 'n8n-nodes-jofi';
const NEXT_VERSION = '99.0.0';

/** A step of “Get started”. */
interface Step {
	kind: 'click' | 'double-click' | 'enter' | 'copy file' | 'press';
	/** The name of what to click, what to enter, the path of a file, or keys. */
	text: string;
	/** The words between the step before and this one. */
	before: string;
}

/** The steps in the order of the text. Quoted lines are a mail and hold none. */
function stepsOf(readme: string): Step[] {
	const [, section = ''] = /^## Get started$([^]*?)^## /m.exec(readme) ?? [];
	const text = section.replace(/^>.*$/gm, '');
	const steps: Step[] = [];
	let end = 0;
	for (const match of text.matchAll(
		/\[\*\*[^*]+\*\*\]\(([^)]+)\)|\*\*([^*]+)\*\*|`(n8n-nodes-jofi)`/g,
	)) {
		const [whole, file, bold, entered] = match;
		const before = text.slice(end, match.index);
		end = match.index + whole.length;
		steps.push({ ...step(file, bold, entered, before), before });
	}
	return steps;
}

function step(
	file: string | undefined,
	bold = '',
	entered: string | undefined,
	before: string,
): Pick<Step, 'kind' | 'text'> {
	if (file !== undefined) return { kind: 'copy file', text: file };
	if (entered !== undefined) return { kind: 'enter', text: entered };
	if (/double-click $/i.test(before)) return { kind: 'double-click', text: bold };
	return { kind: /press $/i.test(before) ? 'press' : 'click', text: bold };
}

/** What has no words on the screen, by its name in README. */
const WITHOUT_WORDS: Record<string, (page: Page) => Locator> = {
	'+': (page) => page.getByTestId('universal-add'),
	'…': (page) => page.getByTestId('workflow-menu'),
	Overview: (page) => page.getByTestId('project-home-menu-item'),
	'×': (page) => page.getByTestId('ndv-close-button'),
	'the address': (page) => page.getByText(/^https?:\/\/.*\/webhook(-test)?\//),
};

/** The field that a label stands for. */
const FIELDS: Record<string, string> = { 'Signing Secret': 'parameter-input-signingSecret' };

let tarball: string;
let registry: LocalRegistry;
let internet: FakeInternet;
let n8n: TestServer;
let browser: Browser;
let context: BrowserContext;
let settings: Editor;
let editor: Page;
/** The Production URL of the workflow that README leads to. */
let live: string;

beforeAll(async () => {
	tarball = await packPackage();
	registry = await LocalRegistry.start();
	await registry.publish(tarball);
	// n8n reaches nothing outside.
	internet = await FakeInternet.start({});
	n8n = await startTestServer({
		tarball: undefined,
		hasEditor: true,
		env: { ...internet.env, PATH: `${await registry.folderWithNpm()}:${process.env.PATH}` },
	});
	browser = await startBrowser();
	context = await browser.newContext({
		viewport: { width: 1440, height: 900 },
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	settings = await Editor.logIn(context, n8n.server.url, n8n.rest);
	editor = settings.page;
	await editor.goto(n8n.server.url);
});

afterAll(async () => {
	await browser?.close();
	await n8n?.server.dispose();
	await internet?.stop();
	await registry?.dispose();
});

/** The page that the person looks at. */
let shown: Page;

/** Finds what has a name on the screen: the one on top, if several have it. */
function called(name: string): Locator {
	const withoutWords = WITHOUT_WORDS[name];
	if (withoutWords) return withoutWords(shown);
	const roles = ['button', 'menuitem', 'link', 'tab', 'radio', 'checkbox'] as const;
	const byRole = roles.map((role) => shown.getByRole(role, { name, exact: true }));
	const [first = shown.getByText(name), ...others] = byRole;
	return (
		others
			.reduce((found, other) => found.or(other), first.or(shown.getByText(name, { exact: true })))
			// The notes on the canvas have the same words.
			.and(shown.locator(':not([data-test-id="sticky"] *)'))
			.filter({ visible: true })
			.last()
	);
}

async function take({ kind, text, before }: Step): Promise<void> {
	if (/Back in n8n/.test(before)) {
		shown = editor;
		await shown.bringToFront();
		// A person sees the green ticks first.
		await shown.getByTestId('canvas-node-status-success').nth(2).waitFor();
	}
	if (text === 'new tab') {
		const address = await shown.evaluate<string>('navigator.clipboard.readText()');
		shown = await context.newPage();
		// n8n registers a webhook a moment after the click; README says to wait and reload.
		await eventually(
			`a page at ${address}`,
			async () => (await shown.goto(address))?.status(),
			(status) => status === 200,
		);
	} else if (kind === 'copy file') {
		const page = await context.newPage();
		await page.goto(`file://${join(checkout, text)}`);
		await page.keyboard.press('Control+A');
		await page.keyboard.press('Control+C');
		await page.close();
		await shown.bringToFront();
	} else if (kind === 'press') {
		await shown.getByTestId('canvas-plus-button').waitFor();
		await shown.keyboard.press(text.replace('Ctrl', 'Control'));
	} else if (kind === 'enter') {
		await shown.getByRole('dialog').getByRole('textbox').last().fill(text);
	} else if (/ into $/.test(before)) {
		// The label names the button of the field's options as well.
		await shown
			.getByTestId(FIELDS[text] ?? text)
			.locator('input')
			.fill(SECRET);
	} else if (/once more $/.test(before)) {
		await shown.getByRole('dialog').getByRole('button', { name: text, exact: true }).click();
	} else if (kind === 'double-click') {
		await shown
			.getByTestId(/^canvas-(trigger|default)-node$/)
			.filter({ hasText: text })
			.dblclick();
	} else {
		await called(text).click();
	}
}

async function takeAll(steps: Step[]): Promise<void> {
	shown = editor;
	for (const step of steps) {
		try {
			await take(step);
		} catch (error) {
			const picture = join(await mkdtemp(join(tmpdir(), 'jofi-browser-')), 'shown.png');
			// However soon the step itself had to be done.
			await shown.screenshot({ path: picture, timeout: HANG_MS });
			const what = `${step.kind} “${step.text}”`;
			throw new Error(`README says: ${what}. See ${picture}`, { cause: error });
		}
	}
}

async function nodeTypes(): Promise<string> {
	return await n8n.rest.open('GET', '/../types/nodes.json');
}

/** Delivers an event, and a forgery. Out: the rows of the table, once there are so many. */
async function rowsAfter(event: SentEvent, count: number) {
	expect((await deliver(live, event, hmac(SECRET))).status).toBe(200);
	expect((await deliver(live, event, hmac('another'))).status).toBe(401);
	return await eventually(
		`${count} rows in the table`,
		async () => await n8n.rest.tableRows('jofi rows'),
		({ length }) => length === count,
	);
}

test('what README says leads to the first row, and to a live endpoint', async () => {
	const steps = stepsOf(readFileSync(join(checkout, 'README.md'), 'utf8'));
	expect(steps.length).toBeGreaterThan(25);
	const goLive = steps.findIndex(({ before }) => before.includes('### 5. Go live'));
	expect(goLive).toBeGreaterThan(0);
	expect(await nodeTypes()).not.toContain(TRIGGER_TYPE);

	await takeAll(steps.slice(0, goLive));
	await shown.getByText('Linda Sample').waitFor();
	await shown.getByText('linda.sample@example.com').waitFor();

	await takeAll(steps.slice(goLive));
	await shown.getByRole('heading', { name: 'This endpoint is live' }).waitFor();
	live = shown.url();
	expect(await nodeTypes()).toContain(TRIGGER_TYPE);
	const event = jofiEvent('invitation.created');
	expect(await rowsAfter(event, 2)).toMatchObject([
		{ full_name: 'Linda Sample', event_name: 'Assessment Completed' },
		{ event_id: event.id, event_name: 'Invitation Created' },
	]);
});

test('updated in the settings: the workflow goes on', async () => {
	await registry.publish(tarball, NEXT_VERSION);
	await settings.openCommunityNodes();
	expect(await settings.installedCommunityNode()).toContain(`v${await packageVersion()}`);
	await settings.updateCommunityNode();
	expect(await settings.installedCommunityNode()).toContain(`v${NEXT_VERSION}`);
	const event = jofiEvent('invitation.accepted');
	expect((await rowsAfter(event, 3)).at(-1)).toMatchObject({ event_id: event.id });
});

test('uninstalled in the settings: nothing stays behind', async () => {
	const installed = join(n8n.server.userFolder, '.n8n/nodes/node_modules', PACKAGE);
	expect(existsSync(installed)).toBe(true);
	for (const workflow of await n8n.rest.workflows()) await n8n.rest.unpublish(workflow);
	await settings.uninstallCommunityNode();
	await eventually('the package to be gone', nodeTypes, (types) => !types.includes(TRIGGER_TYPE));
	expect(existsSync(installed)).toBe(false);
	expect(await n8n.rest.call('GET', '/community-packages')).toEqual([]);
});

test('it can fail: a name that is not on the screen is noticed', async () => {
	shown = editor;
	shown.setDefaultTimeout(2000);
	await expect(takeAll([{ kind: 'click', text: 'No such button', before: '' }])).rejects.toThrow(
		'README says: click “No such button”',
	);
});
