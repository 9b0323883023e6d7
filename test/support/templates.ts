/** Imports the workflow templates of examples/ into a real n8n as a user would, and fills them in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { N8nRest, SavedWorkflow, Workflow, WorkflowNode } from './n8n/rest';
import { CHANNEL, TABLE, TEAM, WORKBOOK, WORKSHEET } from './outside/microsoftGraph';
import { TRIGGER_TYPE } from './workflows';

/** Which credential each type of node in the templates needs. */
const CREDENTIAL_TYPES: Record<string, string> = {
	[TRIGGER_TYPE]: 'jofiWebhookApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.slack': 'slackApi',
	'n8n-nodes-base.formTrigger': 'httpBasicAuth',
	'n8n-nodes-base.webhook': 'httpHeaderAuth',
	'n8n-nodes-base.n8n': 'n8nApi',
	'n8n-nodes-base.microsoftExcel': 'microsoftExcelOAuth2Api',
	'n8n-nodes-base.microsoftOutlook': 'microsoftOutlookOAuth2Api',
	'n8n-nodes-base.microsoftTeams': 'microsoftTeamsOAuth2Api',
	'n8n-nodes-jofi.jofi': 'jofiApi',
};

/** The node that holds what a person writes in, in each template that asks for anything but choices. */
export const SETTINGS_NODE = 'Settings';

/** The node behind *Settings*: it stops the run, or gives the values as they are meant. */
export const CHECKING_NODE = 'Check Settings';

/** Credential type → what a node refers to the credential by. */
export type Credentials = Record<string, { id: string; name: string }>;

export const EXAMPLES_FOLDER = join(__dirname, '../../examples');

/** The names of all templates: those of their files, without `.json`. */
export const TEMPLATES = readdirSync(EXAMPLES_FOLDER).map((file) => file.replace(/\.json$/, ''));

export const fileOf = (template: string) => join(EXAMPLES_FOLDER, `${template}.json`);

/** A template as its file has it. */
export function readTemplate(template: string): Workflow {
	return JSON.parse(readFileSync(fileOf(template), 'utf8')) as Workflow;
}

/** The cells that a template should write, by rows, from a file in fixtures/templates. */
export function golden(name: string): unknown[][] {
	const path = join(__dirname, '../fixtures/templates', `${name}.json`);
	return JSON.parse(readFileSync(path, 'utf8')) as unknown[][];
}

/** Imports a template through n8n's REST interface, unchanged. */
export async function importTemplate(rest: N8nRest, template: string): Promise<SavedWorkflow> {
	return await rest.createWorkflow(readTemplate(template));
}

/** What is written into *Settings* where a template leaves it empty. */
export const SETTINGS: Record<string, unknown> = {
	from_email: 'recruiting@example.com',
	to_email: 'recruiting@example.com',
	recruiter_email: 'recruiting@example.com',
	address_without_team: 'recruiting@example.com',
	scores: 'think',
	production_url: 'https://n8n.example.com/webhook/jofi',
	stages_that_count: 'Assessment',
	ats_url: 'https://ats.example.com/candidates/CANDIDATE/notes',
};

/** What somebody fills in who follows the notes in a template. */
export interface Choices {
	credentials: Credentials;
	/** The link of the Google Sheet to write into. */
	sheetLink?: string | undefined;
	/** More for *Settings* than `SETTINGS`, or other values, by the names of its fields. */
	settings?: Record<string, unknown>;
	/** Which workflow to choose in an Execute Sub-workflow node, by the node's name. */
	workflowIds?: Record<string, string>;
	/** Expression: when its Wait nodes wait at all. Only simultaneous runs have to wait for each other. */
	waitsIf?: string;
}

/**
 * Does what the notes in a template ask for: chooses the credentials, the sheet, the channel and the
 * workflows, and writes into *Settings*.
 *
 * @returns the workflow as n8n has saved it
 */
