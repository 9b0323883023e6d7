/** Pictures of the workflow templates on the canvas. */
import { importTemplate } from '../../test/support/templates';
import { TEMPLATE_PICTURES } from '../pictures';
import { areaOfNodes, keep, openWorkflow, type Taker } from './studio';

export const TEMPLATE_TAKERS: Taker[] = [
	{
		names: TEMPLATE_PICTURES,
		take: async (studio, isWanted) => {
			for (const name of TEMPLATE_PICTURES.filter(isWanted)) {
				const template = name.replace(/^template-(.*)\.png$/, '$1');
				const { id, nodes } = await importTemplate(studio.rest, template);
				await openWorkflow(studio, id, nodes.length);
				await keep(name, studio.page, await areaOfNodes(studio.page));
			}
		},
	},
];
