/** The templates as they stand in their files: imported, complained about, published, run by hand. */
import type { SavedWorkflow } from '../../support/n8n/rest';
import { issuesOf, Office } from '../../support/office';
import { pinnedItems, TEMPLATE_PINS } from '../../support/templatePins';
import {
	CREDENTIAL_TYPES,
	importByCommandLine,
	importTemplate,
	readTemplate,
} from '../../support/templates';

const TEMPLATES = Object.keys(TEMPLATE_PINS);
/** n8n wants the workflows that another calls to be there, and published, before it. */
const CALLED = ['5a-invitation-accepted', '5b-assessment-completed', '5c-career-navigation'];
const BY_COMMAND_LINE = [...CALLED, '5-one-url-many-workflows'];

const imported: Record<string, SavedWorkflow> = {};
let office: Office;

beforeAll(async () => {
	office = await Office.open();
});

afterAll(async () => {
	await office?.close();
});

it('n8n takes every template as it is, by REST and by command line', async () => {
	for (const template of TEMPLATES) {
		if (BY_COMMAND_LINE.includes(template)) continue;
		imported[template] = await importTemplate(office.rest, template);
	}
	const others = await importByCommandLine(office.server, office.rest, BY_COMMAND_LINE);
	BY_COMMAND_LINE.forEach((template, index) => {
		imported[template] = others[index] as SavedWorkflow;
	});
	expect(Object.keys(imported)).toHaveLength(TEMPLATES.length);
});

it('it finds no fault in them but the credentials that are to be chosen', async () => {
	for (const template of TEMPLATES) {
		const workflow = imported[template] as SavedWorkflow;
		const issues = await issuesOf(office.rest, workflow);
		const toBeChosen = workflow.nodes.filter(({ type }) => type in CREDENTIAL_TYPES);
		expect({ template, issues }).toEqual({
			template,
			issues: toBeChosen.map(() => 'Missing required credential'),
		});
	}
});

it('it publishes them once the credentials are chosen', async () => {
	for (const template of [...CALLED, ...TEMPLATES]) {
		const sheet = `1${template}`.replaceAll('-', '').padEnd(34, 'x');
		await office.publish(template, imported[template] as SavedWorkflow, sheet);
	}
});

it.each(TEMPLATES)('%s runs in the editor with the people that are pinned', async (template) => {
	const [pinned = ''] = Object.keys(readTemplate(template).pinData ?? {});
	const execution = await office.runByHand(template, pinned);
	expect(execution).toMatchObject({ mode: 'manual', status: 'success' });
	const outputs = await office.rest.outputsOf(execution.id, pinned);
	expect(outputs.map((items) => items.length)).toEqual([pinnedItems(template).length]);
});
