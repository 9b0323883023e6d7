import type { N8nRest, Workflow, WorkflowNode } from './n8n/rest';
import { inParallel } from './parallel';
import { readTemplate, SETTINGS_NODE, settingsOf, triggerOf } from './templates';
import { jofiTrigger, noOp } from './workflows';

/** The ids of the events that left a node, sorted, one for each time, over all runs that succeeded. */
export async function idsThatLeft(
	rest: N8nRest,
	workflowId: string,
	node: string,
): Promise<string[]> {
	const runs = await rest.executions(workflowId);
	const ids: string[] = [];
	await inParallel(
		runs.filter(({ status }) => status === 'success'),
		16,
		async ({ id }) => {
			const items = (await rest.outputsOf(id, node)).flat();
			ids.push(...items.map(({ json }) => String(json.event_id)));
		},
	);
	return ids.sort();
}

/** Stands for what people do with an event in the template with Remove Duplicates. */
export const OWN_STEPS = 'Your own steps';

/** The template with Remove Duplicates. In: the credential, and what stands in place of the mail. */
export function neverTwice(
	credential: { id: string; name: string },
	ownSteps: WorkflowNode = noOp(OWN_STEPS),
): Workflow {
	const template = readTemplate('6-never-twice');
	const trigger = triggerOf(template);
	const nodes = template.nodes.map((node) => {
		if (node === trigger) {
			return { ...jofiTrigger(node.parameters, credential), name: node.name };
		}
		if (node.name === SETTINGS_NODE) {
			return { ...node, parameters: { ...node.parameters, assignments: settingsOf(node) } };
		}
		return node.name === OWN_STEPS ? ownSteps : node;
	});
	return { ...template, nodes };
}
