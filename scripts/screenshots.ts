/**
 * Makes the pictures of the README and the docs from n8n's real editor.
 *
 *     npm run screenshots
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from '../test/support/browser';
import { Editor } from '../test/support/editor';
import { deliver, EVENT_TYPES, hmac, jofiEvent } from '../test/support/jofi';
import { checkout, packPackage } from '../test/support/n8n/packedPackage';
import { N8nRest, waitForWebhook } from '../test/support/n8n/rest';
import { N8nServer } from '../test/support/n8n/server';
import { jofiTrigger, productionUrl, testUrl, triggerWorkflow } from '../test/support/workflows';

const folder = join(checkout, 'docs/images');
const secret = 'made-for-pictures';

async function main(): Promise<void> {
	await mkdir(folder, { recursive: true });
	const server = await N8nServer.start({ tarball: await packPackage() });
	const browser = await startBrowser();
	try {
		const rest = new N8nRest(server);
		await rest.setUpOwner();
		const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
		const editor = await Editor.logIn(context, server.url);
		const { page } = editor;
		const picture = async (name: string, of = page) => {
			await editor.closeMessages();
			await of.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
		};

		await editor.newWorkflow();
		await page.getByTestId('canvas-plus-button').click();
		await page.getByTestId('node-creator-search-bar').fill('jofi');
		await page.getByTestId('item-iterator-item').filter({ hasText: 'JOFI' }).first().waitFor();
		await picture('node-search');

		await editor.newWorkflow();
		await editor.addNodeFromSearch('jofi', 'JOFI', 'On any event');
		await editor.startFirstCredential();
		await editor.fillCredential('signingSecret', secret);
		await picture('credential');
		await editor.saveCredential();
		await picture('node-panel');

		const url = await editor.webhookUrl();
		await editor.listen();
		const visitor = await browser.newPage({ viewport: { width: 1280, height: 720 } });
		await visitor.goto(url);
		await picture('sample-page', visitor);
		await visitor.getByRole('link', { name: 'Assessment Completed' }).click();
		await visitor.getByRole('heading', { name: /was sent to n8n/ }).waitFor();
		await editor.outputColumns();
		await editor.widenOutput();
		await picture('output-table');

		const credential = await rest.createCredential(
			'jofiWebhookApi',
			{ verificationMethod: 'hmac', signingSecret: secret },
			'JOFI Webhook account',
		);
		const events = ['invitation.accepted', 'test_taker.assessment_completed'];
		const trigger = jofiTrigger({ events, separateOutputs: true }, credential);
		const workflow = await rest.createWorkflow(
			triggerWorkflow('JOFI events', trigger, ['Mail the recruiter', 'Add a row']),
		);
		await page.goto(`${server.url}/workflow/${workflow.id}`);
		await page.getByTestId('canvas-trigger-node').first().waitFor();
		await page.getByTestId('zoom-to-fit').click();
		await page.getByText('Add a row').waitFor();
		await picture('separate-outputs');

		await page.getByTestId('canvas-trigger-node').first().dblclick();
		await editor.listen();
		await deliver(testUrl(server.url, trigger), jofiEvent('invitation.accepted'), hmac('another'));
		await editor.shownError();
		await picture('rejected-delivery');

		await rest.publish(workflow);
		await waitForWebhook(productionUrl(server.url, trigger));
		for (const type of EVENT_TYPES) {
			await deliver(productionUrl(server.url, trigger), jofiEvent(type), hmac(secret));
		}
		await rest.finishedExecutions(workflow.id, 2);
		await editor.executions(workflow.id);
		await picture('executions');
	} finally {
		await browser.close();
		await server.dispose();
	}
}

main().catch((error: unknown) => {
	process.stderr.write(
		`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
	);
	process.exitCode = 1;
});
