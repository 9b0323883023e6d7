/** The templates as they stand in their files: imported, complained about, published, run by hand. */
import type { SavedWorkflow, Workflow } from '../support/n8n/rest';
import { issuesOf, TemplateHarness } from '../support/templateHarness';
import { MicrosoftGraph } from '../support/outside/microsoftGraph';
import { pinnedItems, TEMPLATE_PINS } from '../support/templatePins';
import {
	credentialTypeOf,
	importByCommandLine,
	importTemplate,
	readTemplate,
	settingsOf,
	SETTINGS_NODE,
} from '../support/templates';
import { TRIGGER_TYPE } from '../support/workflows';

const TEMPLATES = Object.keys(TEMPLATE_PINS);
/** n8n wants the workflows that another calls to be there, and published, before it. */
const CALLED = {
	'Run: invitation accepted': '5a-invitation-accepted',
	'Run: assessment completed': '5b-assessment-completed',
	'Run: career navigation': '5c-career-navigation',
	'Hand over to template 7': '7-no-google-account',
};
const BY_COMMAND_LINE = [
	'5a-invitation-accepted',
	'5b-assessment-completed',
	'5c-career-navigation',
	'5-one-url-many-workflows',
];
/** A form starts only from its page, and a JOFI Trigger by hand only with people pinned. */
const FORM = 'n8n-nodes-base.formTrigger';

const imported: Record<string, SavedWorkflow> = {};
const microsoft = new MicrosoftGraph();
let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ services: microsoft.services, isolates: 'default' });
	await harness.signInToMicrosoft();
	await harness.addKeyOfN8n();
	await harness.addCredential('jofiApi', { apiKey: 'sk_live_key_of_nobody' });
	await harness.addCredential('httpBasicAuth', { user: 'user', password: 'password' });
	await harness.addCredential('httpHeaderAuth', { name: 'X-Key', value: 'key' });
	await harness.addCredential('httpBearerAuth', { token: 'key' });
	microsoft.cells.push(['full_name', 'email']);
});

it('n8n takes every template as it is, by REST and by command line', async () => {
	for (const template of TEMPLATES) {
		if (BY_COMMAND_LINE.includes(template)) continue;
		imported[template] = await importTemplate(harness.rest, template);
	}
	const others = await importByCommandLine(harness.server, harness.rest, BY_COMMAND_LINE);
	BY_COMMAND_LINE.forEach((template, index) => {
		imported[template] = others[index] as SavedWorkflow;
	});
	expect(Object.keys(imported)).toHaveLength(TEMPLATES.length);
});

