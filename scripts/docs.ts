/**
 * Writes the parts of the docs that repeat the code: docs/signing.md, the table of columns in docs/fields.md
 * and the table of messages in docs/troubleshooting.md.
 *
 *     npm run docs
 *
 * A unit test fails while they differ from the code.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS } from '../nodes/Jofi/trigger/answers';
import { EVENT_CATALOGUE } from '../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../nodes/Jofi/events/samples';
import {
	COLUMN_NAMES,
	MOST_USED_COLUMNS,
	simplify,
	type ColumnName,
} from '../nodes/Jofi/items/columns';
import { signingPage } from './signingPage';

const MEANINGS: Record<ColumnName, string> = {
	event_id: "JOFI's id of this event. The same event sent again has the same id.",
	event_type: "JOFI's name for what happened.",
	event_name: 'The same in plain words.',
	event_created_at: 'When it happened.',
	first_name: "The person's first name.",
	last_name: "The person's last name.",
	full_name: 'First and last name together.',
	email: "The person's email address.",
	invitation_id: 'The invitation. It stays the same for a person through all events.',
	test_taker_id: 'The test taker, once the person is one.',
	career_navigation_profile_id: 'The career navigation profile, once there is one.',
	person_id: 'Your own ID of the person, if it was given to JOFI with the invitation.',
	custom_id: 'The job requisition or coaching group, if it was given to JOFI with the invitation.',
	team_id: 'The team that the person belongs to.',
	team_name: "The team's name.",
	account_id: 'Your JOFI account.',
	account_name: "Your account's name.",
	invited_by_name: 'Who sent the invitation.',
	invited_by_email: 'Their email address.',
	invitation_created_at: 'When the person was invited.',
	invitation_accepted_at: 'When the person accepted.',
	assessments_assigned: 'How many assessments count for the person.',
	assessments_completed: 'How many of those are completed.',
	all_assessments_completed: 'Whether all that count are completed.',
	latest_completed_assessment: 'The assessment that was completed last.',
	latest_completed_at: 'When that was.',
	assessments_summary: 'How far each assessment is, as part of a sentence.',
	assessment_url:
		'Link for the person to take the assessments. It is the candidate’s own key: whoever has it can probably act as the candidate.',
	career_navigation_url: 'Link to the career navigation.',
	scorecard_url: 'Link to the scorecard.',
	job_fit_summary_url: 'Link to the job fit summary.',
	career_options_spotlight_url: 'Link to the career options spotlight.',
};

/**
 * Puts a table into a page, in place of the one that follows its marker.
 *
 * @param page - the page, with a comment such as `<!-- messages -->` before the table
 * @param name - the name in the marker
 */
function withTable(page: string, name: string, rows: string[][]): string {
	const [before, after] = page.split(new RegExp(`(?<=<!-- ${name} -->\\n\\n)(?:\\|.*\\n)*`));
	return `${before}${table(rows)}\n${after}`;
}

function table(rows: string[][]): string {
	const [header = [], ...lines] = rows;
	const write = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
	return [write(header), write(header.map(() => '---')), ...lines.map(write)].join('\n');
}

function columns(): string[][] {
	const rows = EVENT_CATALOGUE.map(({ type }) =>
		simplify({
			...sampleEvent(type, Date.parse('2026-02-03T12:43:36.744Z')),
			id: 'evt_sample_1a2b3c4d5e6f',
		}),
	);
	const example = (column: ColumnName) =>
		String(rows.map((row) => row[column]).findLast((value) => value !== null));
	const isMostUsed = (column: ColumnName) => MOST_USED_COLUMNS.some((name) => name === column);
	return [
		['Column', 'Meaning', 'Example', ...EVENT_CATALOGUE.map(({ name }) => name)],
		...COLUMN_NAMES.map((column) => [
			`\`${column}\`${isMostUsed(column) ? ' ●' : ''}`,
			MEANINGS[column],
			`\`${example(column)}\``,
			...rows.map((row) => (row[column] === null ? '' : '✓')),
		]),
	];
}

function messages(): string[][] {
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

/** The pages that repeat the code: how each is made from the page as it stands. */
export const GENERATED: Record<string, (page: string) => string> = {
	'fields.md': (page) => withTable(page, 'columns', columns()),
	'signing.md': signingPage,
	'troubleshooting.md': (page) => withTable(page, 'messages', messages()),
};

if (require.main === module) {
	for (const [name, generate] of Object.entries(GENERATED)) {
		const path = join(__dirname, '../docs', name);
		writeFileSync(path, generate(readFileSync(path, 'utf8')));
	}
}
