/**
 * Takes the pictures of README and docs in n8n's real editor, at twice the usual resolution.
 *
 *     npm run screenshots                       all of them
 *     npm run screenshots -- mail first-rows    those whose names begin so
 */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Editor } from '../test/support/editor';
import { packPackage } from '../test/support/n8n/packedPackage';
import { startTestServer } from '../test/support/n8n/testServer';
import { FakeInternet } from '../test/support/outside/internet';
import { JOFI_HOST } from '../test/support/outside/jofiApi';
import { MailServer } from '../test/support/outside/mailServer';
import { hmacCredential } from '../test/support/publish';
import { JOFI_NODE_TAKERS, jofiWithPeople } from './screenshots/jofiNode';
import { RESULT_TAKERS } from './screenshots/results';
import { imagesFolder, SECRET } from './screenshots/studio';
import { TEMPLATE_TAKERS } from './screenshots/templates';
import { TRIGGER_TAKERS } from './screenshots/trigger';

const TAKERS = [...TRIGGER_TAKERS, ...RESULT_TAKERS, ...JOFI_NODE_TAKERS, ...TEMPLATE_TAKERS];

const VIEWPORT = { width: 1440, height: 1000 };

const wanted = process.argv.slice(2);
const isWanted = (name: string) =>
	wanted.length === 0 || wanted.some((beginning) => name.startsWith(beginning));

async function main(): Promise<void> {
	await mkdir(imagesFolder, { recursive: true });
	const mail = new MailServer();
	await mail.start();
	const jofi = jofiWithPeople();
	const internet = await FakeInternet.start({ [JOFI_HOST]: jofi.api });
	const { server, rest } = await startTestServer({
		tarball: await packPackage(),
		hasEditor: true,
		env: { WEBHOOK_URL: 'https://n8n.example.com/', ...internet.env },
	});
	const editor = await Editor.start(
		{ server, rest },
		{ program: 'chromium', viewport: VIEWPORT, deviceScaleFactor: 2 },
	);
	const { page, context } = editor;
	page.setDefaultTimeout(25_000);
	const failed: string[] = [];
	try {
		const credential = await hmacCredential(rest, SECRET, 'JOFI Webhook account');
		const apiKey = { apiKey: jofi.liveKey };
		const apiCredential = await rest.createCredential('jofiApi', apiKey, 'JOFI account');
		const studio = { server, rest, mail, context, editor, page, credential, apiCredential };
		for (const { names, take } of TAKERS.filter((taker) => taker.names.some(isWanted))) {
			try {
				// n8n's editor is loaded anew: what was hidden for a picture stays hidden until then.
				await page.goto('about:blank');
				await page.setViewportSize(VIEWPORT);
				await take(studio, isWanted);
			} catch (error) {
				failed.push(...names);
				const seen = join(tmpdir(), `failed-${names[0]}.png`);
				await page.screenshot({ path: seen }).catch(() => undefined);
				process.stderr.write(`${names.join(', ')}: ${String(error)}\nSee ${seen}\n`);
			}
		}
	} finally {
		await editor.close();
		await server.dispose();
		await mail.stop();
		await internet.stop();
	}
	if (failed.length > 0) throw new Error(`Not taken: ${failed.join(', ')}`);
}

void main();