export async function fillIn(
	rest: N8nRest,
	workflow: SavedWorkflow,
	choices: Choices,
): Promise<SavedWorkflow> {
	return await rest.updateWorkflow(workflow.id, {
		nodes: workflow.nodes.map((node) => ({
			...withCredential(node, choices.credentials),
			// The templates wait five seconds before they try again.
			...(node.retryOnFail === true && { waitBetweenTries: 100 }),
			parameters: { ...node.parameters, ...filledIn(node, choices) },
		})),
		connections: workflow.connections,
	});
}

/** The JOFI Trigger of a workflow. */
export function triggerOf(workflow: Workflow): WorkflowNode {
	const trigger = workflow.nodes.find(({ type }) => type === TRIGGER_TYPE);
	if (!trigger) throw new Error(`${workflow.name} has no JOFI Trigger`);
	return trigger;
}

/** The type of the credential that a node needs; undefined if it needs none. */
export function credentialTypeOf({ type, parameters }: WorkflowNode): string | undefined {
	const { genericAuthType } = parameters;
	return typeof genericAuthType === 'string' ? genericAuthType : CREDENTIAL_TYPES[type];
}

function withCredential(node: WorkflowNode, credentials: Credentials): WorkflowNode {
	const type = credentialTypeOf(node);
	const credential = type === undefined ? undefined : credentials[type];
	return type && credential ? { ...node, credentials: { [type]: credential } } : node;
}

const chosen = (mode: string, value: string) => ({ __rl: true, mode, value });
const byId = (value: string) => chosen('id', value);

/** The parameters of a node that somebody fills in. */
function filledIn(node: WorkflowNode, choices: Choices): Record<string, unknown> {
	switch (node.type) {
		case 'n8n-nodes-base.googleSheets':
			return choices.sheetLink ? { documentId: chosen('url', choices.sheetLink) } : {};
		case 'n8n-nodes-base.slack':
			return { channelId: chosen('name', '#recruiting') };
		case 'n8n-nodes-base.microsoftExcel':
			return { workbook: byId(WORKBOOK), worksheet: byId(WORKSHEET), table: byId(TABLE) };
		case 'n8n-nodes-base.microsoftTeams':
			return { teamId: byId(TEAM), channelId: byId(CHANNEL) };
		case 'n8n-nodes-jofi.jofi':
			return {
				...('scoreProfile' in node.parameters && { scoreProfile: chosen('name', 'JOFI-295-AS') }),
				...('createdByUserEmail' in node.parameters && {
					createdByUserEmail: chosen('email', 'jane.recruiter@jofiscore.com'),
				}),
			};
		case 'n8n-nodes-base.executeWorkflow': {
			const value = choices.workflowIds?.[node.name];
			return value ? { workflowId: chosen('list', value) } : {};
		}
		case 'n8n-nodes-base.wait':
			return choices.waitsIf
				? { amount: `={{ ${choices.waitsIf} ? ${String(node.parameters.amount)} : 0 }}` }
				: {};
		default:
			return node.name === SETTINGS_NODE ? { assignments: settingsOf(node, choices.settings) } : {};
	}
}

/** The names of the fields of *Settings* that a person writes; an expression takes its value from the data. */
export function fieldsOfSettings({ nodes }: Workflow): string[] {
	const { assignments = [] } = (nodes.find(({ name }) => name === SETTINGS_NODE)?.parameters
		.assignments ?? {}) as { assignments?: Array<{ name: string; value: unknown }> };
	return assignments.filter(({ value }) => !String(value).startsWith('=')).map(({ name }) => name);
}

/** The fields of *Settings* with these values, and with those of `SETTINGS` where they are still empty. */
export function settingsOf({ parameters }: WorkflowNode, settings: Record<string, unknown> = {}) {
	const { assignments } = parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	return {
		assignments: assignments.map((field) => ({
			...field,
			value: settings[field.name] ?? (field.value || SETTINGS[field.name]),
		})),
	};
}
