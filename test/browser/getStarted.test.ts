/**
 * Follows “Get started” of README to the letter: clicks what is bold, in that order, presses its keys, enters
 * what is to be entered, and touches nothing else. The package comes from a registry; later it is updated and
 * uninstalled in the settings.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { Editor } from '../support/editor';
import { eventually } from '../support/eventually';
import { deliver, hmac, jofiEvent, type SentEvent } from '../support/jofi';
import { checkout } from '../support/n8n/packedPackage';
import { startTestServer, type TestServer } from '../support/n8n/testServer';
import { FakeInternet } from '../support/outside/internet';
import { NpmRegistry, REGISTRY_HOST } from '../support/outside/npmRegistry';
import { TRIGGER_TYPE } from '../support/workflows';
import { name as PACKAGE, version } from '../../package.json';

const SECRET = 'not-yet-known';
const NEXT_VERSION = '99.0.0';
const tarball = process.env.JOFI_TARBALL ?? '';

/** A step of “Get started”: what is bold, what is to be entered, or the file behind a bold link. */
interface Step {
	bold?: string;
	entered?: string;
	file?: string;
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
		/\[\*\*[^*]+\*\*\]\((?<file>[^)]+)\)|\*\*(?<bold>[^*]+)\*\*|`(?<entered>n8n-nodes-jofi)`/g,
	)) {
		steps.push({ ...match.groups, before: text.slice(end, match.index) });
		end = match.index + match[0].length;
	}
	return steps;
}