it("n8n's migration report for n8n 3 finds nothing in them", async () => {
	// A node that n8n 3 no longer has: the report must find this one.
	const outdated = await harness.rest.createWorkflow({
		name: 'Outdated',
		nodes: [
			{
				name: 'Function',
				type: 'n8n-nodes-base.function',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
		],
		connections: {},
	});
	const affected = await affectedByVersion3();
	expect(affected).toContain(outdated.id);
	const templates = Object.entries(imported).filter(([, { id }]) => affected.includes(id));
	expect(templates.map(([template]) => template)).toEqual([]);
});

it('it marks what is to be chosen, and finds no other fault in them', async () => {
	for (const template of TEMPLATES) {
		const workflow = imported[template] as SavedWorkflow;
		const issues = await issuesOf(harness.rest, workflow);
		const expected = workflow.nodes.flatMap((node) => [
			// n8n asks for the generic credential of an HTTP Request only when it runs.
			...(credentialTypeOf(node) && node.type !== 'n8n-nodes-base.httpRequest'
				? ['Missing required credential']
				: []),
			...(hasAChoice(node.parameters) ? ['Missing or invalid required parameters'] : []),
		]);
		expect({ template, issues: issues.sort() }).toEqual({ template, issues: expected.sort() });
	}
});

it.each(TEMPLATES.filter((template) => triggerBeforeSettings(readTemplate(template))))(
	'%s stops and says what to fill in while Settings is empty',
	async (template) => {
		const workflow = await importTemplate(harness.rest, template);
		const fields = fieldsOfSettings(workflow);
		const settings = Object.fromEntries(fields.map((field) => [field, '']));
		const sheetLink = harness.google.create(sheetOf(template));
		await harness.fill(template, workflow, { settings, sheetLink, workflowIds: idsOfCalled() });
		const trigger = triggerBeforeSettings(workflow) ?? '';
		const mails = harness.mail.mails.length;
		const execution = await harness.runByHand(template, trigger);
		expect(execution.status).toBe('error');
		expect(await harness.rest.errorOf(execution.id)).toBe(
			`Nothing was sent. Open the node Settings and fill in what is still empty: ${fields.join(', ')}`,
		);
		expect(harness.mail.mails).toHaveLength(mails);
	},
);

it('it publishes them once all is filled in', async () => {
	for (const template of [...Object.values(CALLED), ...TEMPLATES]) {
		await harness.publishImported(
			template,
			imported[template] as SavedWorkflow,
			sheetOf(template),
			{ workflowIds: idsOfCalled() },
		);
	}
});

const PINNED = TEMPLATES.filter((template) => pinnedItems(template).length > 0);

it.each(PINNED)('%s runs in the editor with the people that are pinned', async (template) => {
	const [pinned = ''] = Object.keys(readTemplate(template).pinData ?? {});
	const execution = await harness.runByHand(template, pinned);
	expect(execution).toMatchObject({ mode: 'manual', status: 'success' });
	const outputs = await harness.rest.outputsOf(execution.id, pinned);
	expect(outputs.map((items) => items.length)).toEqual([pinnedItems(template).length]);
});

/** The workflows to choose, by the node that calls them. */
function idsOfCalled(): Record<string, string> {
	return Object.fromEntries(
		Object.entries(CALLED).map(([node, called]) => [node, imported[called]?.id ?? '']),
	);
}

/** The ids of the workflows in which n8n's migration report for n8n 3 finds something. */
async function affectedByVersion3(): Promise<string[]> {
	const { report } = await harness.rest.call<{
		report: { workflowResults: Array<{ ruleId: string }> };
	}>('POST', '/breaking-changes/report/refresh?version=v3');
	const affected: string[] = [];
	for (const { ruleId } of report.workflowResults) {
		const { affectedWorkflows } = await harness.rest.call<{
			affectedWorkflows: Array<{ id: string }>;
		}>('GET', `/breaking-changes/report/${ruleId}`);
		affected.push(...affectedWorkflows.map(({ id }) => id));
	}
	return affected;
}

/** Whether something is to be chosen from a list, beside a credential. */
function hasAChoice(parameters: Record<string, unknown>): boolean {
	return Object.values(parameters).some(
		(parameter) => JSON.stringify(parameter) === '{"__rl":true,"mode":"list","value":""}',
	);
}

function fieldsOfSettings({ nodes }: Workflow): string[] {
	const settings = nodes.find(({ name }) => name === SETTINGS_NODE);
	return settings ? settingsOf(settings).assignments.map(({ name }) => name) : [];
}

/** The id of the Google Sheet of a template. */
function sheetOf(template: string): string {
	return `1${template}`.replaceAll('-', '').padEnd(34, 'x');
}

/** The trigger from which a run of a template comes to *Settings*; undefined if it has none. */
function triggerBeforeSettings({ nodes, connections, pinData }: Workflow): string | undefined {
	const next = (node: string) =>
		((connections[node] as { main: Array<Array<{ node: string }>> } | undefined)?.main ?? [])
			.flat()
			.map(({ node: name }) => name);
	// Some workflows have loops.
	const leadsToSettings = (node: string, seen: readonly string[] = []): boolean =>
		!seen.includes(node) &&
		next(node).some((name) => name === SETTINGS_NODE || leadsToSettings(name, [...seen, node]));
	const starts = nodes.filter(
		({ name, type }) =>
			type.endsWith('Trigger') &&
			type !== FORM &&
			(type !== TRIGGER_TYPE || pinData?.[name] !== undefined),
	);
	return starts.find(({ name }) => leadsToSettings(name))?.name;
}
