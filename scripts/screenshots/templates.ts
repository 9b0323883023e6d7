/** Pictures of the workflow templates on the canvas. */
import { importTemplate, TEMPLATES } from '../../test/support/templates';
import { areaOfNodes, keep, openWorkflow, type Taker } from './studio';

const TEMPLATE_PICTURES = TEMPLATES
	// Both look like 5a.
	.filter((name) => !/^5[bc]-/.test(name))
	.map((name) => `template-${name}.webp`);

export const TEMPLATE_TAKERS: Taker[] = [
	{
		names: TEMPLATE_PICTURES,
		take: async (studio, isWanted) => {
			for (const name of TEMPLATE_PICTURES.filter(isWanted)) {
				const template = name.replace(/^template-(.*)\.webp$/, '$1');
				const { id, nodes } = await importTemplate(studio.rest, template);
				await openWorkflow(studio, id, nodes.length);
				await keep(name, studio.page, await areaOfNodes(studio.page));
			}
		},
	},
];
