import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import { columnsChosen } from '../../nodes/Jofi/trigger/parameters';
import { examplesFolder, pinDataOf, TEMPLATE_PINS } from '../support/templatePins';
import type { Workflow, WorkflowNode } from '../support/n8n/rest';
import { readTemplate, SETTINGS_NODE } from '../support/templates';
import { TRIGGER_TYPE } from '../support/workflows';

const templates = Object.keys(TEMPLATE_PINS);

const SENDING_NODE = /\.(emailSend|slack|microsoftOutlook|microsoftTeams)$/;
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
/** What may stand where somebody chooses: nothing, a sheet's first tab, the workflow itself. */
const NOT_CHOSEN: unknown[] = ['', 'gid=0', '={{ $workflow.id }}'];

it('knows every template', () => {
	expect(readdirSync(examplesFolder).sort()).toEqual(
		templates.map((template) => `${template}.json`).sort(),
	);
});

it('describes every template in the docs, with pictures that are there', () => {
	const docs = join(examplesFolder, '../docs');
	const page = readFileSync(join(docs, 'templates.md'), 'utf8');
	expect(templates.filter((template) => !page.includes(`(../examples/${template}.json)`))).toEqual(
		[],
	);
	const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
	const own = links.filter((link) => !link.startsWith('https://'));
	expect(own.filter((link) => !existsSync(join(docs, link)))).toEqual([]);
	const pictures = links.filter((link) => link.startsWith('images/'));
	expect(pictures.length).toBeGreaterThanOrEqual(8);
});

describe.each(templates)('%s', (template) => {
	const workflow = readTemplate(template);

	it('has pinned what the package makes of its samples, with exactly the columns', () => {
		const pinData = pinDataOf(template);
		expect(workflow.pinData).toEqual(pinData);
		for (const [first, pinned] of Object.entries(pinData)) {
			const columns = columnsOf(workflow.nodes.find(({ name }) => name === first));
			for (const { json } of pinned) expect(Object.keys(json)).toEqual(columns);
		}
	});

	it('holds nothing of anyone: no credentials, no ids of an n8n, no addresses but invented ones', () => {
		const text = JSON.stringify(workflow);
		expect(text).not.toMatch(/"(credentials|webhookId|instanceId|versionId|shared|owner)"/);
		const addresses = text.match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? [];
		expect(addresses.filter((address) => !address.endsWith('@example.com'))).toEqual([]);
	});

	it('is not published by being imported, and runs its nodes from top to bottom', () => {
		expect(workflow.active ?? false).toBe(false);
		expect(workflow.settings).toHaveProperty('executionOrder', 'v1');
	});

	it('explains itself in a note that names only nodes that are there', () => {
		const notes = workflow.nodes.filter(({ type }) => type === STICKY_NOTE);
		const text = notes.map(({ parameters }) => String(parameters.content)).join('\n');
		expect(text).toMatch(/^## /);
		expect(text).toContain('\n### How it works\n- ');
		expect(text).toContain('\n### Setup\n1. ');
		const bold = [...text.matchAll(/^\d\. \*\*([^*]+)\*\*/gm)].map(([, name]) => name);
		const names = workflow.nodes.map(({ name }) => name);
		const others = ['Try it', 'Go live', 'Run: …', ...tablesOf(workflow.nodes)];
		expect(
			bold.filter((name) => !names.includes(name ?? '') && !others.includes(name ?? '')),
		).toEqual([]);
	});

	it('has one yellow note in front, and a white one behind each step', () => {
		const notes = workflow.nodes.filter(({ type }) => type === STICKY_NOTE);
		const yellow = notes.filter(({ parameters }) => parameters.color === undefined);
		expect(yellow.map(({ name }) => name)).toEqual(['Read me']);
		const white = notes.filter((note) => !yellow.includes(note));
		expect(white.map(({ parameters }) => parameters.color)).toEqual(white.map(() => 7));
		const others = workflow.nodes.filter(({ type }) => type !== STICKY_NOTE);
		expect(others.map(({ name, position }) => [name, notesAt(white, position)])).toEqual(
			others.map(({ name }) => [name, 1]),
		);
	});

	it('leaves to the person what only the person knows: nothing is chosen or written beforehand', () => {
		expect(workflow).not.toHaveProperty('id');
		const nodes = workflow.nodes.filter(({ type }) => type !== STICKY_NOTE);
		expect(JSON.stringify(nodes)).not.toContain('@example.com');
		for (const { type, parameters } of workflow.nodes) {
			if (type.endsWith('.dataTable')) continue;
			const chosen = Object.values(parameters).filter(isChosen);
			expect(chosen.filter(({ value }) => !NOT_CHOSEN.includes(value))).toEqual([]);
		}
		const written = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.emailSend');
		if (written.length === 0) return;
		expect(workflow.nodes.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Settings', 'Is Settings filled in?', 'Say what to fill in']),
		);
	});

	it('chooses columns that there are, in their order, and both ids that are the person’s own', () => {
		for (const { parameters } of workflow.nodes.filter(choosesColumns)) {
			expect(parameters.columns).toEqual(columnsChosen('choose', parameters.columns));
			expect(parameters.columns).toEqual(expect.arrayContaining(['person_id', 'custom_id']));
		}
	});

	it('does nothing while a field of Settings is empty: each is asked for by name', () => {
		const settings = workflow.nodes.find(({ name }) => name === SETTINGS_NODE);
		if (!settings) return;
		const fields = fieldsOf(settings);
		expect(outputsOf(workflow, SETTINGS_NODE)).toEqual([['Is Settings filled in?']]);
		expect(outputsOf(workflow, 'Is Settings filled in?')[1]).toEqual(['Say what to fill in']);
		expect(outputsOf(workflow, 'Say what to fill in')).toEqual([]);
		const [question, sentence] = ['Is Settings filled in?', 'Say what to fill in'].map((node) =>
			JSON.stringify(workflow.nodes.find(({ name }) => name === node)?.parameters),
		);
		expect(fields.filter((field) => !question?.includes(`$json.${field}`))).toEqual([]);
		expect(sentence).toContain(`[${fields.map((field) => `'${field}'`).join(', ')}]`);
	});

	it('gives a Google Sheet no more columns than a new one has room for', () => {
		const sheets = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.googleSheets');
		for (const { name } of sheets) {
			const before = workflow.nodes.find((node) =>
				outputsOf(workflow, node.name).flat().includes(name),
			);
			// Another node in front of the sheet makes rows of its own.
			if (before?.type !== TRIGGER_TYPE) continue;
			expect(columnsOf(before).length).toBeLessThanOrEqual(26);
		}
	});

	it('retries what sends a mail or a message only where its note says at least once', () => {
		const sending = workflow.nodes.filter(
			({ type, retryOnFail }) => SENDING_NODE.test(type) && retryOnFail === true,
		);
		const notes = workflow.nodes.filter(({ type }) => type === STICKY_NOTE);
		const saysSo = JSON.stringify(notes).includes('at least once');
		expect(sending.length === 0 || saysSo).toBe(true);
	});

	it('uses no column that its trigger leaves out', () => {
		const trigger = workflow.nodes.find(({ type }) => type === TRIGGER_TYPE);
		const others = workflow.nodes.filter(
			(node) => node !== trigger && node.type !== STICKY_NOTE && !node.type.endsWith('.dataTable'),
		);
		const words = JSON.stringify(others.map(({ parameters }) => parameters)).split(/\W+/);
		expect(trigger ? leftOut(columnsOf(trigger), words) : []).toEqual([]);
	});
});

it('makes a data table with the same columns in each template that uses it', () => {
	const tables = templates.flatMap((template) => readTemplate(template).nodes.filter(makesTable));
	for (const table of tables) {
		const same = tables.filter(
			({ parameters }) => parameters.tableName === table.parameters.tableName,
		);
		expect(same.map(({ parameters }) => parameters.columns)).toEqual(
			same.map(() => table.parameters.columns),
		);
	}
});

it.each([
	['0-first-rows', 'Make the table if there is none'],
	['7-no-google-account', 'Make the table of events if there is none'],
])('in %s the table of events has the columns that the trigger gives', (template, maker) => {
	const { nodes } = readTemplate(template);
	const table = nodes.find(({ name }) => name === maker);
	const trigger = nodes.find(({ type }) => type === TRIGGER_TYPE);
	expect(columnsOfTable(table).sort()).toEqual([...columnsOf(trigger)].sort());
});

it('puts all columns of the table of events into the Excel file, but not the link that is the candidate’s own', () => {
	const { nodes } = readTemplate('7-no-google-account');
	const file = nodes.find(({ name }) => name === 'Choose the columns of the file');
	const trigger = nodes.find(({ type }) => type === TRIGGER_TYPE);
	const [, list = ''] = /const columns = '([^']+)'/.exec(String(file?.parameters.jsCode)) ?? [];
	expect(list.split(', ')).toEqual(columnsOf(trigger).filter((name) => name !== 'assessment_url'));
});

