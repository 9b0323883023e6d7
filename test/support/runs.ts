import { outputsIn, type N8nRest, type Workflow, type WorkflowNode } from './n8n/rest';
import { inParallel } from './parallel';
import { readTemplate, triggerOf } from './templates';
import { jofiTrigger, noOp } from './workflows';

/**
 * The ids of the events that left a node, sorted, one for each time, over all runs that succeeded. Looks
 * at every run by its number: the pages of n8n's list can leave out or repeat a run where two began in the
 * same millisecond.
 */
export async function idsThatLeft(
	rest: N8nRest,
	workflowId: string,
	node: string,
): Promise<string[]> {
	const listed = await rest.executions(workflowId);
	const newest = Math.max(0, ...listed.map(({ id }) => Number(id)));
	const ids: string[] = [];
	await inParallel(
		Array.from({ length: newest }, (_, index) => String(index + 1)),
		16,
		async (id) => {
			const run = await rest.execution(id);
			if (run?.workflowId !== workflowId || run.status !== 'success') return;
			ids.push(
				...outputsIn(run, node)
					.flat()
					.map(({ json }) => String(json.event_id)),
			);
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
		return node.name === OWN_STEPS ? ownSteps : node;
	});
	return { ...template, nodes };
}
