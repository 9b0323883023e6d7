import { randomUUID } from 'node:crypto';
import type { Execution, N8nRest, Workflow, WorkflowNode } from './n8n/rest';

export const TRIGGER_TYPE = 'n8n-nodes-jofi.jofiTrigger';
export const TRIGGER_NAME = 'JOFI Trigger';

export function jofiTrigger(
	parameters: Record<string, unknown>,
	credential?: { id: string; name: string },
): WorkflowNode & { webhookId: string } {
	return {
		...noOp(TRIGGER_NAME),
		webhookId: randomUUID(),
		type: TRIGGER_TYPE,
		typeVersion: 1.1,
		position: [0, 0],
		parameters,
		...(credential && { credentials: { jofiWebhookApi: credential } }),
	};
}

/** A node that does nothing, to see what reaches it. */
export function noOp(name: string): WorkflowNode {
	return {
		id: randomUUID(),
		name,
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [300, 0],
		parameters: {},
	};
}

/** n8n's Edit Fields with one field that is still empty. */
export function editFields(name: string): WorkflowNode {
	const assignment = { id: '1', name: 'greeting', value: '', type: 'string' };
	return {
		...noOp(name),
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { assignments: { assignments: [assignment] }, options: {} },
	};
}

/** A workflow of a JOFI Trigger with one node after each output. */
export function triggerWorkflow(
	name: string,
	trigger: WorkflowNode,
	next: WorkflowNode[] = [noOp('Received')],
): Workflow {
	const below = next.map((node, index) => ({
		...node,
		position: [300, index * 150] as [number, number],
	}));
	const main = next.map(({ name: node }) => [{ node, type: 'main', index: 0 }]);
	return {
		name,
		nodes: [trigger, ...below],
		connections: { [trigger.name]: { main } },
		settings: { timezone: 'America/Denver' },
	};
}

export function productionUrl(n8nUrl: string, trigger: { webhookId?: string }): string {
	return `${n8nUrl}/webhook/${trigger.webhookId}/jofi`;
}

export function testUrl(n8nUrl: string, trigger: { webhookId?: string }): string {
	return `${n8nUrl}/webhook-test/${trigger.webhookId}/jofi`;
}

export const JOFI_TYPE = 'n8n-nodes-jofi.jofi';
export const JOFI_NAME = 'JOFI';

/** A JOFI node for a workflow, with more fields of the node, such as its name. */
export function jofiNode(
	parameters: Record<string, unknown>,
	credential?: { id: string; name: string },
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	return {
		...noOp(JOFI_NAME),
		type: JOFI_TYPE,
		position: [220, 0],
		parameters,
		...(credential && { credentials: { jofiApi: credential } }),
		...more,
	};
}

const START_NAME = 'When clicking ‘Execute workflow’';

/** A workflow that is run by hand: its nodes side by side, with items that are pinned to its start. */
export function byHandWorkflow(
	name: string,
	nodes: WorkflowNode[],
	items: Array<Record<string, unknown>> = [{}],
): Workflow {
	const start: WorkflowNode = {
		...noOp(START_NAME),
		type: 'n8n-nodes-base.manualTrigger',
		position: [0, 0],
	};
	const main = [nodes.map((node) => ({ node: node.name, type: 'main', index: 0 }))];
	return {
		name,
		nodes: [start, ...nodes],
		connections: { [START_NAME]: { main } },
		pinData: { [START_NAME]: items.map((json) => ({ json })) },
	};
}

/** Runs a workflow from a trigger, as the editor does, and returns the run once it has ended. */
export async function runByHand(
	rest: N8nRest,
	{ id }: { id: string },
	trigger = START_NAME,
): Promise<Execution> {
	const { executionId } = await rest.call<{ executionId: string }>('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: trigger },
		// n8n 1.x runs what it is given here, later ones what is saved.
		workflowData: await rest.readWorkflow(id),
	});
	return await rest.finishedExecution(executionId);
}
