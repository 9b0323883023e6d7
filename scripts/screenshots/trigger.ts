/** Pictures of the JOFI Trigger: how it is found, set up and tried. */
import { deliver, hmac, jofiEvent } from '../../test/support/jofi';
import { editFields, noOp, TRIGGER_NAME } from '../../test/support/workflows';
import {
	areaOfNode,
	areaOfNodes,
	hideNeighbours,
	keep,
	openWorkflow,
	savedTrigger,
	SECRET,
	type Taker,
} from './studio';

export const TRIGGER_TAKERS: Taker[] = [
	{
		names: ['install.webp'],
		take: async ({ editor, page }) => {
			await editor.goTo('/settings/community-nodes');
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
			await (await editor.findNode('jofi', 'JOFI')).click();
			const items = page.getByTestId('item-iterator-item');
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
			await editor.credentialDialog.waitFor();
			await editor.fillParameter('signingSecret', SECRET);
			await keep('credential.webp', page, editor.credentialDialog);
			await page.keyboard.press('Escape');
		},
	},
	{
		names: ['sample-page.webp'],
		take: async (studio) => {
			const { editor, context } = studio;
			const { id, url } = await savedTrigger(studio, 'Sample page');
			await editor.openNode(id, TRIGGER_NAME);
			await editor.listen();
			const visitor = await context.newPage();
			await visitor.setViewportSize({ width: 720, height: 800 });
			await visitor.goto(url);
			await keep('sample-page.webp', visitor, visitor.locator('main'));
			await visitor.close();
			await editor.chooseSample(url, 'Invitation Created');
		},
	},
	{
		names: ['output-table.webp', 'map-a-column.webp'],
		take: async (studio) => {
			const { editor, page } = studio;
			const parameters = { columnChoice: 'common' };
			const next = [editFields('Edit Fields')];
			const { id, url } = await savedTrigger(studio, 'A sample', parameters, next);
			await editor.openNode(id, TRIGGER_NAME);
			await editor.listen();
			await editor.chooseSample(url, 'Assessment Completed');
			await editor.outputColumns();
			await editor.closeMessages();
			await editor.closeNode();
			await editor.mapField('Edit Fields', 'full_name');
			// n8n says that something was mapped, in a corner and a moment later.
			await page.waitForTimeout(1500);
			await editor.closeMessages();
			await hideNeighbours(page);
			await keep('map-a-column.webp', page, page.getByTestId('ndv'));
			await editor.openNode(id, TRIGGER_NAME);
			await editor.widenOutput();
			await keep('output-table.webp', page, await areaOfNode(page));
		},
	},
	{
		names: ['separate-outputs.webp', 'rejected-delivery.webp'],
		take: async (studio) => {
			const { editor, page } = studio;
			const parameters = {
				events: ['invitation.accepted', 'test_taker.assessment_completed'],
				separateOutputs: true,
			};
			const next = [noOp('Mail the recruiter'), noOp('Add a row')];
			const { id, url } = await savedTrigger(studio, 'JOFI events', parameters, next);
			await openWorkflow(studio, id, 3);
			await keep('separate-outputs.webp', page, await areaOfNodes(page));
			await page.goto('about:blank');
			await editor.openNode(id, TRIGGER_NAME);
			await editor.listen();
			await deliver(url, jofiEvent('invitation.accepted'), hmac('another'));
			await editor.waitForError(/./);
			await editor.closeMessages();
			await editor.widenOutput();
			await keep('rejected-delivery.webp', page, await areaOfNode(page));
		},
	},
];
