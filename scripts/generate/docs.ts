import { REASONS } from '../../nodes/Jofi/trigger/reasons';
import { EVENT_CATALOGUE } from '../../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../../nodes/Jofi/events/samples';
import {
	COLUMN_NAMES,
	MOST_USED_COLUMNS,
	simplify,
	type ColumnName,
} from '../../nodes/Jofi/items/columns';
import { findCandidates } from '../../nodes/Jofi/trigger/verification/candidates';
import { BOUNDS, verifyHmac } from '../../nodes/Jofi/trigger/verification/hmac';
import { inWords, SIGNING_SCHEMES } from '../../nodes/Jofi/trigger/verification/signingSchemes';
import schemes from '../../test/fixtures/hmac/schemes.json';
import type signedByPython from '../../test/fixtures/hmac/signed.json';
import type { Files, ReadFile } from './files';

type Table = string[][];

/**
 * Puts a table into a page, in place of the one that follows its marker.
 *
 * @param page - the page, with a comment such as `<!-- messages -->` before the table
 * @param name - the name in the marker
 */
export function withTable(page: string, name: string, [header = [], ...rows]: Table): string {
	const [before, after] = page.split(new RegExp(`(?<=<!-- ${name} -->\\n\\n)(?:\\|.*\\n)*`));
	if (after === undefined) throw new Error(`No <!-- ${name} --> in the page`);
	const lines = [header, header.map(() => '---'), ...rows].map(
		(cells) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |\n`,
	);
	return `${before}${lines.join('')}${after}`;
}

function withTables(page: string, tables: Record<string, Table>): string {
	return Object.entries(tables).reduce((text, [name, table]) => withTable(text, name, table), page);
}

/** What a column means is written in the page itself. */
function columns(page: string): Table {
	const now = Date.parse('2026-02-03T12:43:36.744Z');
	const rows = EVENT_CATALOGUE.map(({ type }) =>
		simplify({ ...sampleEvent(type, now), id: 'evt_sample_1a2b3c4d5e6f' }),
	);
	const example = (column: ColumnName) =>
		String(rows.map((row) => row[column]).findLast((value) => value !== null));
	const isMostUsed = (column: ColumnName) => MOST_USED_COLUMNS.some((name) => name === column);
	const meaning = (column: ColumnName) =>
		new RegExp(`^\\| \`${column}\`[^|]*\\| ([^|]+) \\|`, 'm').exec(page)?.[1] ??
		'**to be written here**';
	return [
		['Column', 'Meaning', 'Example', ...EVENT_CATALOGUE.map(({ name }) => name)],
		...COLUMN_NAMES.map((column) => [
			`\`${column}\`${isMostUsed(column) ? ' ●' : ''}`,
			meaning(column),
			`\`${example(column)}\``,
			...rows.map((row) => (row[column] === null ? '' : '✓')),
		]),
	];
}

function messages(): Table {
	const examples: Record<string, string> = {
		event: 'Invitation Created',
		seen: '(what looks like a signature)',
		filters: '(its name)',
		named: '(the address that JOFI sent it to)',
		url: '(the address of this node)',
	};
	const filled = (text: string) =>
		text.replace(/\{(\w+)\}/g, (_, name: string) => examples[name] ?? '');
	return [
		['What you see', "In n8n's log", 'What to do'],
		...Object.entries(REASONS).map(([reason, { message, description }]) => [
			filled(message),
			`\`${reason}\``,
			filled(description),
		]),
	];
}

type Signed = typeof signedByPython;

/** A published scheme, and what its signature is over; undefined if it is refused. */
interface VerifiedScheme {
	provider: string;
	isOver?: string;
}

function verifiedSchemes(signed: Signed): VerifiedScheme[] {
	const body = Buffer.from(signed.body, 'base64');
	return signed.deliveries.map(({ provider, secret, headers: own }) => {
		const sent = Object.entries({ ...signed.usual, ...own });
		const headers = Object.fromEntries(sent.map(([name, text]) => [name.toLowerCase(), text]));
		const request = { headers, body, receivedAt: signed.now * 1000 };
		const verdict = verifyHmac(request, findCandidates(headers), [secret]);
		if (!('verifiedBy' in verdict)) return { provider };
		return { provider, isOver: / over (.*?)(?:, with the time|$)/.exec(verdict.verifiedBy)?.[1] };
	});
}

function acceptedSchemes(verified: VerifiedScheme[]): Table {
	const rows = Object.values(SIGNING_SCHEMES).map((scheme) => {
		const text = inWords(scheme);
		const providers = verified.flatMap((one) => (one.isOver === text ? [one.provider] : []));
		const examples = providers.filter((provider) => !provider.startsWith('JOFI')).slice(0, 5);
		const code = text === 'the body' ? text : `\`${text}\``;
		return [code, String(providers.length), examples.join(', ')];
	});
	const accepted = verified.filter(({ isOver }) => isOver !== undefined);
	const all = ['all', `${accepted.length} of ${verified.length}`, ''];
	return [['What is signed', 'Accepted', 'For example'], ...rows, all];
}

function refusedSchemes(verified: VerifiedScheme[]): Table {
	const reasons = new Map(schemes.map(({ provider, leftOut }) => [provider, leftOut]));
	const refused = verified.filter(({ isOver }) => isOver === undefined);
	return [
		['Provider', 'Why'],
		...refused.map(({ provider }) => [
			provider,
			reasons.get(provider) ?? '**to be written as leftOut in schemes.json**',
		]),
	];
}

/** What one request can cost, whoever sends it. */
function bounds(): Table {
	const megabytes = BOUNDS.bytes / 1024 / 1024;
	const schemes = Object.keys(SIGNING_SCHEMES).length;
	return [
		['For each request', 'At most'],
		['Values compared that could be a signature', String(BOUNDS.candidates)],
		['Texts hashed for each key', `${BOUNDS.texts}, two for each signing scheme`],
		['Bytes hashed for each key', `${megabytes} MB, or the body once`],
		[
			'Largest body for which all signing schemes are tried',
			`${Math.floor((10 * megabytes) / schemes) / 10} MB`,
		],
	];
}

/** The tables in the docs that repeat the code: columns, signing schemes and their cost, and messages. */
export function docs(read: ReadFile): Files {
	const fields = read('docs/fields.md');
	const signing = read('docs/signing.md');
	const verified = verifiedSchemes(JSON.parse(read('test/fixtures/hmac/signed.json')) as Signed);
	return {
		'docs/fields.md': withTable(fields, 'columns', columns(fields)),
		'docs/signing.md': withTables(signing, {
			accepted: acceptedSchemes(verified),
			refused: refusedSchemes(verified),
			bounds: bounds(),
		}),
		'docs/troubleshooting.md': withTable(read('docs/troubleshooting.md'), 'messages', messages()),
	};
}
