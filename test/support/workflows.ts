import { randomUUID } from 'node:crypto';
import type { Workflow, WorkflowNode } from './n8n/rest';

export const TRIGGER_TYPE = 'n8n-nodes-jofi.jofiTrigger';
export const TRIGGER_NAME = 'JOFI Trigger';

/** A JOFI Trigger for a workflow. In: its parameters, and the credential it uses. */
export function jofiTrigger(
	parameters: Record<string, unknown>,
	credential?: { id: string; name: string },
): WorkflowNode & { webhookId: string } {
	return {
		id: randomUUID(),
		webhookId: randomUUID(),
		name: TRIGGER_NAME,
		type: TRIGGER_TYPE,
		typeVersion: 1.1,
		position: [0, 0],
		parameters,
		...(credential && { credentials: { jofiWebhookApi: credential } }),
	};
}

/** A node that does nothing, to see what reaches it. */
export function noOp(name: string, y = 0): WorkflowNode {
	return {
		id: randomUUID(),
		name,
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [300, y],
		parameters: {},
	};
}

/** A workflow of a JOFI Trigger with one node behind each output. */
export function triggerWorkflow(
	name: string,
	trigger: WorkflowNode,
	outputNodes: string[] = ['Received'],
): Workflow {
	return {
		name,
		nodes: [trigger, ...outputNodes.map((node, index) => noOp(node, index * 150))],
		connections: {
			[trigger.name]: {
				main: outputNodes.map((node) => [{ node, type: 'main', index: 0 }]),
			},
		},
		settings: { timezone: 'America/Denver' },
	};
}

/** The Production URL of a trigger. */
export function productionUrl(n8nUrl: string, trigger: { webhookId?: string }): string {
	return `${n8nUrl}/webhook/${trigger.webhookId}/jofi`;
}

/** The Test URL of a trigger. */
export function testUrl(n8nUrl: string, trigger: { webhookId?: string }): string {
	return `${n8nUrl}/webhook-test/${trigger.webhookId}/jofi`;
}
