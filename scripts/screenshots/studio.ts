/** What every picture is taken with. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Editor } from '../../test/support/editor';
import type { N8nRest, WorkflowNode } from '../../test/support/n8n/rest';
import type { N8nServer } from '../../test/support/n8n/server';
import type { MailServer } from '../../test/support/outside/mailServer';
import { jofiTrigger, testUrl, triggerWorkflow } from '../../test/support/workflows';

/** Where the pictures are. */
export const imagesFolder = join(__dirname, '../../docs/images');

export const SECRET = 'made-for-pictures';

// The editor's own buttons lie over the canvas.
const HIDE_BUTTONS =
	'.vue-flow__panel, [class*=executionButtons], [class*=nodeButtonsWrapper], [data-test-id=node-creator-plus-button] { display: none !important; }';

/** What a picture is taken with. */
export interface Studio {
	server: N8nServer;
	rest: N8nRest;
	mail: MailServer;
	context: BrowserContext;
	editor: Editor;
	page: Page;
	/** The credential of the JOFI Trigger, and that of the JOFI node. */
	credential: { id: string; name: string };
	apiCredential: { id: string; name: string };
}

/** Some pictures that are taken one after the other, and what takes them. */
export interface Taker {
	names: string[];
	take: (studio: Studio, isWanted: (name: string) => boolean) => Promise<void>;
}

interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Where an element is on the page. */
export async function boxOf(of: Locator): Promise<Area> {
	const box = await of.boundingBox();
	if (!box) throw new Error(`${String(of)} is not on the screen`);
	return box;
}

/** Takes a WebP picture of a part of a page. */
export async function keep(name: string, page: Page, of: Area | Locator): Promise<void> {
	await page.mouse.move(2, 2);
	const area = 'x' in of ? of : await boxOf(of);
	const session = await page.context().newCDPSession(page);
	const { data } = await session.send('Page.captureScreenshot', {
		format: 'webp',
		quality: 50,
		clip: { ...area, scale: 2 },
	});
	await writeFile(join(imagesFolder, name), Buffer.from(data, 'base64'));
	process.stderr.write(`${name}\n`);
}

/** Saves a workflow of a JOFI Trigger and the nodes that follow it, and returns the address for sample events. */
export async function savedTrigger(
	{ rest, server, credential }: Studio,
	name: string,
	parameters: Record<string, unknown> = {},
	next?: WorkflowNode[],
): Promise<{ id: string; url: string }> {
	const trigger = jofiTrigger(parameters, credential);
	const { id } = await rest.createWorkflow(triggerWorkflow(name, trigger, next));
	return { id, url: testUrl(server.url, trigger) };
}

export async function openWorkflow(
	{ page, server }: Studio,
	id: string,
	nodes: number,
): Promise<void> {
	await page.goto(`${server.url}/workflow/${id}`);
	await page
		.locator('.vue-flow__node')
		.nth(nodes - 1)
		.waitFor();
	await page.getByTestId('zoom-to-fit').click();
	await page.mouse.move(5, 5);
	// The canvas glides to its place.
	await page.waitForTimeout(1500);
	await page.addStyleTag({ content: HIDE_BUTTONS });
}

/** The part of the page that holds all nodes and notes, with a margin for their names. */
export async function areaOfNodes(page: Page): Promise<Area> {
	const boxes = await page
		.locator('.vue-flow__node')
		.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as Area));
	const left = Math.min(...boxes.map(({ x }) => x)) - 50;
	const top = Math.min(...boxes.map(({ y }) => y)) - 30;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + 90;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + 60;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Hides the nodes before and after an open one: n8n shows the half of each at the edge. */
export async function hideNeighbours(page: Page): Promise<void> {
	await page.addStyleTag({ content: '[data-test-id=floating-nodes] { display: none; }' });
}

/**
 * The part of an open node that holds its parameters and its output, down to the last line of either. A column
 * of a table that does not fit is hidden, so that no word is cut through.
 *
 * @param firstColumn - the column that the table is scrolled to
 */
export async function areaOfNode(page: Page, firstColumn = ''): Promise<Area> {
	await hideNeighbours(page);
	await page.addStyleTag({ content: '[data-test-id=panel-drag-button] { display: none; }' });
	const output = page.getByTestId('output-panel');
	await output.evaluate(fitTable, firstColumn);
	const parameters = await page.getByTestId('node-execute-button').evaluateHandle(panelAround);
	const { x: left } = await parameters.evaluate((panel) => panel.getBoundingClientRect());
	const right = await boxOf(output);
	const limit = right.y + right.height;
	const lastLine = Math.max(
		await parameters.evaluate(lastLineOf, limit),
		await output.evaluate(lastLineOf, limit),
	);
	const bottom = Math.min(lastLine + 22, right.y + right.height);
	return { x: left, y: right.y, width: right.x + right.width - left, height: bottom - right.y };
}

/** Runs in the page: scrolls a table to one of its columns, and hides those that do not fit. */
function fitTable(output: HTMLElement, firstColumn: string): void {
	const table = output.querySelector('table');
	if (!table) return;
	const heads = Array.from(table.querySelectorAll('thead th'));
	const start = heads.find((head) => firstColumn && head.textContent?.trim() === firstColumn);
	const { left, right } = output.getBoundingClientRect();
	for (let pane = start?.parentElement; pane && pane !== output; pane = pane.parentElement) {
		pane.scrollLeft += (start?.getBoundingClientRect().left ?? 0) - left - 13;
	}
	const hidden = heads.findIndex((head) => head.getBoundingClientRect().right > right);
	if (hidden < 1) return;
	for (const row of Array.from(table.rows)) {
		const cells = Array.from(row.cells);
		for (const cell of cells.slice(hidden)) cell.style.visibility = 'hidden';
		const [first, last] = [cells[0], cells[hidden - 1]];
		// The line at its right belongs to the next one.
		if (first && last) last.style.borderRight = getComputedStyle(first).borderLeft;
	}
}

/** Runs in the page: the panel that holds the parameters, from the button above them. */
function panelAround(button: Element): HTMLElement {
	let panel = button.parentElement ?? document.body;
	while (panel.clientWidth < 350 || panel.clientHeight < 400) {
		panel = panel.parentElement ?? document.body;
	}
	return panel;
}

/** Runs in the page: where the last field or line of text in an element ends, above a limit. */
function lastLineOf(element: HTMLElement, limit: number): number {
	return Math.max(
		...Array.from(element.querySelectorAll('*'))
			.filter((inner) => inner.childElementCount === 0)
			.filter((inner) => inner.matches('input') || inner.textContent?.trim())
			// n8n's own line at the bottom.
			.filter((inner) => !inner.textContent?.includes('I wish this node'))
			.map((inner) => inner.getBoundingClientRect())
			// Hidden ones, and those that are no lines.
			.filter(({ height, bottom }) => height > 0 && height < 120 && bottom <= limit)
			.map(({ bottom }) => bottom),
	);
}
