import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import { examplesFolder, pinnedItems, TEMPLATE_PINS } from '../support/templatePins';
import type { WorkflowNode } from '../support/n8n/rest';
import { readTemplate } from '../support/templates';

const templates = Object.keys(TEMPLATE_PINS);

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
const EDIT_FIELDS = 'n8n-nodes-base.set';
const FIRST_NODES = ['n8n-nodes-jofi.jofiTrigger', 'n8n-nodes-base.executeWorkflowTrigger'];

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
		const first = workflow.nodes.find(({ type }) => FIRST_NODES.includes(type));
		const pinned = pinnedItems(template);
		expect(workflow.pinData).toEqual(pinned.length > 0 ? { [first?.name ?? '']: pinned } : {});
		for (const { json } of pinnedItems(template)) expect(Object.keys(json)).toEqual(COLUMN_NAMES);
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
			expect(chosen.filter(({ value }) => value !== '' && value !== 'gid=0')).toEqual([]);
		}
		const written = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.emailSend');
		if (written.length === 0) return;
		expect(workflow.nodes.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Settings', 'Is Settings filled in?', 'Say what to fill in']),
		);
	});

	it('chooses from the columns that there are, and no more than a new Google Sheet has room for', () => {
		const hasSheet = workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.googleSheets');
		for (const columns of workflow.nodes.filter(choosesColumns).map(chosenColumns)) {
			expect(columns.filter((column) => !COLUMN_NAMES.some((name) => name === column))).toEqual([]);
			expect(columns.length).toBeLessThanOrEqual(hasSheet ? 26 : COLUMN_NAMES.length);
			expect(columns).toEqual(expect.arrayContaining(['person_id', 'custom_id']));
		}
	});
});

it('makes a data table with the same columns in each template that uses it', () => {
	const tables = templates.flatMap((template) => readTemplate(template).nodes.filter(makesTable));
	const columnsOf = ({ parameters }: WorkflowNode) => parameters.columns;
	for (const table of tables) {
		const same = tables.filter(
			({ parameters }) => parameters.tableName === table.parameters.tableName,
		);
		expect(same.map(columnsOf)).toEqual(same.map(() => columnsOf(table)));
	}
});

it('keeps the same columns in the data table and in both lists of its template', () => {
	const { nodes } = readTemplate('7-no-google-account');
	const [table] = nodes.filter(({ name }) => name === 'Make the table of events if there is none');
	const { column } = table?.parameters.columns as { column: Array<{ name: string }> };
	const lists = nodes.filter(choosesColumns).map(chosenColumns);
	expect(lists).toHaveLength(2);
	for (const list of lists) expect(list).toEqual(column.map(({ name }) => name));
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
	return type === EDIT_FIELDS && parameters.include === 'selected';
}

function chosenColumns({ parameters }: WorkflowNode): string[] {
	return String(parameters.includeFields).split(', ');
}
