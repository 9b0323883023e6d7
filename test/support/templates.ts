/** Imports the workflow templates of examples/ into a real n8n as a user would, and fills them in. */
import execa from 'execa';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { examplesFolder } from './templatePins';
import type { N8nRest, SavedWorkflow, Workflow, WorkflowNode } from './n8n/rest';
import type { N8nServer } from './n8n/server';
import { TRIGGER_TYPE } from './workflows';

/** Which credential each type of node in the templates needs. */
export const CREDENTIAL_TYPES: Record<string, string> = {
	[TRIGGER_TYPE]: 'jofiWebhookApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.slack': 'slackApi',
};

/** Credential type → what a node refers to the credential by. */
export type Credentials = Record<string, { id: string; name: string }>;

/** A template as it stands in its file. In: the file's name without `.json`. */
export function readTemplate(template: string): Workflow {
	return JSON.parse(readFileSync(join(examplesFolder, `${template}.json`), 'utf8')) as Workflow;
}

/** The cells of a sheet as a template should write them, by rows. In: the name of a file in fixtures/templates. */
export function golden(name: string): unknown[][] {
	const path = join(__dirname, '../fixtures/templates', `${name}.json`);
	return JSON.parse(readFileSync(path, 'utf8')) as unknown[][];
}

/** Imports a template through n8n's REST interface, unchanged. */
export async function importTemplate(rest: N8nRest, template: string): Promise<SavedWorkflow> {
	return await rest.createWorkflow(readTemplate(template));
}

/** Imports templates by n8n's command line, unchanged, beside the running server. Out: as n8n has them. */
export async function importByCommandLine(
	server: N8nServer,
	rest: N8nRest,
	templates: string[],
): Promise<SavedWorkflow[]> {
	const folder = await mkdtemp(join(tmpdir(), 'jofi-import-'));
	for (const template of templates) {
		await cp(join(examplesFolder, `${template}.json`), join(folder, `${basename(template)}.json`));
	}
	await execa(
		server.n8n.node,
		[server.n8n.bin, 'import:workflow', '--separate', `--input=${folder}`],
		{
			cwd: server.userFolder,
			env: { PATH: process.env.PATH, HOME: server.userFolder, N8N_USER_FOLDER: server.userFolder },
			extendEnv: false,
		},
	);
	await rm(folder, { recursive: true });
	const saved = await rest.workflows();
	return await Promise.all(
		templates.map(async (template) => {
			const { name } = readTemplate(template);
			const found = saved.find((workflow) => workflow.name === name);
			if (!found) throw new Error(`n8n has no workflow "${name}" after the import`);
			return await rest.readWorkflow(found.id);
		}),
	);
}

/**
 * Does what the notes in a template ask for: chooses the credentials, pastes the link of the sheet.
 * Out: the workflow as n8n has saved it.
 */
export async function fillIn(
	rest: N8nRest,
	workflow: SavedWorkflow,
	credentials: Credentials,
	sheetLink?: string,
): Promise<SavedWorkflow> {
	return await rest.updateWorkflow(workflow.id, {
		nodes: workflow.nodes.map((node) => withSheet(withCredential(node, credentials), sheetLink)),
		connections: workflow.connections,
	});
}

/** The JOFI Trigger of a workflow. */
export function triggerOf(workflow: Workflow): WorkflowNode {
	const trigger = workflow.nodes.find(({ type }) => type === TRIGGER_TYPE);
	if (!trigger) throw new Error(`${workflow.name} has no JOFI Trigger`);
	return trigger;
}

function withCredential(node: WorkflowNode, credentials: Credentials): WorkflowNode {
	const type = CREDENTIAL_TYPES[node.type];
	const credential = type === undefined ? undefined : credentials[type];
	return type && credential ? { ...node, credentials: { [type]: credential } } : node;
}

function withSheet(node: WorkflowNode, sheetLink?: string): WorkflowNode {
	if (node.type !== 'n8n-nodes-base.googleSheets' || sheetLink === undefined) return node;
	const documentId = { __rl: true, mode: 'url', value: sheetLink };
	return { ...node, parameters: { ...node.parameters, documentId } };
}
