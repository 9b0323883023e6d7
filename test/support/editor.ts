import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	chromium,
	selectors,
	type BrowserContext,
	type BrowserContextOptions,
	type Locator,
	type Page,
} from 'playwright-core';
import { HANG_MS } from './eventually';
import { BROWSER_ID } from './n8n/rest';
import type { TestServer } from './n8n/testServer';
import { installProgram, type Program } from './requirements';

/** What a click or an element may take: n8n has started by then. */
const STEP_MS = 2 * 60_000;

interface EditorOptions extends BrowserContextOptions {
	program?: Extract<Program, 'browser' | 'chromium'>;
}

/** n8n's editor in a browser of its own, by what a person does there. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a page as the owner. It shows nothing yet: n8n's editor takes long to load. */
	static async start(
		{ server, rest }: TestServer,
		{ program = 'browser', ...options }: EditorOptions = {},
	): Promise<Editor> {
		// n8n's own name for it.
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({
			executablePath: await installProgram(program),
			args: ['--disable-gpu', '--disable-quic'],
		});
		const context = await browser.newContext({
			viewport: { width: 1280, height: 900 },
			// Without a graphics card n8n's animations take half a core.
			reducedMotion: 'reduce',
			...options,
		});
		await context.addCookies(rest.cookies.map((cookie) => ({ ...cookie, url: server.url })));
		// n8n takes a session from the browser only that it was begun in, by this name.
		await context.addInitScript(`localStorage.setItem('n8n-browserId', '${BROWSER_ID}')`);
		context.setDefaultTimeout(STEP_MS);
		context.setDefaultNavigationTimeout(HANG_MS);
		const page = await context.newPage();
		const editor = new Editor(page, server.url);
		// browserEnvironment.ts calls it when a test fails.
		Object.assign(globalThis, { takePicture: async () => await editor.takePicture() });
		return editor;
	}

	async close(): Promise<void> {
		await this.context.browser()?.close();
	}

	get context(): BrowserContext {
		return this.page.context();
	}

	/**
	 * Takes a picture of the newest page, and leaves the editor, so that the next test starts anew.
	 *
	 * @returns the picture's path
	 */
	async takePicture(): Promise<string> {
		const path = join(await mkdtemp(join(tmpdir(), 'jofi-browser-')), 'page.png');
		await this.context.pages().at(-1)?.screenshot({ path });
		await this.page.goto('about:blank');
		return path;
	}

	/** Where an open node shows what it returned. */
	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	get credentialDialog(): Locator {
		return this.page.getByTestId('credential-edit-dialog');
	}

	async newWorkflow(): Promise<void> {
		await this.goTo('/workflow/new');
		await this.page.getByTestId('canvas-plus-button').waitFor();
	}

	/** Searches for a node on an empty canvas and waits until it is found. */
	async findNode(words: string, node: string): Promise<Locator> {
		const search = this.page.getByTestId('node-creator-search-bar');
		if (!(await search.isVisible())) await this.page.getByTestId('canvas-plus-button').click();
		const found = this.page.getByTestId('item-iterator-item').filter({ hasText: node }).first();
		// What an earlier search found goes first.
		await search.fill('');
		await found.waitFor({ state: 'hidden' });
		await search.fill(words);
		await found.waitFor();
		return found;
	}

	/** Searches for a node, chooses it and one of its actions. */
	async addNodeFromSearch(words: string, node: string, action: string): Promise<void> {
		await (await this.findNode(words, node)).click();
		const found = this.page.getByTestId('item-iterator-item');
		const wanted = found.filter({ hasText: action }).first();
		// On an empty canvas n8n keeps what is no trigger folded.
		const folded = this.page.getByText(/^Actions \(\d+\)$/);
		await wanted.or(folded).first().waitFor();
		if (!(await wanted.isVisible())) await folded.click();
		await wanted.click();
		await this.page.getByTestId('ndv').waitFor();
	}

	async openWorkflow(workflowId: string): Promise<void> {
		await this.goTo(`/workflow/${workflowId}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Opens a node of a saved workflow; closes the node that is open. */
	async openNode(workflowId: string, name: string): Promise<void> {
		if (!this.page.url().includes(`/workflow/${workflowId}`)) await this.openWorkflow(workflowId);
		if (await this.page.getByTestId('ndv').isVisible()) await this.closeNode();
		await this.closeMessages();
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** Clicks “Execute step” and waits until the editor listens. */
	async listen(): Promise<void> {
		const button = this.page.getByTestId('trigger-execute-button');
		// Until the editor has noticed that an earlier listening is over, the button ends it.
		await button.filter({ hasText: 'Execute step' }).first().click();
		await this.page.getByText('Listening for test event').waitFor();
	}

	/** Opens the Test URL in another tab and clicks a sample. */
	async chooseSample(url: string, name: string): Promise<void> {
		const visitor = await this.context.newPage();
		await visitor.goto(url);
		await visitor.getByRole('link', { name }).click();
		await visitor.getByRole('heading', { name: `“${name}” was sent to n8n` }).waitFor();
		await visitor.close();
	}

	/** Opens the list of events in the trigger and clicks on these, to add or to remove each. */
	async pickEvents(names: string[]): Promise<void> {
		await this.page.getByTestId('parameter-input-events').click();
		for (const name of names) await this.chooseItem(name);
		await this.page.keyboard.press('Escape');
	}

	async closeMessages(): Promise<void> {
		const messages = this.page.locator('.el-notification');
		for (let left = await messages.count(); left > 0; left = await messages.count()) {
			await messages.first().locator('.el-notification__closeBtn').click();
			await messages.nth(left - 1).waitFor({ state: 'detached' });
		}
	}

	/** Drags the parameters to the left, to make room for the output. */
	async widenOutput(): Promise<void> {
		const leftEdge = { targetPosition: { x: 1, y: 300 }, steps: 10 };
		await this.page.getByTestId('panel-drag-button').dragTo(this.page.locator('body'), leftEdge);
	}

	/** The columns of the output, from its table. */
	async outputColumns(): Promise<string[]> {
		await this.openTable();
		const headers = this.output.locator('th');
		await headers.first().waitFor();
		return (await headers.allInnerTexts()).map((text) => text.trim()).filter(Boolean);
	}

	async outputText(): Promise<string> {
		await this.openTable();
		return await this.output.innerText();
	}

	/** Waits until the output has this text; until then it may show what came before. */
	async waitForOutput(text: string): Promise<void> {
		await this.openTable();
		await this.output.getByText(text).first().waitFor();
	}

	/** The names of the branches above the output, once one of them has items. */
	async branches(filled: string): Promise<string[]> {
		const tabs = this.output.locator('[data-test-id^="tab-"]');
		await tabs.filter({ hasText: new RegExp(`${filled}.*item`) }).waitFor();
		return (await tabs.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
	}

	async waitForError(message: RegExp, description?: RegExp): Promise<void> {
		const error = this.page.getByTestId(/^node-error-(message|description)$/);
		await error.filter({ hasText: message }).first().waitFor();
		if (description) await error.filter({ hasText: description }).first().waitFor();
	}

	async startFirstCredential(of = 'JOFI Webhook'): Promise<void> {
		const first = this.page.getByTestId('node-credentials-empty-state');
		await first.getByText(`Connect to ${of}`, { exact: true }).click();
		await this.credentialDialog.waitFor();
	}

	async visibleCredentialFields(): Promise<string[]> {
		const labels = this.credentialDialog
			.getByTestId('credential-connection-parameter')
			.filter({ hasNotText: 'JOFI proves' });
		await labels.first().waitFor();
		const texts = await labels.allInnerTexts();
		return texts.map((text) => (text.split('\n')[0] ?? '').replace(/\*$/, '').trim());
	}

	/** Saves the credential and waits for n8n to refuse it with these words. */
	async saveRefusedCredential(words: RegExp): Promise<void> {
		await this.clickSave();
		const dialog = this.credentialDialog;
		const more = dialog.getByText('More details');
		await dialog.getByText(words).or(more).first().waitFor();
		if (await more.isVisible()) await more.click();
		await dialog.getByText(words).waitFor();
	}

	/** Saves the credential and waits until n8n has taken it and closed the dialog. */
	async saveCredential(): Promise<void> {
		await this.clickSave();
		await this.credentialDialog.waitFor({ state: 'hidden' });
	}

	/** The button inside is disabled until n8n has taken what was typed. */
	private async clickSave(): Promise<void> {
		await this.page.getByTestId('credential-save-button').getByRole('button').click();
	}

	/**
	 * Opens a node and drags a field of its input onto a field of its assignments.
	 *
	 * @returns the assignment: its expression and what it comes to with the sample
	 */
	async mapField(node: string, field: string): Promise<string> {
		await this.page.getByTestId('canvas-default-node').filter({ hasText: node }).dblclick();
		const source = this.page.getByTestId('ndv-input-panel').getByText(field, { exact: true });
		const target = this.page.getByTestId('assignment-value').first();
		// n8n follows the pointer, so it has to be on its way for a while.
		await source.first().dragTo(target, { steps: 20 });
		return await this.page.getByTestId('assignment').filter({ hasText: '$json' }).innerText();
	}

	/** Clicks “Execute step” and waits until the node has run. */
	async executeNode(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		const ended = this.output.getByTestId(/^(ndv-items-count|node-error-message)$/);
		await ended.first().waitFor();
	}

	async fillParameter(name: string, value: string): Promise<void> {
		const field = this.page.getByTestId(`parameter-input-${name}`);
		await field.locator('input, textarea').first().fill(value);
	}

	/** Chooses from the list of a resource locator, and returns its entries. */
	async chooseFromList(parameter: string, text: string): Promise<string[]> {
		const locator = this.page.getByTestId(`resource-locator-${parameter}`);
		await locator.getByTestId('rlc-input').click();
		const items = this.page.getByTestId('rlc-item').filter({ visible: true });
		const chosen = items.filter({ hasText: text }).first();
		await chosen.waitFor();
		const entries = await items.allInnerTexts();
		await chosen.click();
		return entries.map((entry) => entry.trim());
	}

	async addField(name: string): Promise<void> {
		await this.page.getByPlaceholder('Add Field').first().click();
		await this.chooseItem(name);
	}

	async chooseOption(parameter: string, name: string): Promise<void> {
		await this.page.getByTestId(`parameter-input-${parameter}`).first().click();
		await this.chooseItem(name);
	}

	private async chooseItem(name: string): Promise<void> {
		const items = this.page.getByTestId('parameter-input-item').or(this.page.getByRole('option'));
		await items.filter({ hasText: name, visible: true }).first().click();
	}

	/** Goes to one of n8n's addresses, within the editor once it is there: to load it anew takes n8n ten seconds. */
	async goTo(path: string): Promise<void> {
		if (!this.page.url().startsWith(this.url)) {
			await this.page.goto(`${this.url}${path}`);
			return;
		}
		// What the browser's Back and Forward do; n8n's router looks at nothing else.
		await this.page.evaluate((to) => {
			history.pushState(null, '', to);
			dispatchEvent(new PopStateEvent('popstate'));
		}, path);
	}

	private async openTable(): Promise<void> {
		await this.page.bringToFront();
		await this.output.getByTestId('radio-button-table').click();
	}
}
