/** The templates as they stand in their files: imported, complained about, published, run by hand. */
import execa from 'execa';
import { requestForm } from '../support/forms';
import type { SavedWorkflow } from '../support/n8n/rest';
import { issuesOf, TemplateHarness } from '../support/templateHarness';
import { MicrosoftGraph } from '../support/outside/microsoftGraph';
import {
	credentialTypeOf,
	EXAMPLES_FOLDER,
	importTemplate,
	readTemplate,
	TEMPLATES,
} from '../support/templates';
import { byHandWorkflow, noOp } from '../support/workflows';

/** n8n wants the workflows that another calls to be there, and published, before it. */
const CALLED = {
	'Run: invitation accepted': '5a-invitation-accepted',
	'Run: assessment completed': '5b-assessment-completed',
	'Run: career navigation': '5c-career-navigation',
	'Hand over to template 7': '7-no-google-account',
};

const LOGIN = { user: 'user', password: 'password' };

const imported: Record<string, SavedWorkflow> = {};
const microsoft = new MicrosoftGraph();
let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ services: microsoft.services, isolates: 'default' });
	await harness.signInToMicrosoft();
	await harness.addKeyOfN8n();
	await harness.addCredential('jofiApi', { apiKey: 'sk_live_key_of_nobody' });
	await harness.addCredential('httpBasicAuth', LOGIN);
	await harness.addCredential('httpHeaderAuth', { name: 'X-Key', value: 'key' });
	await harness.addCredential('httpBearerAuth', { token: 'key' });
	microsoft.cells.push(['full_name', 'email']);
});

it("n8n's command line imports every template as it is", async () => {
	const { rest, server } = harness;
	const earlier = (await rest.workflows()).map(({ id }) => id);
	const { node, bin } = server.n8n;
	await execa(node, [bin, 'import:workflow', '--separate', `--input=${EXAMPLES_FOLDER}`], {
		cwd: server.userFolder,
		env: { PATH: process.env.PATH, HOME: server.userFolder, N8N_USER_FOLDER: server.userFolder },
		extendEnv: false,
	});
	const added = (await rest.workflows()).filter(({ id }) => !earlier.includes(id));
	for (const template of TEMPLATES) {
		const { name, nodes } = readTemplate(template);
		const { id = '' } = added.find((workflow) => workflow.name === name) ?? {};
		imported[template] = await rest.readWorkflow(id);
		expect(imported[template]).toMatchObject({ nodes });
	}
});

it("n8n's migration report for n8n 3 finds nothing in them", async () => {
	// A node that n8n 3 no longer has: the report must find this one.
	const removed = { ...noOp('Function'), type: 'n8n-nodes-base.function' };
	const outdated = await harness.rest.createWorkflow(byHandWorkflow('Outdated', [removed]));
	const affected = await affectedByVersion3();
	expect(affected).toContain(outdated.id);
	expect(TEMPLATES.filter((template) => affected.includes(idOf(template)))).toEqual([]);
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

it.each<[string, string, Record<string, unknown>, string]>([
	[
		'9-remind',
		'Every morning at 9',
		{ from_email: ' ', recruiter_email: '', remind: '', days_to_accept: '' },
		'from_email is empty. Write one email address. recruiter_email is empty. Write an email address, or several with commas between them. remind is empty. Write recruiter or candidate. days_to_accept holds “0”. Write a number from 1 to 36500.',
	],
	[
		'9-remind',
		'Every morning at 9',
		{ from_email: 'Anna', recruiter_email: 'a@x b@x', remind: 'candidates', days_to_accept: -1 },
		'from_email holds “Anna”. Write one email address. recruiter_email holds “a@x b@x”. Write an email address, or several with commas between them. remind holds “candidates”. Write recruiter or candidate. days_to_accept holds “-1”. Write a number from 1 to 36500.',
	],
	[
		'17-watch',
		'Every morning at 8',
		{ production_url: 'n8n.example.com' },
		'production_url holds “n8n.example.com”. Write the Production URL of the JOFI Trigger, which begins with https://.',
	],
])(
	'%s stops and says what to write where Settings can not be right',
	async (template, trigger, settings, sentence) => {
		await harness.fill(template, await importTemplate(harness.rest, template), { settings });
		const { id, status } = await harness.runByHand(template, trigger);
		expect(status).toBe('error');
		expect(await harness.rest.errorOf(id)).toBe(
			`Nothing was sent. In the node Settings, ${sentence}`,
		);
	},
);

it.each([
	[
		'13-forget-a-person',
		{ tables_begin_with: 'jofi*' },
		'tables_begin_with holds “jofi*”. Write how the names of the data tables begin, without quotation marks and asterisks; several with commas between them.',
		'deletes nothing',
	],
	[
		'15-invite-from-a-form',
		{ from_email: '', to_email: 'Anna' },
		'from_email is empty. Write one email address. to_email holds “Anna”. Write an email address, or several with commas between them.',
		'invites nobody',
	],
])(
	'the form of %s says what to write meanwhile, and stops',
	async (template, settings, ...words) => {
		const [sentence, refusal] = words;
		await harness.publishTemplate(template, { settings });
		const page = await requestForm(harness, template, LOGIN);
		expect(await page.text()).toContain(
			`Not ready yet. In n8n, open this workflow. In the node Settings, ${sentence} Then publish it again. Until then this form ${refusal}.`,
		);
		// The harness fails if JOFI is called.
		const mails = await harness.mailsDuring(async () => {
			const answers = ['ann@example.com', 'Lee', 'ann@example.com', 'P-1', 'C-1'];
			expect((await requestForm(harness, template, LOGIN, answers)).status).toBe(500);
		});
		expect(mails).toEqual([]);
		await harness.rest.unpublish(harness.workflowOf(template));
	},
);

it('it publishes them once all is filled in', async () => {
	const workflowIds = Object.fromEntries(
		Object.entries(CALLED).map(([node, called]) => [node, idOf(called)]),
	);
	for (const template of [...Object.values(CALLED), ...TEMPLATES]) {
		const sheet = `1${template}`.replaceAll('-', '').padEnd(34, 'x');
		const workflow = imported[template] as SavedWorkflow;
		await harness.publishImported(template, workflow, { sheet, workflowIds });
	}
});

const PINNED = TEMPLATES.flatMap((template) =>
	Object.entries(readTemplate(template).pinData ?? {}).map(([node, items]) => ({
		template,
		node,
		count: (items as unknown[]).length,
	})),
);

it.each(PINNED)(
	'$template runs in the editor with the people that are pinned',
	async ({ template, node, count }) => {
		const execution = await harness.runByHand(template, node);
		expect(execution).toMatchObject({ mode: 'manual', status: 'success' });
		const outputs = await harness.rest.outputsOf(execution.id, node);
		expect(outputs.map((items) => items.length)).toEqual([count]);
	},
);

function idOf(template: string): string {
	return imported[template]?.id ?? '';
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
