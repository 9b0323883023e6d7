/**
 * Takes the pictures of README and docs in n8n's real editor, at twice the usual resolution.
 *
 *     npm run screenshots                       all of them
 *     npm run screenshots -- mail first-rows    those whose names begin so
 *
 * What is another each time (the ids and dates of samples) is written over before a picture is taken, so that
 * a picture changes only if what it shows has changed.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { startBrowser } from '../test/support/browser';
import { Editor } from '../test/support/editor';
import { deliver, EVENT_TYPES, hmac, jofiEvent } from '../test/support/jofi';
import { packPackage } from '../test/support/n8n/packedPackage';
import { N8nRest, waitForWebhook, type WorkflowNode } from '../test/support/n8n/rest';
import { N8nServer } from '../test/support/n8n/server';
import { MailServer } from '../test/support/outside/mailServer';
import { fillIn, importTemplate, triggerOf } from '../test/support/templates';
import {
	jofiTrigger,
	noOp,
	productionUrl,
	testUrl,
	triggerWorkflow,
} from '../test/support/workflows';
import { hashesFile, hashOf, imagesFolder, PEOPLE, TEMPLATE_PICTURES } from './pictures';

const SECRET = 'made-for-pictures';
const WEBHOOK_ID = '3f2a6c0e-7d51-4b1e-9c55-0a1b2c3d4e5f';

// The editor's own buttons lie over the canvas.
const HIDE_BUTTONS =
	'.vue-flow__panel, [class*=executionButtons], [data-test-id=node-creator-plus-button] { display: none !important; }';

/** What a picture is taken with. */
interface Studio {
	server: N8nServer;
	rest: N8nRest;
	mail: MailServer;
	context: BrowserContext;
	editor: Editor;
	page: Page;
	credential: { id: string; name: string };
}

interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Takes a picture of a page, or of a part of it, and notes what it was made from. */
async function keep(name: string, page: Page, of?: Area | Locator): Promise<void> {
	await page.mouse.move(2, 2);
	await page.evaluate(writeOverWhatChanges);
	const area = of === undefined || 'x' in of ? of : ((await of.boundingBox()) ?? undefined);
	const path = join(imagesFolder, name);
	if (name.endsWith('.webp')) {
		const session = await page.context().newCDPSession(page);
		const size = page.viewportSize() ?? { width: 1280, height: 800 };
		const { data } = await session.send('Page.captureScreenshot', {
			format: 'webp',
			quality: 50,
			clip: { ...(area ?? { x: 0, y: 0, ...size }), scale: 1 },
		});
		await writeFile(path, Buffer.from(data, 'base64'));
	} else {
		await page.screenshot({ path, animations: 'disabled', ...(area && { clip: area }) });
	}
	const hashes = JSON.parse(await readFile(hashesFile, 'utf8').catch(() => '{}')) as object;
	const more = { ...hashes, [name]: hashOf(name) } as Record<string, string>;
	const sorted = Object.fromEntries(Object.entries(more).sort(([a], [b]) => (a < b ? -1 : 1)));
	await writeFile(hashesFile, `${JSON.stringify(sorted, null, '\t')}\n`);
	process.stderr.write(`${name}\n`);
}

/** Runs in the page: ids of samples and the times around now become the same each time. */
const writeOverWhatChanges = `(() => {
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const node = walker.currentNode;
		const text = node.data
			.replace(/evt_sample_[0-9a-f]{12}/g, 'evt_sample_1a2b3c4d5e6f')
			.replace(/20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z/g, '2026-02-03T12:43:36.744Z');
		if (text !== node.data) node.data = text;
	}
})()`;

/** A workflow with a JOFI Trigger, saved. */
async function savedTrigger(
	{ rest, credential }: Studio,
	name: string,
	parameters: Record<string, unknown>,
	next: string[] | WorkflowNode = ['Next step'],
) {
	const trigger = { ...jofiTrigger(parameters, credential), webhookId: WEBHOOK_ID };
	const workflow = triggerWorkflow(name, trigger, Array.isArray(next) ? next : [next.name]);
	if (!Array.isArray(next)) workflow.nodes = [trigger, { ...next, position: [300, 0] }];
	return { trigger, saved: await rest.createWorkflow(workflow) };
}

