import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import { columnsChosen } from '../../nodes/Jofi/items/rowSettings';
import type { WorkflowNode } from '../support/n8n/rest';
import {
	CHECKING_NODE,
	EXAMPLES_FOLDER,
	fieldsOfSettings,
	readTemplate,
	SETTINGS_NODE,
	TEMPLATES,
} from '../support/templates';
import { TRIGGER_TYPE } from '../support/workflows';

const SENDING_NODE = /\.(emailSend|slack|microsoftOutlook|microsoftTeams)$/;
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
/** What may stand where somebody chooses: nothing, a sheet's first tab, the workflow itself. */
const NOT_CHOSEN: unknown[] = ['', 'gid=0', '={{ $workflow.id }}'];

it('describes every template in the docs, with pictures that are there', () => {
	const docs = join(EXAMPLES_FOLDER, '../docs');
	const page = readFileSync(join(docs, 'templates.md'), 'utf8');
	const links = [...page.matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, link = '']) => link);
	expect(links).toEqual(
		expect.arrayContaining(TEMPLATES.map((template) => `../examples/${template}.json`)),
	);
	expect(links.filter((link) => !existsSync(join(docs, link)))).toEqual([]);
	expect(links.filter((link) => link.startsWith('images/')).length).toBeGreaterThanOrEqual(8);
});

