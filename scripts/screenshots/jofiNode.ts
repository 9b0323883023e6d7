/** Pictures of the JOFI node: each operation with what it gives. */
import { byHandWorkflow, JOFI_NAME, jofiNode } from '../../test/support/workflows';
import { jofiWithPeople, scenesAt, type Scene } from './jofiScenes';
import { areaOfNode, keep, type Studio, type Taker } from './studio';

const SCENES = scenesAt(jofiWithPeople());

export const JOFI_NODE_TAKERS: Taker[] = SCENES.map((scene) => ({
	names: [scene.picture],
	take: async (studio) => await takeScene(studio, scene),
}));

async function takeScene(
	studio: Studio,
	{ picture, parameters, view, atMost, firstColumn }: Scene,
): Promise<void> {
	const { editor, page, rest, apiCredential } = studio;
	const node = jofiNode(parameters, apiCredential);
	const { id } = await rest.createWorkflow(byHandWorkflow('Ask JOFI', [node]));
	const usual = page.viewportSize();
	// High enough for all that a node shows of one person.
	await page.setViewportSize({ width: 1440, height: 1500 });
	await editor.openNode(id, JOFI_NAME);
	await editor.widenOutput();
	await editor.executeNode();
	await editor.closeMessages();
	await page.getByTestId('output-panel').getByTestId(`radio-button-${view}`).click();
	await page.waitForTimeout(500);
	await keep(picture, page, await areaOfNode(page, atMost, firstColumn));
	await editor.closeNode();
	await rest.call('POST', `/workflows/${id}/archive`);
	if (usual) await page.setViewportSize(usual);
}
