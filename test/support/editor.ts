import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { eventually, HANG_MS } from './eventually';
import { BROWSER_ID, type N8nRest } from './n8n/rest';

/** What a click or an element may take: n8n has started by then. */
const STEP_MS = 2 * 60_000;

/** n8n's editor in a browser, by what a person does there. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a page as the owner who is logged in at `rest`. It shows nothing yet: n8n's editor takes long to load. */
	static async logIn(context: BrowserContext, url: string, rest: N8nRest): Promise<Editor> {
		await context.addCookies(rest.cookies.map((cookie) => ({ ...cookie, url })));
		// n8n takes a session from the browser only that it was begun in, by this name.
		await context.addInitScript(`localStorage.setItem('n8n-browserId', '${BROWSER_ID}')`);
		const page = await context.newPage();
		page.setDefaultTimeout(STEP_MS);
		page.setDefaultNavigationTimeout(HANG_MS);
		// Without a graphics card n8n's animations take half a core.
		await page.emulateMedia({ reducedMotion: 'reduce' });
		const editor = new Editor(page, url);
		// browserEnvironment.ts calls it when a test fails.
		Object.assign(globalThis, { takePicture: async () => await editor.takePicture() });
		return editor;
	}

	/**
	 * Takes a picture of the page, and leaves the page, so that the next test starts anew.
	 *
	 * @returns the picture's path
	 */
	async takePicture(): Promise<string> {
		const path = join(await mkdtemp(join(tmpdir(), 'jofi-browser-')), 'editor.png');
		await this.page.screenshot({ path });
		await this.page.goto('about:blank');
		return path;
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

	async openTrigger(workflowId: string): Promise<void> {
		await this.openWorkflow(workflowId);
		await this.page.getByTestId('canvas-trigger-node').first().dblclick();
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

	/** The Test URL, read from the panel “Webhook URLs”; while the editor listens it can't be opened. */
	async webhookUrl(): Promise<string> {
		const panel = this.page.getByText('Webhook URLs', { exact: true });
		await panel.click();
		const url = this.page.getByText(/\/webhook-test\//);
		return (await url.innerText()).replace(/\s/g, '');
	}

	/** Opens the list of events in the trigger and clicks on these, to add or to remove each. */
	async pickEvents(names: string[]): Promise<void> {
		const events = this.page.getByTestId('parameter-input-events');
		await events.click();
		for (const name of names) {
			await this.page.getByRole('option').filter({ hasText: name, visible: true }).click();
		}
		await this.page.keyboard.press('Escape');
	}

	/** The line below the trigger on the canvas. */
	async subtitle(): Promise<string> {
		return await this.page.getByTestId('canvas-trigger-node').first().innerText();
	}

	/** Takes away the messages that n8n shows in a corner. */
	async closeMessages(): Promise<void> {
		const messages = this.page.locator('.el-notification');
		for (let left = await messages.count(); left > 0; left = await messages.count()) {
			await messages.first().locator('.el-notification__closeBtn').click();
			await eventually(
				'a message to go',
				async () => await messages.count(),
				(count) => count < left,
			);
		}
	}

	/** Drags the parameters to the left, to make room for the output. */
	async widenOutput(): Promise<void> {
		const handle = this.page.getByTestId('panel-drag-button');
		const box = await handle.boundingBox();
		if (!box) throw new Error('The panel of the node is not on the screen');
		await handle.hover();
		await this.page.mouse.down();
		await this.page.mouse.move(0, box.y + box.height / 2, { steps: 10 });
		await this.page.mouse.up();
	}

	/** The columns of the output, from its table. */
	async outputColumns(): Promise<string[]> {
		await this.openTable();
		const headers = this.page.getByTestId('output-panel').locator('th');
		await headers.first().waitFor();
		return (await headers.allInnerTexts()).map((text) => text.trim()).filter(Boolean);
	}

	async outputText(): Promise<string> {
		await this.openTable();
		return await this.page.getByTestId('output-panel').innerText();
	}

	/** Waits until the output has this text; until then it may show what came before. */
	async waitForOutput(text: string): Promise<void> {
		await this.openTable();
		await this.page.getByTestId('output-panel').getByText(text).first().waitFor();
	}

	/** What n8n says above the output. */
	async hints(): Promise<string[]> {
		const hints = this.page.getByTestId('output-panel').getByTestId('node-hint');
		return (await hints.allInnerTexts()).map((text) => text.trim());
	}

	/** Where the link in what n8n says above the output leads. */
	async hintLink(): Promise<string | null> {
		const hints = this.page.getByTestId('output-panel').getByTestId('node-hint');
		return await hints.getByRole('link').getAttribute('href');
	}

	/** The names of the branches above the output. */
	async branches(): Promise<string[]> {
		const tabs = this.page.getByTestId('output-panel').locator('[data-test-id^="tab-"]');
		await tabs.first().waitFor();
		return (await tabs.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
	}

	/** Waits until the node shows this error. */
	async waitForError(message: RegExp, description?: RegExp): Promise<void> {
		await this.page.getByTestId('node-error-message').filter({ hasText: message }).waitFor();
		if (!description) return;
		await this.page
			.getByTestId('node-error-description')
			.filter({ hasText: description })
			.waitFor();
	}

	/** Opens the dialog of the first credential that someone creates. */
	async startFirstCredential(of = 'JOFI Webhook'): Promise<void> {
		const first = this.page.getByTestId('node-credentials-empty-state');
		await first.getByText(`Connect to ${of}`, { exact: true }).click();
		await this.page.getByTestId('credential-edit-dialog').waitFor();
	}

	async visibleCredentialFields(): Promise<string[]> {
		const labels = this.page
			.getByTestId('credential-edit-dialog')
			.getByTestId('credential-connection-parameter')
			.filter({ hasNotText: 'JOFI proves' });
		await labels.first().waitFor();
		const texts = await labels.allInnerTexts();
		return texts.map((text) => (text.split('\n')[0] ?? '').replace(/\*$/, '').trim());
	}

	async chooseVerificationMethod(name: string): Promise<void> {
		const dialog = this.page.getByTestId('credential-edit-dialog');
		await dialog.getByTestId('parameter-input-verificationMethod').click();
		await this.page
			.getByTestId('parameter-input-item')
			.filter({ hasText: name, visible: true })
			.click();
	}

	async fillCredential(field: string, value: string): Promise<void> {
		const dialog = this.page.getByTestId('credential-edit-dialog');
		await dialog.getByTestId(`parameter-input-${field}`).locator('input').fill(value);
	}

	/** Saves the credential and waits for n8n to refuse it with these words. */
	async saveRefusedCredential(words: RegExp): Promise<void> {
		await this.clickSave();
		const dialog = this.page.getByTestId('credential-edit-dialog');
		const more = dialog.getByText('More details');
		await dialog.getByText(words).or(more).first().waitFor();
		if (await more.isVisible()) await more.click();
		await dialog.getByText(words).waitFor();
	}

	/** Saves the credential and waits until n8n has taken it and closed the dialog. */
	async saveCredential(): Promise<void> {
		await this.clickSave();
		await this.page.getByTestId('credential-edit-dialog').waitFor({ state: 'hidden' });
	}

	/** Until n8n has taken what was typed, a tenth of a second later, the button is disabled, but not what holds it. */
	private async clickSave(): Promise<void> {
		await this.page.getByTestId('credential-save-button').getByRole('button').click();
	}

	/** Publishes the open workflow by its button and dialog. */
	async publish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
		await this.page.getByTestId('workflowPublish-modal').waitFor({ state: 'hidden' });
		await this.page.getByRole('button', { name: 'Got it' }).click();
	}

	async openCommunityNodes(): Promise<void> {
		await this.goTo('/settings/community-nodes');
	}

	/** Takes the newer version that the page of community nodes offers. */
	async updateCommunityNode(): Promise<void> {
		await this.page.getByRole('button', { name: 'Update', exact: true }).click();
		await this.confirmCommunityNode('Confirm update');
	}

	async uninstallCommunityNode(): Promise<void> {
		await this.page.getByTestId('community-package-card').getByTestId('action-toggle').click();
		await this.page.getByRole('menuitem', { name: 'Uninstall' }).click();
		await this.confirmCommunityNode('Confirm uninstall');
	}

	/** What the page of community nodes says about the installed package. */
	async installedCommunityNode(): Promise<string> {
		// While the page loads, n8n shows empty cards.
		const cards = this.page.getByTestId('community-package-card');
		return await cards.filter({ hasText: 'n8n-nodes-' }).innerText();
	}

	private async confirmCommunityNode(button: string): Promise<void> {
		const dialog = this.page.getByTestId('communityPackageManageConfirm-modal');
		await dialog.getByRole('button', { name: button }).click();
		await dialog.waitFor({ state: 'hidden' });
	}

	/** What the list of a workflow's executions says. */
	async executions(workflowId: string): Promise<string> {
		await this.goTo(`/workflow/${workflowId}/executions`);
		const list = this.page.getByTestId('current-executions-list');
		await list.locator('[data-test-id^="execution-details-"]').first().waitFor();
		return await list.innerText();
	}

	/** Opens a node and drags a field of its input onto a field of its assignments. */
	async mapField(node: string, field: string): Promise<void> {
		await this.page.getByTestId('canvas-default-node').filter({ hasText: node }).dblclick();
		const source = this.page
			.getByTestId('ndv-input-panel')
			.getByText(field, { exact: true })
			.first();
		const target = this.page.getByTestId('assignment-value').first();
		const box = await target.boundingBox();
		if (!box) throw new Error('The assignment is not on the screen');
		await source.hover();
		await this.page.mouse.down();
		// n8n follows the pointer, so it has to be on its way for a while.
		await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 20 });
		await this.page.mouse.up();
	}

	/** The first assignment: its expression and what it comes to with the sample. */
	async mappedField(): Promise<string> {
		const assignment = this.page.getByTestId('assignment').filter({ hasText: '$json' });
		await assignment.waitFor();
		return await assignment.innerText();
	}

	/** Clicks “Execute step” and waits until the node has run. */
	async executeNode(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		const output = this.page.getByTestId('output-panel');
		await output
			.getByTestId('ndv-items-count')
			.or(output.getByTestId('node-error-message'))
			.first()
			.waitFor();
	}

	async fillParameter(name: string, value: string): Promise<void> {
		const field = this.page.getByTestId(`parameter-input-${name}`);
		await field.locator('input, textarea').first().fill(value);
	}

	/** Turns a parameter on that is off, or off that is on. */
	async switchParameter(name: string): Promise<void> {
		await this.page.getByTestId(`parameter-input-${name}`).locator('.el-switch').click();
	}

	/** Opens the list of a resource locator and returns its entries. */
	async openList(parameter: string): Promise<string[]> {
		const locator = this.page.getByTestId(`resource-locator-${parameter}`);
		await locator.getByTestId('rlc-input').click();
		const items = this.page.getByTestId('rlc-item').filter({ visible: true });
		await items.first().waitFor();
		return (await items.allInnerTexts()).map((text) => text.trim());
	}

	/** Chooses from the list of a resource locator. */
	async chooseFromList(parameter: string, text: string): Promise<void> {
		await this.openList(parameter);
		await this.page
			.getByTestId('rlc-item')
			.filter({ hasText: text, visible: true })
			.first()
			.click();
	}

	/** Adds one of the Additional Fields. */
	async addField(name: string): Promise<void> {
		await this.page.getByPlaceholder('Add Field').first().click();
		await this.page
			.getByTestId('parameter-input-item')
			.or(this.page.getByRole('option'))
			.filter({ hasText: name, visible: true })
			.first()
			.click();
	}

	/** Chooses one of the options of a parameter. */
	async chooseOption(parameter: string, name: string): Promise<void> {
		await this.page.getByTestId(`parameter-input-${parameter}`).first().click();
		await this.page
			.getByTestId('parameter-input-item')
			.filter({ hasText: name, visible: true })
			.first()
			.click();
	}

	/** Goes to one of n8n's addresses, within the editor once it is there: to load it anew takes n8n ten seconds. */
	private async goTo(path: string): Promise<void> {
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
		await this.page.getByTestId('output-panel').getByTestId('radio-button-table').click();
	}
}
