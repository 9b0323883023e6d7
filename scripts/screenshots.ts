/**
 * Takes the pictures of README and docs in n8n's real editor, at twice the usual resolution.
 *
 *     npm run screenshots                       all of them
 *     npm run screenshots -- mail first-rows    those whose names begin so
 *
 * What is another each time (the ids and dates of samples) is written over before a picture is taken, so that
 * a picture changes only if what it shows has changed.
 */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from '../test/support/browser';
import { Editor } from '../test/support/editor';
import { packPackage } from '../test/support/n8n/packedPackage';
import { N8nRest } from '../test/support/n8n/rest';
import { N8nServer } from '../test/support/n8n/server';
import { FakeInternet } from '../test/support/outside/internet';
import { JOFI_HOST } from '../test/support/outside/jofiApi';
import { MailServer } from '../test/support/outside/mailServer';
import { JOFI_NODE_TAKERS, jofiWithPeople } from './screenshots/jofiNode';
import { RESULT_TAKERS } from './screenshots/results';
import { imagesFolder, leaveEditor, SECRET, type Taker } from './screenshots/studio';
import { TEMPLATE_TAKERS } from './screenshots/templates';
import { TRIGGER_TAKERS } from './screenshots/trigger';

const TAKERS: Taker[] = [
	...TRIGGER_TAKERS,
	...RESULT_TAKERS,
	...JOFI_NODE_TAKERS,
	...TEMPLATE_TAKERS,
];

const wanted = process.argv.slice(2);
const isWanted = (name: string) =>
	wanted.length === 0 || wanted.some((beginning) => name.startsWith(beginning));

async function main(): Promise<void> {
	await mkdir(imagesFolder, { recursive: true });
	const mail = new MailServer();
	await mail.start();
	const jofi = jofiWithPeople();
	const internet = await FakeInternet.start({ [JOFI_HOST]: jofi.api });
	const server = await N8nServer.start({
		tarball: process.env.JOFI_TARBALL ?? (await packPackage()),
		hasEditor: true,
		env: { WEBHOOK_URL: 'https://n8n.example.com/', ...internet.env },
	});
	const browser = await startBrowser('chromium');
	const failed: string[] = [];
	try {
		const rest = new N8nRest(server);
		await rest.setUpOwner();
		const data = { verificationMethod: 'hmac', signingSecret: SECRET };
		const credential = await rest.createCredential('jofiWebhookApi', data, 'JOFI Webhook account');
		const apiCredential = await rest.createCredential(
			'jofiApi',
			{ apiKey: jofi.liveKey },
			'JOFI account',
		);
		const context = await browser.newContext({
			viewport: { width: 1440, height: 1000 },
			deviceScaleFactor: 2,
		});
		const editor = await Editor.logIn(context, server.url, rest);
		const { page } = editor;
		page.setDefaultTimeout(25_000);
		const studio = { server, rest, mail, context, editor, page, credential, apiCredential };
		for (const { names, take } of TAKERS.filter((taker) => taker.names.some(isWanted))) {
			try {
				await leaveEditor(page);
				await take(studio, isWanted);
			} catch (error) {
				failed.push(...names);
				const seen = join(tmpdir(), `failed-${names[0]}.png`);
				await page.screenshot({ path: seen }).catch(() => undefined);
				process.stderr.write(`${names.join(', ')}: ${String(error)}\nSee ${seen}\n`);
			}
		}
	} finally {
		await browser.close();
		await server.dispose();
		await mail.stop();
		await internet.stop();
	}
	if (failed.length > 0) throw new Error(`Not taken: ${failed.join(', ')}`);
}

main().catch((error: unknown) => {
	process.stderr.write(
		`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
	);
	process.exitCode = 1;
});