describe.each(TEMPLATES)('%s', (template) => {
	const workflow = readTemplate(template);
	const notes = workflow.nodes.filter(({ type }) => type === STICKY_NOTE);
	const nodes = workflow.nodes.filter(({ type }) => type !== STICKY_NOTE);
	const noteText = notes.map(({ parameters }) => String(parameters.content)).join('\n');
	const names = nodes.map(({ name }) => name);
	const trigger = nodes.find(({ type }) => type === TRIGGER_TYPE);

	/** The names of the nodes behind each output of a node. */
	const outputsOf = (node: string) => {
		const { main = [] } = (workflow.connections[node] ?? {}) as {
			main?: Array<Array<{ node: string }>>;
		};
		return main.map((output) => output.map(({ node: next }) => next));
	};

	it('holds nothing of anyone: no credentials, no ids of an n8n, no addresses but invented ones', () => {
		const text = JSON.stringify(workflow);
		expect(text).not.toMatch(/"(credentials|webhookId|instanceId|versionId|shared|owner)"/);
		expect(text).not.toMatch(/[\w.+-]+@(?!example\.com)[\w-]+\.\w/);
		expect(workflow).not.toHaveProperty('id');
	});

	it('is not published by being imported, and runs its nodes from top to bottom', () => {
		expect(workflow.active ?? false).toBe(false);
		expect(workflow.settings).toHaveProperty('executionOrder', 'v1');
	});

	it('explains itself in a note that names only nodes that are there', () => {
		expect(noteText).toMatch(/^## /);
		expect(noteText).toContain('\n### How it works\n- ');
		expect(noteText).toContain('\n### Setup\n1. ');
		const bold = [...noteText.matchAll(/^\d\. \*\*([^*]+)\*\*/gm)].map(([, name = '']) => name);
		const tables = nodes.map(({ parameters }) => parameters.tableName);
		const known: unknown[] = [...names, 'Try it', 'Go live', 'Run: …', ...tables];
		expect(bold.filter((name) => !known.includes(name))).toEqual([]);
	});

	it('has one yellow note in front, and a white one behind each step', () => {
		const white = notes.filter(({ parameters }) => parameters.color === 7);
		const others = notes.filter((note) => !white.includes(note));
		expect(others).toMatchObject([{ name: 'Read me' }]);
		expect(others[0]?.parameters).not.toHaveProperty('color');
		expect(nodes.filter(({ position }) => notesAt(white, position) !== 1)).toEqual([]);
	});

	it('leaves to the person what only the person knows: nothing is chosen or written beforehand', () => {
		expect(JSON.stringify(nodes)).not.toContain('@example.com');
		const chosen = nodes
			.filter(({ type }) => !type.endsWith('.dataTable'))
			.flatMap(({ parameters }) => Object.values(parameters).filter(isChosen));
		expect(chosen.filter(({ value }) => !NOT_CHOSEN.includes(value))).toEqual([]);
	});

	it('chooses columns that there are, in their order, and both ids that are the person’s own', () => {
		if (trigger?.parameters.columnChoice !== 'choose') return;
		const { columns } = trigger.parameters;
		expect(columns).toEqual(columnsChosen('choose', columns));
		expect(columns).toEqual(expect.arrayContaining(['person_id', 'custom_id']));
	});

	it('sends no mail before Settings', () => {
		const reached = new Set(nodes.filter(({ type }) => isTrigger(type)).map(({ name }) => name));
		for (const name of reached) {
			if (name !== SETTINGS_NODE) for (const next of outputsOf(name).flat()) reached.add(next);
		}
		const sending = nodes.filter(({ type }) => /\.(emailSend|microsoftOutlook)$/.test(type));
		expect(sending.filter(({ name }) => reached.has(name))).toEqual([]);
	});

	it('checks Settings before anything else, and takes its values only from there', () => {
		if (fieldsOfSettings(workflow).length === 0) return;
		expect(outputsOf(SETTINGS_NODE)).toEqual([[CHECKING_NODE]]);
		const others = nodes.filter(({ type }) => !type.endsWith('.formTrigger'));
		expect(JSON.stringify(others)).not.toContain(`$('${SETTINGS_NODE}')`);
	});

	it('retries what sends a mail or a message only where its note says at least once', () => {
		const retrying = nodes.filter(
			({ type, retryOnFail }) => SENDING_NODE.test(type) && retryOnFail === true,
		);
		expect(retrying.length === 0 || noteText.includes('at least once')).toBe(true);
	});

	it('uses no column that its trigger leaves out', () => {
		if (!trigger) return;
		const others = nodes.filter((node) => node !== trigger && !node.type.endsWith('.dataTable'));
		const words = JSON.stringify(others.map(({ parameters }) => parameters)).split(/\W+/);
		const given = columnsOf(trigger);
		expect(COLUMN_NAMES.filter((name) => words.includes(name) && !given.includes(name))).toEqual(
			[],
		);
	});
});

it('makes a data table with the same columns in each template that uses it', () => {
	const columnsOfTables = new Map<unknown, unknown>();
	for (const { parameters } of TEMPLATES.flatMap((template) => readTemplate(template).nodes)) {
		const { tableName, columns } = parameters;
		if (tableName === undefined) continue;
		expect({ tableName, columns }).toEqual({
			tableName,
			columns: columnsOfTables.get(tableName) ?? columns,
		});
		columnsOfTables.set(tableName, columns);
	}
});

it.each([
	['0-first-rows', 'Make the table if there is none'],
	['7-no-google-account', 'Make the table of events if there is none'],
])('in %s the table of events has the columns that the trigger gives', (template, maker) => {
	const { nodes } = readTemplate(template);
	const table = nodes.find(({ name }) => name === maker)?.parameters.columns;
	const { column } = table as { column: Array<{ name: string }> };
	const trigger = nodes.find(({ type }) => type === TRIGGER_TYPE);
	expect(column.map(({ name }) => name).sort()).toEqual([...columnsOf(trigger)].sort());
});

it('puts all columns of the table of events into the Excel file, but not the link that is the candidate’s own', () => {
	const { nodes } = readTemplate('7-no-google-account');
	const file = nodes.find(({ name }) => name === 'Choose the columns of the file');
	const trigger = nodes.find(({ type }) => type === TRIGGER_TYPE);
	const [, list = ''] = /const columns = '([^']+)'/.exec(String(file?.parameters.jsCode)) ?? [];
	expect(list.split(', ')).toEqual(columnsOf(trigger).filter((name) => name !== 'assessment_url'));
});

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

/** The columns that the first node of a template gives. */
function columnsOf(first: WorkflowNode | undefined): readonly string[] {
	return columnsChosen(first?.parameters.columnChoice, first?.parameters.columns);
}

const isTrigger = (type: string) => /Trigger$|\.webhook$/.test(type);