/** Listens, and chooses a sample on the page of the Test URL. */
async function chooseSample({ editor, server, context }: Studio, sample: string): Promise<void> {
	await editor.listen();
	const visitor = await context.newPage();
	await visitor.goto(`${server.url}/webhook-test/${WEBHOOK_ID}/jofi`);
	await visitor.getByRole('link', { name: sample }).click();
	await visitor.getByRole('heading', { name: /was sent to n8n/ }).waitFor();
	await visitor.close();
}

async function openWorkflow({ page, server }: Studio, id: string, nodes: number): Promise<void> {
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
async function areaOfNodes(page: Page): Promise<Area> {
	const boxes = await page
		.locator('.vue-flow__node')
		.evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as Area));
	const left = Math.min(...boxes.map(({ x }) => x)) - 50;
	const top = Math.min(...boxes.map(({ y }) => y)) - 30;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + 90;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + 60;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Each takes the pictures that it is named after. */
const TAKERS: Array<{ names: string[]; take: (studio: Studio) => Promise<void> }> = [
	{
		names: ['install.png'],
		take: async ({ editor, page }) => {
			await editor.openCommunityNodes();
			await page.getByRole('button', { name: /^Install( a community node)?$/ }).click();
			const dialog = page.getByTestId('communityPackageInstall-modal');
			await dialog.getByTestId('package-name-input').fill('n8n-nodes-jofi');
			await dialog.getByTestId('user-agreement-checkbox').click();
			await keep(
				'install.png',
				page,
				dialog.locator('.el-dialog, [role=dialog]').or(dialog).first(),
			);
		},
	},
	{
		names: ['node-search.png'],
		take: async ({ editor, page }) => {
			await editor.newWorkflow();
			await page.getByTestId('canvas-plus-button').click();
			await page.getByTestId('node-creator-search-bar').fill('jofi');
			const items = page.getByTestId('item-iterator-item');
			await items.filter({ hasText: 'JOFI' }).first().click();
			await items.filter({ hasText: 'On any event' }).first().waitFor();
			await page.waitForTimeout(800);
			await keep('node-search.png', page, page.getByTestId('node-creator'));
		},
	},
	{
		names: ['credential.png'],
		take: async ({ editor, page }) => {
			await editor.newWorkflow();
			await editor.addNodeFromSearch('jofi', 'JOFI', 'On any event');
			const select = page.getByTestId('node-credentials-select').locator('input').first();
			await select.click();
			await page.getByText('Create new credential').last().click();
			const dialog = page.getByTestId('credential-edit-dialog');
			await dialog.waitFor();
			await editor.fillCredential('signingSecret', SECRET);
			await keep('credential.png', page, dialog);
			await page.keyboard.press('Escape');
		},
	},
	{
		names: ['sample-page.webp'],
		take: async (studio) => {
			const { saved } = await savedTrigger(studio, 'Sample page', {});
			await studio.editor.openTrigger(saved.id);
			await studio.editor.listen();
			const visitor = await studio.context.newPage();
			await visitor.setViewportSize({ width: 720, height: 800 });
			await visitor.goto(`${studio.server.url}/webhook-test/${WEBHOOK_ID}/jofi`);
			await keep('sample-page.webp', visitor, visitor.locator('main'));
			await visitor.getByRole('link', { name: 'Invitation Created' }).click();
			await visitor.close();
			await studio.rest.call('POST', `/workflows/${saved.id}/archive`);
		},
	},
	{
		names: ['output-table.png', 'map-a-column.png'],
		take: async (studio) => {
			const { editor, page } = studio;
			const assignment = { id: '1', name: 'greeting', value: '', type: 'string' };
			const { saved } = await savedTrigger(
				studio,
				'A sample',
				{ columnChoice: 'common' },
				{
					...noOp('Edit Fields'),
					type: 'n8n-nodes-base.set',
					typeVersion: 3.4,
					parameters: { assignments: { assignments: [assignment] }, options: {} },
				},
			);
			await editor.openTrigger(saved.id);
			await chooseSample(studio, 'Assessment Completed');
			await editor.outputColumns();
			await editor.closeMessages();
			await keep('output-table.png', page, page.getByTestId('ndv'));
			await editor.closeNode();
			await editor.mapField('Edit Fields', 'full_name');
			await editor.mappedField();
			await keep('map-a-column.png', page, page.getByTestId('ndv'));
			await editor.closeNode();
			await studio.rest.call('POST', `/workflows/${saved.id}/archive`);
		},
	},
	{
		names: ['separate-outputs.png', 'rejected-delivery.png'],
		take: async (studio) => {
			const { editor, page, server, rest } = studio;
			const { saved, trigger } = await savedTrigger(
				studio,
				'JOFI events',
				{
					events: ['invitation.accepted', 'test_taker.assessment_completed'],
					separateOutputs: true,
				},
				['Mail the recruiter', 'Add a row'],
			);
			await openWorkflow(studio, saved.id, 3);
			await keep('separate-outputs.png', page, await areaOfNodes(page));
			await editor.openTrigger(saved.id);
			await editor.listen();
			await deliver(
				testUrl(server.url, trigger),
				jofiEvent('invitation.accepted'),
				hmac('another'),
			);
			await editor.shownError();
			await editor.closeMessages();
			await keep('rejected-delivery.png', page, page.getByTestId('ndv'));
			await editor.closeNode();
			await rest.call('POST', `/workflows/${saved.id}/archive`);
		},
	},
	{
		names: ['first-rows.webp'],
		take: async (studio) => {
			const { editor, page, server, rest, credential } = studio;
			const imported = await importTemplate(rest, '0-first-rows');
			const workflow = await fillIn(rest, imported, {
				credentials: { jofiWebhookApi: credential },
			});
			await rest.publish(workflow);
			const url = productionUrl(server.url, triggerOf(workflow));
			await waitForWebhook(url);
			for (const [index, person] of PEOPLE.entries()) {
				const event = jofiEvent(EVENT_TYPES[index] ?? 'invitation.created', {
					id: `evt_1a2b3c4d5e${index}f`,
					created_at: `2026-02-03T1${index}:43:36.744Z`,
				});
				const email = `${person.first_name}.${person.last_name.split('-')[0]}@example.com`
					.normalize('NFD')
					.replace(/[\u0300-\u036f]/g, '')
					.toLowerCase();
				Object.assign(event.data.object, person, { email, invitation_id: 12345 + index });
				await deliver(url, event, hmac(SECRET));
				await rest.finishedExecutions(workflow.id, index + 1);
			}
			const table = (await rest.dataTables()).find(({ name }) => name === 'jofi rows');
			if (!table) throw new Error('There is no table of the first rows');
			await page.goto(`${server.url}/projects/${table.projectId}/datatables/${table.id}`);
			await page.getByText('Noah Berg').waitFor();
			await page.waitForTimeout(1000);
			await editor.closeMessages();
			// The columns up to the email address, without cutting one in two, and a line below the rows.
			const last = await page
				.locator('.ag-header-cell[col-id]')
				.filter({ hasText: 'email' })
				.boundingBox();
			const row = await page.getByText('Noah Berg').boundingBox();
			if (!last || !row) throw new Error('The table is not on the screen');
			await keep('first-rows.webp', page, {
				x: 42,
				y: 64,
				width: last.x + last.width - 42,
				height: row.y + row.height + 18 - 64,
			});
		},
	},
	{
		names: ['mail.png'],
		take: async ({ server, rest, mail, context, credential }) => {
			const imported = await importTemplate(rest, '3-mail-when-all-completed');
			const smtp = await rest.createCredential('smtp', mail.credential);
			const workflow = await fillIn(rest, imported, {
				credentials: { jofiWebhookApi: credential, smtp },
			});
			await rest.publish(workflow);
			const url = productionUrl(server.url, triggerOf(workflow));
			await waitForWebhook(url);
			const event = jofiEvent('test_taker.assessment_completed');
			const assigned = event.data.object.assigned_assessments as Array<Record<string, unknown>>;
			for (const assessment of assigned) assessment.completed_at ??= '2026-02-03T13:20:11.000Z';
			Object.assign(
				event.data.object,
				{ scorecard_url: 'https://example.com/scorecard' },
				PEOPLE[2],
			);
			await deliver(url, event, hmac(SECRET));
			await rest.finishedExecutions(workflow.id, 1);
			const [sent] = mail.mails;
			if (!sent?.html) throw new Error('No mail came');
			const to = Array.isArray(sent.to) ? sent.to[0] : sent.to;
			const reader = await context.newPage();
			await reader.setViewportSize({ width: 720, height: 400 });
			await reader.setContent(`<!DOCTYPE html><meta charset="utf-8">
<body style="margin: 0; font: 15px/1.5 sans-serif; background: #fff; color: #222">
<div style="padding: 14px 20px; background: #f1f3f7; border-bottom: 1px solid #ccd2dd">
<b style="font-size: 17px" id="subject"></b><div id="from"></div><div id="to"></div></div>
<div style="padding: 16px 20px">${sent.html}</div></body>`);
			const heading = {
				subject: sent.subject,
				from: `From: ${sent.from?.text}`,
				to: `To: ${to?.text}`,
			};
			for (const [id, text] of Object.entries(heading)) {
				await reader.locator(`#${id}`).evaluate((element, value) => {
					element.textContent = value ?? '';
				}, text);
			}
			await keep('mail.png', reader, reader.locator('body'));
			await reader.close();
		},
	},
	{
		names: TEMPLATE_PICTURES,
		take: async (studio) => {
			for (const name of TEMPLATE_PICTURES.filter(isWanted)) {
				const template = name.replace(/^template-(.*)\.png$/, '$1');
				const { id, nodes } = await importTemplate(studio.rest, template);
				await openWorkflow(studio, id, nodes.length);
				await keep(name, studio.page, await areaOfNodes(studio.page));
			}
		},
	},
];

