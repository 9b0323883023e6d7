/**
 * Writes what the docs tell of the code: docs/fields.md, docs/signing.md, the messages in
 * docs/troubleshooting.md, and the version in the links of README.
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

const docs = join(__dirname, '../docs');

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
	person_id:
		'Your own id of the person, such as the number of the applicant in your ATS, if it was given to JOFI with the invitation. It is the one to match records of other systems on.',
	custom_id:
		'The job requisition or coaching group, if it was given to JOFI with the invitation. Many people share one: it names no person.',
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
	assessment_url: 'Link for the person to take the assessments.',
	career_navigation_url: 'Link to the career navigation.',
	scorecard_url: 'Link to the scorecard.',
	job_fit_summary_url: 'Link to the job fit summary.',
	career_options_spotlight_url: 'Link to the career options spotlight.',
};

/** The text of docs/fields.md. */
export function fieldsPage(): string {
	const rows = EVENT_CATALOGUE.map(({ type }) =>
		simplify({
			...sampleEvent(type, Date.parse('2026-02-03T12:43:36.744Z')),
			id: 'evt_sample_1a2b3c4d5e6f',
		}),
	);
	const example = (column: ColumnName) =>
		String(rows.map((row) => row[column]).findLast((value) => value !== null));
	const header = ['Column', 'Meaning', 'Example', ...EVENT_CATALOGUE.map(({ name }) => name)];
	const isMostUsed = (column: ColumnName) => MOST_USED_COLUMNS.some((name) => name === column);
	const lines = COLUMN_NAMES.map((column) => [
		`\`${column}\`${isMostUsed(column) ? ' ●' : ''}`,
		MEANINGS[column],
		`\`${example(column)}\``,
		...rows.map((row) => (row[column] === null ? '' : '✓')),
	]);
	return `# All columns

With **Simplify** on, every event gives one row, with the same columns whatever the event. **Columns** says which: all ${COLUMN_NAMES.length}, the ${MOST_USED_COLUMNS.length} that are used most (marked ●), or the ones that you choose. Their order is always this one. A column is empty (null) where the event has nothing for it. The ticks show which columns the sample events fill; JOFI may send more or less. Examples are invented.

${EVENT_CATALOGUE.map(({ type, name }) => `- **${name}** is \`${type}\``).join('\n')}

${table([header, ...lines])}

Good to know:

- **Which id is whose:** \`person_id\` is the only id that is yours for one person. \`custom_id\` is yours too, but for a group of people. All other ids are JOFI's. Rows that are to update your ATS are matched on \`person_id\`; rows that belong to one invitation, on \`invitation_id\`.
- The ids of invitations and of test takers are numbers that may be the same by chance. An id means something only together with the name of its column.
- Numbers stay numbers and text stays text, as JOFI sends them.
- Counts leave out assessments that JOFI marks as not used for scoring. The summary names them all.
- JOFI does not say which assessment an event is about. \`latest_completed_assessment\` is the one with the newest completion time at the moment of the event.
- With **Include Delivery Details** there are five more columns, after these: \`received_at\`, \`api_version\`, \`webhook_url\`, \`webhook_verification_method\` and \`verified_by\`. The last says in words how the event was verified.
- With **Include Raw Event** there is one more column, \`raw_event\`, with the whole event.
- Events of types that JOFI adds later have the same columns, filled as far as possible.
`;
}

/** The part of docs/troubleshooting.md that lists the messages. */
export function messagesSection(): string {
	const examples: Record<string, string> = {
		event: 'Invitation Created',
		seen: '(what looked like a signature)',
		named: '(the address that JOFI sent it to)',
		url: '(the address of this node)',
	};
	const filled = (text: string) =>
		text.replace(/\{(\w+)\}/g, (_, name: string) => examples[name] ?? '');
	const lines = Object.entries(REASONS).map(([reason, { message, description }]) => [
		filled(message),
		`\`${reason}\``,
		filled(description),
	]);
	return table([['What you see', "In n8n's log", 'What to do'], ...lines]);
}

/** The page of troubleshooting with its messages put in. In: the page as it is. */
export function withMessages(page: string): string {
	const [before, after] = page.split(/<!-- messages -->[^]*?(?=\n## )/);
	return `${before}<!-- messages -->\n\n${messagesSection()}\n${after}`;
}

function table(rows: string[][]): string {
	const [header = [], ...lines] = rows;
	const write = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
	return [write(header), write(header.map(() => '---')), ...lines.map(write)].join('\n');
}

/** What of package.json says where the pages of this version can be read. */
export interface Manifest {
	name: string;
	version: string;
	repository?: { url: string };
}

/**
 * The address of a file of this version, for links in README, which is also shown where the other files are
 * not: on the page of the package.
 *
 * @param path - the file's path in the package
 * @param manifest - package.json
 * @returns its page in the repository, once package.json names one on GitHub; until then, and always for the
 * templates, which n8n imports from an address, and for pictures, the file as a CDN of npm packages serves it
 */
export function addressOf(path: string, { name, version, repository }: Manifest): string {
	const project = /github\.com[/:]([^/]+\/[^/.]+)/.exec(repository?.url ?? '')?.[1];
	const isShownAsItIs = /^(examples|docs\/images)\//.test(path);
	return project === undefined || isShownAsItIs
		? `https://cdn.jsdelivr.net/npm/${name}@${version}/${path}`
		: `https://github.com/${project}/blob/v${version}/${path}`;
}

/** A link of README to a file of the package, in either of the two forms, with the file's path. */
export const LINK_TO_FILE =
	/https:\/\/(?:cdn\.jsdelivr\.net\/npm\/n8n-nodes-jofi@[^/]+|github\.com\/[^/]+\/[^/]+\/blob\/v[^/]+)\/([^\s)#`]+)/g;

/** README with its links to files of the package as they are in this version. In: the page as it is. */
export function withLinks(page: string, manifest: Manifest): string {
	return page.replace(LINK_TO_FILE, (_, path: string) => addressOf(path, manifest));
}

if (require.main === module) {
	writeFileSync(join(docs, 'fields.md'), fieldsPage());
	writeFileSync(join(docs, 'signing.md'), signingPage());
	const page = join(docs, 'troubleshooting.md');
	writeFileSync(page, withMessages(readFileSync(page, 'utf8')));
	const readme = join(docs, '../README.md');
	const manifest = JSON.parse(readFileSync(join(docs, '../package.json'), 'utf8')) as Manifest;
	writeFileSync(readme, withLinks(readFileSync(readme, 'utf8'), manifest));
}
