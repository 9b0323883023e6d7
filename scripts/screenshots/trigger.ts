/** Pictures of the JOFI Trigger: how it is found, set up and tried. */
import { deliver, hmac, jofiEvent } from '../../test/support/jofi';
import { editFields, testUrl } from '../../test/support/workflows';
import {
	areaOfNode,
	areaOfNodes,
	hideNeighbours,
	keep,
	leaveEditor,
	openWorkflow,
	savedTrigger,
	SECRET,
	WEBHOOK_ID,
	type Studio,
	type Taker,
} from './studio';

/** Listens, and chooses a sample on the page of the Test URL. */
async function chooseSample({ editor, server, context }: Studio, sample: string): Promise<void> {
	await editor.listen();
	const visitor = await context.newPage();
	await visitor.goto(`${server.url}/webhook-test/${WEBHOOK_ID}/jofi`);
	await visitor.getByRole('link', { name: sample }).click();
	await visitor.getByRole('heading', { name: /was sent to n8n/ }).waitFor();
	await visitor.close();
}

export const TRIGGER_TAKERS: Taker[] = [
	{
		names: ['install.webp'],
		take: async ({ editor, page }) => {
			await editor.openCommunityNodes();
			await page.getByRole('button', { name: /^Install( a community node)?$/ }).click();
			const dialog = page.getByTestId('communityPackageInstall-modal');
			await dialog.getByTestId('package-name-input').fill('n8n-nodes-jofi');
			await dialog.getByTestId('user-agreement-checkbox').click();
			await keep(
				'install.webp',
				page,
				dialog.locator('.el-dialog, [role=dialog]').or(dialog).first(),
			);
		},
	},
	{
		names: ['node-search.webp'],
		take: async ({ editor, page }) => {
			await editor.newWorkflow();
			await page.getByTestId('canvas-plus-button').click();
			await page.getByTestId('node-creator-search-bar').fill('jofi');
			const items = page.getByTestId('item-iterator-item');
			await items.filter({ hasText: 'JOFI' }).first().click();
			await items.filter({ hasText: 'On any event' }).first().waitFor();
			await page.waitForTimeout(800);
			await keep('node-search.webp', page, page.getByTestId('node-creator'));
		},
	},
	{
		names: ['credential.webp'],
		take: async ({ editor, page }) => {
			await editor.newWorkflow();
			await editor.addNodeFromSearch('jofi', 'JOFI', 'On any event');
			const select = page.getByTestId('node-credentials-select').locator('input').first();
			await select.click();
			await page.getByText('Create new credential').last().click();
			const dialog = page.getByTestId('credential-edit-dialog');
			await dialog.waitFor();
			await editor.fillCredential('signingSecret', SECRET);
			await keep('credential.webp', page, dialog);
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
		names: ['output-table.webp', 'map-a-column.webp'],
		take: async (studio) => {
			const { editor, page } = studio;
			const { saved } = await savedTrigger(
				studio,
				'A sample',
				{ columnChoice: 'common' },
				editFields('Edit Fields'),
			);
			await editor.openTrigger(saved.id);
			await chooseSample(studio, 'Assessment Completed');
			await editor.outputColumns();
			await editor.closeMessages();
			await editor.closeNode();
			await editor.mapField('Edit Fields', 'full_name');
			await editor.mappedField();
			// n8n says that something was mapped, in a corner and a moment later.
			await page.waitForTimeout(1500);
			await editor.closeMessages();
			await hideNeighbours(page);
			await keep('map-a-column.webp', page, page.getByTestId('ndv'));
			await editor.closeNode();
			await page.getByTestId('canvas-trigger-node').first().dblclick();
			await editor.widenOutput();
			await keep('output-table.webp', page, await areaOfNode(page));
			await editor.closeNode();
			await studio.rest.call('POST', `/workflows/${saved.id}/archive`);
		},
	},
	{
		names: ['separate-outputs.webp', 'rejected-delivery.webp'],
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
			await keep('separate-outputs.webp', page, await areaOfNodes(page));
			await leaveEditor(page);
			await editor.openTrigger(saved.id);
			await editor.listen();
			await deliver(
				testUrl(server.url, trigger),
				jofiEvent('invitation.accepted'),
				hmac('another'),
			);
			await editor.waitForError(/./);
			await editor.closeMessages();
			await editor.widenOutput();
			await keep('rejected-delivery.webp', page, await areaOfNode(page));
			await editor.closeNode();
			await rest.call('POST', `/workflows/${saved.id}/archive`);
		},
	},
];