const wanted = process.argv.slice(2);
const isWanted = (name: string) =>
	wanted.length === 0 || wanted.some((beginning) => name.startsWith(beginning));

async function main(): Promise<void> {
	await mkdir(imagesFolder, { recursive: true });
	const mail = new MailServer();
	await mail.start();
	const server = await N8nServer.start({
		tarball: process.env.JOFI_TARBALL ?? (await packPackage()),
		env: { WEBHOOK_URL: 'https://n8n.example.com/' },
	});
	const browser = await startBrowser();
	const failed: string[] = [];
	try {
		const rest = new N8nRest(server);
		await rest.setUpOwner();
		const data = { verificationMethod: 'hmac', signingSecret: SECRET };
		const credential = await rest.createCredential('jofiWebhookApi', data, 'JOFI Webhook account');
		const context = await browser.newContext({
			viewport: { width: 1440, height: 1000 },
			deviceScaleFactor: 2,
		});
		const editor = await Editor.logIn(context, server.url);
		const { page } = editor;
		page.setDefaultTimeout(25_000);
		const studio = { server, rest, mail, context, editor, page, credential };
		for (const { names, take } of TAKERS.filter((taker) => taker.names.some(isWanted))) {
			try {
				await take(studio);
			} catch (error) {
				failed.push(...names);
				const seen = join(tmpdir(), `failed-${names[0]}`);
				await page.screenshot({ path: seen }).catch(() => undefined);
				process.stderr.write(`${names.join(', ')}: ${String(error)}\nSee ${seen}\n`);
			}
		}
	} finally {
		await browser.close();
		await server.dispose();
		await mail.stop();
	}
	if (failed.length > 0) throw new Error(`Not taken: ${failed.join(', ')}`);
}

main().catch((error: unknown) => {
	process.stderr.write(
		`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
	);
	process.exitCode = 1;
});