/** What has no words on the screen, by its name in README. */
const WITHOUT_WORDS: Record<string, (page: Page) => Locator> = {
	'+': (page) => page.getByTestId('universal-add'),
	'…': (page) => page.getByTestId('workflow-menu'),
	Overview: (page) => page.getByTestId('project-home-menu-item'),
	'×': (page) => page.getByTestId('ndv-close-button'),
	'the address': (page) => page.getByText(/^https?:\/\/.*\/webhook(-test)?\//),
};

const registry = new NpmRegistry();
let internet: FakeInternet;
let n8n: TestServer;
let editor: Editor;
/** The page that the person looks at. */
let shown: Page;
/** The Production URL of the workflow that README leads to. */
let live: string;

beforeAll(async () => {
	await registry.publish(tarball, version);
	// n8n reaches nothing else outside.
	internet = await FakeInternet.start({ [REGISTRY_HOST]: registry.api });
	n8n = await startTestServer({
		tarball: undefined,
		hasEditor: true,
		env: internet.env,
	});
	editor = await Editor.start(n8n, {
		viewport: { width: 1440, height: 900 },
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	await editor.page.goto(n8n.server.url);
});

afterAll(async () => {
	await editor?.close();
	await n8n?.server.dispose();
	await internet?.stop();
});

/** Finds what has a name on the screen: the one on top, if several have it. */
function called(name: string): Locator {
	const withoutWords = WITHOUT_WORDS[name];
	if (withoutWords) return withoutWords(shown);
	const roles = ['button', 'menuitem', 'link', 'tab', 'radio', 'checkbox'] as const;
	return (
		roles
			.map((role) => shown.getByRole(role, { name, exact: true }))
			.reduce((found, other) => found.or(other), shown.getByText(name, { exact: true }))
			// The notes on the canvas have the same words.
			.and(shown.locator(':not([data-test-id="sticky"] *)'))
			.filter({ visible: true })
			.last()
	);
}

async function take({ bold = '', entered, file, before }: Step): Promise<void> {
	if (/Back in n8n/.test(before)) {
		shown = editor.page;
		await shown.bringToFront();
		// A person sees the green ticks first.
		await shown.getByTestId('canvas-node-status-success').nth(2).waitFor();
	}
	if (file !== undefined) {
		const page = await editor.context.newPage();
		await page.goto(`file://${join(checkout, file)}`);
		await page.keyboard.press('Control+A');
		await page.keyboard.press('Control+C');
		await page.close();
		await shown.bringToFront();
	} else if (entered !== undefined) {
		await shown.getByRole('dialog').getByRole('textbox').last().fill(entered);
	} else if (bold === 'new tab') {
		const address = await shown.evaluate<string>('navigator.clipboard.readText()');
		shown = await editor.context.newPage();
		// n8n registers a webhook a moment after the click; README says to wait and reload.
		await eventually(
			`a page at ${address}`,
			async () => (await shown.goto(address))?.status(),
			(status) => status === 200,
		);
	} else if (/press $/i.test(before)) {
		await shown.getByTestId('canvas-plus-button').waitFor();
		await shown.keyboard.press(bold.replace('Ctrl', 'Control'));
	} else if (bold === 'Signing Secret') {
		// The label names the button of the field's options as well.
		await editor.fillParameter('signingSecret', SECRET);
	} else if (/once more $/.test(before)) {
		await shown.getByRole('dialog').getByRole('button', { name: bold, exact: true }).click();
	} else if (/double-click $/i.test(before)) {
		const node = shown.getByTestId(/^canvas-(trigger|default)-node$/);
		await node.filter({ hasText: bold }).dblclick();
	} else {
		await called(bold).click();
	}
}

async function takeAll(steps: Step[]): Promise<void> {
	shown = editor.page;
	for (const step of steps) {
		await take(step).catch((error: unknown) => {
			throw new Error(`README says: ${JSON.stringify(step)}`, { cause: error });
		});
	}
}

const hasTrigger = async () =>
	(await n8n.rest.nodeTypes()).some(({ name }) => name === TRIGGER_TYPE);

/** Delivers an event, and a forgery. Returns the rows of the table, once there are so many. */
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
	expect(await hasTrigger()).toBe(false);

	await takeAll(steps.slice(0, goLive));
	await shown.getByText('Linda Sample').waitFor();
	await shown.getByText('linda.sample@example.com').waitFor();

	await takeAll(steps.slice(goLive));
	await shown.getByRole('heading', { name: 'This endpoint is live' }).waitFor();
	live = shown.url();
	expect(await hasTrigger()).toBe(true);
	const event = jofiEvent('invitation.created');
	expect(await rowsAfter(event, 2)).toMatchObject([
		{ full_name: 'Linda Sample', event_name: 'Assessment Completed' },
		{ event_id: event.id, event_name: 'Invitation Created' },
	]);
});

describe('in the settings', () => {
	/** While the page loads, n8n shows empty cards. */
	const card = () => editor.page.getByTestId('community-package-card').filter({ hasText: PACKAGE });

	async function confirm(button: string): Promise<void> {
		const dialog = editor.page.getByTestId('communityPackageManageConfirm-modal');
		await dialog.getByRole('button', { name: button }).click();
		await dialog.waitFor({ state: 'hidden' });
	}

	test('the package is updated, and the workflow goes on', async () => {
		await registry.publish(tarball, NEXT_VERSION);
		await editor.goTo('/settings/community-nodes');
		await card().getByText(`v${version}`).waitFor();
		await editor.page.getByRole('button', { name: 'Update', exact: true }).click();
		await confirm('Confirm update');
		await card().getByText(`v${NEXT_VERSION}`).waitFor();
		const event = jofiEvent('invitation.accepted');
		expect((await rowsAfter(event, 3)).at(-1)).toMatchObject({ event_id: event.id });
	});

	test('the package is uninstalled, and nothing stays behind', async () => {
		const installed = join(n8n.server.userFolder, '.n8n/nodes/node_modules', PACKAGE);
		expect(existsSync(installed)).toBe(true);
		for (const workflow of await n8n.rest.workflows()) await n8n.rest.unpublish(workflow);
		await card().getByTestId('action-toggle').click();
		await editor.page.getByRole('menuitem', { name: 'Uninstall' }).click();
		await confirm('Confirm uninstall');
		await eventually('the package to be gone', hasTrigger, (isThere) => !isThere);
		expect(existsSync(installed)).toBe(false);
		expect(await n8n.rest.call('GET', '/community-packages')).toEqual([]);
	});
});