function makesTable({ type, parameters }: WorkflowNode): boolean {
	return type === 'n8n-nodes-base.dataTable' && parameters.resource === 'table';
}

/** The names of the data tables that a template makes. */
function tablesOf(nodes: WorkflowNode[]): string[] {
	return nodes.filter(makesTable).map(({ parameters }) => String(parameters.tableName));
}

/** What is chosen from a list, or typed in its place. */
function isChosen(parameter: unknown): parameter is { value: unknown } {
	return typeof parameter === 'object' && parameter !== null && '__rl' in parameter;
}

/** How many notes lie behind a place. */
function notesAt(notes: WorkflowNode[], [x, y]: [number, number]): number {
	return notes.filter(({ position: [left, top], parameters: { width, height } }) => {
		const isWithin = x >= left && x <= left + Number(width);
		return isWithin && y >= top && y <= top + Number(height);
	}).length;
}

function choosesColumns({ type, parameters }: WorkflowNode): boolean {
	return type === TRIGGER_TYPE && parameters.columnChoice === 'choose';
}

/** The columns that the first node of a template gives. */
function columnsOf(first: WorkflowNode | undefined): readonly string[] {
	return columnsChosen(first?.parameters.columnChoice, first?.parameters.columns);
}

/** The names of the columns that a table is made with. */
function columnsOfTable(table: WorkflowNode | undefined): string[] {
	const { column } = table?.parameters.columns as { column: Array<{ name: string }> };
	return column.map(({ name }) => name);
}

/** The names of columns among some words that are not among the given columns. */
function leftOut(given: readonly string[], words: string[]): string[] {
	return COLUMN_NAMES.filter((name) => words.includes(name) && !given.includes(name));
}

/** The fields of *Settings* that a person writes; an expression takes its value from the data. */
function fieldsOf({ parameters }: WorkflowNode): string[] {
	const { assignments } = parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	return assignments.filter(({ value }) => !String(value).startsWith('=')).map(({ name }) => name);
}

/** The names of the nodes behind each output of a node. */
function outputsOf({ connections }: Workflow, name: string): string[][] {
	const { main = [] } = (connections[name] ?? {}) as { main?: Array<Array<{ node: string }>> };
	return main.map((output) => output.map(({ node }) => node));
}
