/** The code of template 13 decides what is deleted for good. */
import { runInNewContext } from 'node:vm';
import { readTemplate } from '../support/templates';

type Json = Record<string, unknown>;

const { nodes } = readTemplate('13-forget-a-person');

/** Runs it on the rows of one data table and on runs. Returns what is to be done with which of them. */
function whatBelongs(address: string, rows: Json[], runs: Json[] = []): string[] {
	const listed = runs.map((run, id) => ({ id, ...run }));
	const found = runCode('What belongs to the person', {
		'Whom to forget': [{ 'Email address': address }],
		'Only those of JOFI': [{ id: 'table' }],
		'Their rows': rows.map((row, id) => ({ id, ...row })),
		'All runs': listed,
		'Fifty runs at a time': runCode(
			'What the runs say',
			{ 'Fifty runs': [{ id: '1', address }] },
			listed,
		),
	});
	return found.map(({ kind, id }) => `${String(kind)} ${String(id)}`);
}

/** Runs the code of a node on the outputs of other nodes. */
function runCode(node: string, outputs: Record<string, Json[]>, input: Json[] = []): Json[] {
	const code = String(nodes.find(({ name }) => name === node)?.parameters.jsCode);
	const itemsOf = (rows: Json[] = []) => rows.map((json) => ({ json, pairedItem: { item: 0 } }));
	const $ = (name: string) => ({
		isExecuted: true,
		all: () => itemsOf(outputs[name]),
		first: () => itemsOf(outputs[name])[0],
	});
	const $input = { all: () => itemsOf(input) };
	const found = runInNewContext(`(() => {${code}})()`, { $, $input }) as Array<{ json: Json }>;
	return found.map(({ json }) => json);
}

/** A run of a workflow with a JOFI node. */
const jofiRun = (data: unknown) => ({
	workflowData: { nodes: [{ type: 'n8n-nodes-jofi.jofi' }] },
	data,
});

it.each([
	['neil@example.com', ["o'neil@example.com"]],
	['rg@example.com', ['jörg@example.com', 'jo\u0308rg@example.com']],
	[
		'ann@example.com',
		[
			'joann@example.com',
			'a/ann@example.com',
			'x=ann@example.com',
			'mary-ann@example.com',
			'mary.ann@example.com',
			'ann@example.com.au',
			'ann@example.company',
			'ann@example.com-x.org',
		],
	],
	['a.n@example.com', ['axn@example.com']],
	['d@example.com', ['d&d@example.com']],
	['анна@example.com', ['жанна@example.com']],
])('forgetting %s spares rows and runs of %j', (address, others) => {
	const rows = others.flatMap((other) => [
		{ email: other },
		{ email: `${other} ` },
		{ note: other },
	]);
	const texts = others.flatMap((other) => [
		other,
		`Please write to <${other}>.`,
		`mailto:${other}`,
		`https://example.com/?to=${encodeURIComponent(other)}&by=mail`,
		other.replace(/[&'/=]/g, (sign) => `&#${sign.charCodeAt(0)};`),
		other.replace('&', '&amp;'),
	]);
	const runs = texts.map((text) => jofiRun({ text }));
	expect(whatBelongs(address, rows, runs)).toEqual([]);
});

it.each([
	'ann@example.com',
	'ANN@Example.COM',
	'Please write to ann@example.com.',
	'Please write to\nann@example.com\n',
	String.raw`{"text":"Please write to\nann@example.com"}`,
	'Ann Lee <ann@example.com>, Bob <bob@example.com>',
	"The address 'ann@example.com' is known",
	'*ann@example.com*',
	'"ann@example.com"',
	'mailto:ann@example.com?subject=JOFI',
	'https://example.com/?to=ann%40example.com&by=mail',
	'&#60;ann@example.com&#62;',
])('finds the address in the text %j of a run', (text) => {
	const run = { data: [{ deep: { text } }] };
	expect(whatBelongs('Ann@example.com ', [], [run])).toEqual(['run 0']);
	expect(whatBelongs('Ann@example.com ', [], [{ data: { [text]: true } }])).toEqual(['run 0']);
});

it('finds rows that have no address by the ids that stand beside it, each of its own kind', () => {
	const rows = [
		{ email: 'Ann@Example.com', ...{ invitation_id: 12, person_id: 'P-7', assessment_url: 'j/1' } },
		{ invitation_id: '12' },
		{ invitation_id: 123 },
		{ test_taker_id: 12 },
		{ invitation_id: 13, person_id: 'P-7' },
		{ person_id: 'p-7' },
		{ person_id: '12' },
		{ custom_id: 'P-7' },
		{ assessment_url: 'j/1' },
		{ invitation_id: null, person_id: '' },
	];
	expect(whatBelongs('ann@example.com', rows)).toEqual(['row 0', 'row 1', 'row 4', 'row 8']);
});

it('leaves a row with one of the ids but another address, and tells of it', () => {
	const rows = [
		{ email: 'ann@example.com', person_id: 'none', test_taker_id: 1 },
		{ email: 'bob@example.com', person_id: 'none' },
		{ email: 'new@example.com', test_taker_id: 1 },
	];
	const runs = [jofiRun({ email: 'bob@example.com', person_id: 'none' })];
	expect(whatBelongs('ann@example.com', rows, runs)).toEqual(['row 0', 'left 1', 'left 2']);
});

it('learns ids from the runs of JOFI only, and finds their runs by them', () => {
	const form = { Email: 'ann@example.com', 'Person ID': 'P-7' };
	const rows = [{ person_id: 'P-7' }, { person_id: 'CRM-1' }];
	const runs = [
		jofiRun([{ json: form }, { json: { email: 'ann@example.com', invitation_id: 12 } }]),
		{ data: { email: 'ann@example.com', person_id: 'CRM-1' } },
		jofiRun({ invitation_id: '12' }),
		jofiRun({ invitation_id: '123', test_taker_id: 12 }),
		{ data: { invitation_id: 12 } },
	];
	expect(whatBelongs('ann@example.com', rows, runs)).toEqual(['row 0', 'run 0', 'run 1', 'run 2']);
});

it('spares whom a recruiter with that address has invited', () => {
	const rows = [
		{ email: 'bob@example.com', invitation_id: 1, invited_by_email: 'ann@example.com' },
	];
	expect(whatBelongs('ann@example.com', rows)).toEqual([]);
});

it.each(['', 'ann', 'ann@', 'ann and bob@example.com'])('refuses %j as an address', (address) => {
	expect(() => whatBelongs(address, [{ name: address }])).toThrow('Nothing was deleted.');
});

it('deletes nothing when not all runs were read', () => {
	const outputs = {
		'Whom to forget': [{ 'Email address': 'ann@example.com' }],
		'All runs': [{ id: '1' }],
	};
	expect(() => runCode('What belongs to the person', outputs)).toThrow(
		'Nothing was deleted. Not all runs could be read.',
	);
});
