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
	expect(links.filter((link) => !existsSync(join(docs, link)))).toEqual([]);
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
		expect(text).toContain('### Fill in, in this order\n1. ');
		const bold = [...text.matchAll(/^\d\. \*\*([^*]+)\*\*/gm)].map(([, name]) => name);
		const names = workflow.nodes.map(({ name }) => name);
		const others = ['Google Sheets', 'Try it', 'Go live', 'Run: …'];
		expect(
			bold.filter((name) => !names.includes(name ?? '') && !others.includes(name ?? '')),
		).toEqual([]);
	});

	it('chooses from the columns that there are, and no more than a new Google Sheet has room for', () => {
		for (const columns of workflow.nodes.filter(choosesColumns).map(chosenColumns)) {
			expect(columns.filter((column) => !COLUMN_NAMES.some((name) => name === column))).toEqual([]);
			expect(columns.length).toBeLessThanOrEqual(26);
		}
	});
});

it('keeps the same columns in the data table and in both lists of its template', () => {
	const { nodes } = readTemplate('7-no-google-account');
	const [table] = nodes.filter(({ name }) => name === 'Make the table if there is none');
	const { column } = table?.parameters.columns as { column: Array<{ name: string }> };
	const lists = nodes.filter(choosesColumns).map(chosenColumns);
	expect(lists).toHaveLength(2);
	for (const list of lists) expect(list).toEqual(column.map(({ name }) => name));
});

function choosesColumns({ type, parameters }: WorkflowNode): boolean {
	return type === EDIT_FIELDS && parameters.include === 'selected';
}

function chosenColumns({ parameters }: WorkflowNode): string[] {
	return String(parameters.includeFields).split(', ');
}
