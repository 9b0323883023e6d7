/**
 * Takes a picture of each workflow template in n8n's real editor, for docs/templates.md.
 *
 *     npm run build && npx tsx scripts/templatePictures.ts
 *
 * `JOFI_TARBALL` names a packed package to use instead of the built checkout.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from '../test/support/browser';
import { checkout, packPackage } from '../test/support/n8n/packedPackage';
import { N8nRest, OWNER } from '../test/support/n8n/rest';
import { N8nServer } from '../test/support/n8n/server';
import { importTemplate } from '../test/support/templates';
import { TEMPLATE_PINS } from '../test/support/templatePins';

const LOOK_LIKE_5A = ['5b-assessment-completed', '5c-career-navigation'];

// The editor's own buttons lie over the canvas.
const HIDE_BUTTONS =
	'.vue-flow__panel, [class*=executionButtons], [data-test-id=node-creator-plus-button] { display: none !important; }';

async function main(): Promise<void> {
	const tarball = process.env.JOFI_TARBALL ?? (await packPackage());
	const server = await N8nServer.start({ tarball });
	const browser = await startBrowser();
	try {
		const rest = new N8nRest(server);
		await rest.setUpOwner();
		const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
		await logIn(page, server.url);
		for (const template of Object.keys(TEMPLATE_PINS).filter(
			(name) => !LOOK_LIKE_5A.includes(name),
		)) {
			const { id, nodes } = await importTemplate(rest, template);
			await page.goto(`${server.url}/workflow/${id}`);
			await page
				.locator('.vue-flow__node')
				.nth(nodes.length - 1)
				.waitFor();
			await fitAllNodes(page);
			await page.addStyleTag({ content: HIDE_BUTTONS });
			await page.screenshot({
				path: join(checkout, 'docs', 'images', `template-${template}.png`),
				clip: await areaOfNodes(page),
			});
			process.stderr.write(`${template}\n`);
		}
	} finally {
		await browser.close();
		await server.dispose();
	}
}

async function logIn(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input[autocomplete=email], input[name=emailOrLdapLoginId]').fill(OWNER.email);
	await page.locator('input[type=password]').fill(OWNER.password);
	await page.locator('button[type=submit], [data-test-id=form-submit-button]').first().click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}

async function fitAllNodes(page: Page): Promise<void> {
	await page.locator('[data-test-id=zoom-to-fit]').click();
	await page.mouse.move(5, 5);
	// The canvas glides to its place.
	await page.waitForTimeout(1500);
}

/** The part of the page that holds all nodes and notes, with a margin for their names. */
async function areaOfNodes(page: Page) {
	const boxes = await page
		.locator('.vue-flow__node')
		.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect));
	const left = Math.min(...boxes.map((box) => box.left)) - 30;
	const top = Math.min(...boxes.map((box) => box.top)) - 20;
	const right = Math.max(...boxes.map((box) => box.right)) + 70;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + 60;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

void main();
