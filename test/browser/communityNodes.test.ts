/** The way users install: Settings → Community nodes, from a registry. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../support/browser';
import { Editor } from '../support/editor';
import { deliver, hmac, jofiEvent } from '../support/jofi';
import { packageVersion, packPackage } from '../support/n8n/packedPackage';
import { eventually } from '../support/eventually';
import { startTestServer, type TestServer } from '../support/n8n/testServer';
import { publishTrigger } from '../support/publish';
import { LocalRegistry } from '../support/registry';
import { idsThatLeft } from '../support/runs';
import { TRIGGER_NAME, TRIGGER_TYPE } from '../support/workflows';

const SECRET = 'community-signing-secret';
const PACKAGE = 'n8n-nodes-jofi';
const NEXT_VERSION = '99.0.0';

let registry: LocalRegistry;
let tarball: string;
let n8n: TestServer;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	registry = await LocalRegistry.start();
	tarball = await packPackage();
	await registry.publish(tarball);
	n8n = await startTestServer({
		tarball: undefined,
		env: {
			PATH: `${await registry.folderWithNpm()}:${process.env.PATH}`,
			// n8n asks the public registry over HTTPS first. It must not answer, wherever this runs.
			HTTPS_PROXY: 'http://127.0.0.1:1',
			NO_PROXY: '127.0.0.1',
		},
	});
	browser = await startBrowser();
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	editor = await Editor.logIn(context, n8n.server.url, n8n.rest);
});

afterAll(async () => {
	await browser?.close();
	await n8n?.server.dispose();
	await registry?.dispose();
});

/** Delivers an event and waits for its run. Out: the ids of all events that ran so far. */
async function idsAfterDelivery(url: string, workflowId: string, runs: number): Promise<string[]> {
	const { status } = await deliver(url, jofiEvent('invitation.created'), hmac(SECRET));
	expect(status).toBe(200);
	await n8n.rest.finishedExecutions(workflowId, runs);
	return await idsThatLeft(n8n.rest, workflowId, TRIGGER_NAME);
}

async function nodeTypes(): Promise<string> {
	return await n8n.rest.open('GET', '/../types/nodes.json');
}

test('installed, updated and uninstalled in the settings: workflows go on, and nothing stays behind', async () => {
	const version = await packageVersion();
	const installed = join(n8n.server.userFolder, '.n8n/nodes/node_modules', PACKAGE);
	expect(await nodeTypes()).not.toContain(TRIGGER_TYPE);

	await editor.openCommunityNodes();
	await editor.installCommunityNode(PACKAGE);
	expect(await editor.installedCommunityNode()).toContain(`v${version}`);
	expect(await nodeTypes()).toContain(TRIGGER_TYPE);

	const { id, url } = await publishTrigger(n8n, SECRET);
	expect(await idsAfterDelivery(url, id, 1)).toHaveLength(1);

	await registry.publish(tarball, NEXT_VERSION);
	await editor.openCommunityNodes();
	await editor.updateCommunityNode();
	expect(await editor.installedCommunityNode()).toContain(`v${NEXT_VERSION}`);
	expect(await idsAfterDelivery(url, id, 2)).toHaveLength(2);
	expect((await deliver(url, jofiEvent('invitation.created'), hmac('another'))).status).toBe(401);

	await n8n.rest.unpublish({ id });
	await editor.openCommunityNodes();
	await editor.uninstallCommunityNode();
	await eventually('the package to be gone', nodeTypes, (types) => !types.includes(TRIGGER_TYPE));
	expect(existsSync(installed)).toBe(false);
	expect(await n8n.rest.call('GET', '/community-packages')).toEqual([]);
});
