import { eventually } from './eventually';
import type { TemplateHarness } from './templateHarness';

/**
 * Opens the form of a template, or sends it, once it is there.
 *
 * @param login - as whom: the user and password of its Basic Auth credential
 * @param answers - what to enter, in the order of the fields; without them the form is only opened
 * @returns n8n's answer, once the run has ended
 */
export async function requestForm(
	harness: TemplateHarness,
	template: string,
	login: { user: string; password: string },
	answers?: string[],
): Promise<Response> {
	const { nodes } = harness.workflowOf(template);
	const form = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const url = `${harness.server.url}/form/${form?.webhookId}`;
	await eventually(
		'the form',
		async () => (await fetch(url)).status,
		(status) => status === 401,
	);
	const encoded = Buffer.from(`${login.user}:${login.password}`).toString('base64');
	const headers = { authorization: `Basic ${encoded}` };
	if (!answers) return await fetch(url, { headers });
	const body = new FormData();
	answers.forEach((answer, index) => body.append(`field-${index}`, answer));
	return await fetch(url, { method: 'POST', body, headers });
}
