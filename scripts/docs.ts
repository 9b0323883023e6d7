/**
 * Writes the tables of the docs that repeat the code: the columns in docs/fields.md, the signing schemes in
 * docs/signing.md and the messages in docs/troubleshooting.md.
 *
 *     npm run docs
 *
 * A unit test fails while they differ from the code.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS } from '../nodes/Jofi/trigger/reasons';
import { EVENT_CATALOGUE } from '../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../nodes/Jofi/events/samples';
import {
	COLUMN_NAMES,
	MOST_USED_COLUMNS,
	simplify,
	type ColumnName,
} from '../nodes/Jofi/items/columns';
import { findCandidates } from '../nodes/Jofi/trigger/verification/candidates';
import { verifyHmac } from '../nodes/Jofi/trigger/verification/hmac';
import { inWords, SIGNING_SCHEMES } from '../nodes/Jofi/trigger/verification/signingSchemes';
import schemes from '../test/fixtures/hmac/schemes.json';
import signed from '../test/fixtures/hmac/signed.json';

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
		'**to be written**';
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

/** Each published scheme, and what its signature is over; undefined if it is refused. */
function verifiedSchemes(): Array<{ provider: string; isOver?: string }> {
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

function acceptedSchemes(): Table {
	const verified = verifiedSchemes();
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

function refusedSchemes(): Table {
	const reasons = new Map(schemes.map(({ provider, leftOut }) => [provider, leftOut]));
	const refused = verifiedSchemes().filter(({ isOver }) => isOver === undefined);
	return [
		['Provider', 'Why'],
		...refused.map(({ provider }) => [provider, reasons.get(provider) ?? '**unexpected**']),
	];
}

/** The pages that repeat the code: how each is made from the page as it stands. */
export const GENERATED: Record<string, (page: string) => string> = {
	'fields.md': (page) => withTable(page, 'columns', columns(page)),
	'signing.md': (page) =>
		withTable(withTable(page, 'accepted', acceptedSchemes()), 'refused', refusedSchemes()),
	'troubleshooting.md': (page) => withTable(page, 'messages', messages()),
};

if (require.main === module) {
	for (const [name, generate] of Object.entries(GENERATED)) {
		const path = join(__dirname, '../docs', name);
		writeFileSync(path, generate(readFileSync(path, 'utf8')));
	}
}
