import { waitForWebhook, type N8nRest, type Workflow } from './n8n/rest';
import { triggerOf } from './templates';
import { jofiTrigger, productionUrl, triggerWorkflow } from './workflows';

export interface Published {
	id: string;
	url: string;
}

interface RunningN8n {
	rest: N8nRest;
	server: { url: string };
}

/** Creates a workflow with a JOFI Trigger, publishes it and waits until its Production URL answers. */
export async function publish(
	{ rest, server }: RunningN8n,
	workflow: Workflow,
): Promise<Published> {
	const { id } = await rest.createWorkflow(workflow);
	await rest.publish({ id });
	const url = productionUrl(server.url, triggerOf(workflow));
	await waitForWebhook(url);
	return { id, url };
}

export async function hmacCredential(rest: N8nRest, signingSecret: string, name?: string) {
	const fields = { verificationMethod: 'hmac', signingSecret };
	return await rest.createCredential('jofiWebhookApi', fields, name);
}

/** Publishes a workflow of a JOFI Trigger and one node that receives its items. */
export async function publishTrigger(
	n8n: RunningN8n,
	secret: string,
	parameters: Record<string, unknown> = {},
): Promise<Published> {
	const credential = await hmacCredential(n8n.rest, secret);
	return await publish(n8n, triggerWorkflow('JOFI events', jofiTrigger(parameters, credential)));
}
