import { eventually } from './eventually';
import type { TemplateHarness } from './templateHarness';

/** Who may see a form: the user and password of its Basic Auth credential. */
export interface Login {
	user: string;
	password: string;
}

/**
 * Opens the form of a template, or sends it, once it is there.
 *
 * @param harness - where the template is in use
 * @param template - the name of its file in examples/, without `.json`
 * @param login - as whom
 * @param answers - what to enter, in the order of the fields; without them the form is only opened
 * @returns n8n's answer, once the run has ended
 */
export async function requestForm(
	harness: TemplateHarness,
	template: string,
	{ user, password }: Login,
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
	const login = Buffer.from(`${user}:${password}`).toString('base64');
	const headers = { authorization: `Basic ${login}` };
	if (!answers) return await fetch(url, { headers });
	const body = new FormData();
	answers.forEach((answer, index) => body.append(`field-${index}`, answer));
	return await fetch(url, { method: 'POST', body, headers });
}
