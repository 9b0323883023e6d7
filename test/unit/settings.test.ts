/** The code behind *Settings*, in each template that has any, as it stands in its file. */
import { runInNewContext } from 'node:vm';
import {
	fieldsOfSettings as fieldsIn,
	readTemplate,
	SETTINGS,
	TEMPLATES,
} from '../support/templates';

type Values = Record<string, unknown>;

const fieldsOfSettings = (template: string) => fieldsIn(readTemplate(template));
const WITH_SETTINGS = TEMPLATES.filter((template) => fieldsOfSettings(template).length > 0);
const FORMS = WITH_SETTINGS.filter((template) => formOf(template) !== undefined);

/** A template that has the field. */
const templateWith = (field: string) =>
	WITH_SETTINGS.find((template) => fieldsOfSettings(template).includes(field)) ?? '';

it.each(WITH_SETTINGS)('%s stops while Settings is empty, and asks for each field', (template) => {
	const fields = fieldsOfSettings(template);
	const empty = Object.fromEntries(fields.map((field) => [field, '']));
	const sentence = refusalOf(template, empty);
	expect(sentence).toMatch(
		/^(Nothing was (sent|deleted)|Nobody was invited)\. In the node Settings, /,
	);
	for (const field of fields)
		expect(sentence).toMatch(new RegExp(`\\b${field} is empty\\. Write `));
});

it.each(WITH_SETTINGS)('%s goes on once Settings is filled in, with what came', (template) => {
	const item = { ...filledIn(template), full_name: 'Ann Lee' };
	expect(checked(template, item)).toMatchObject({ full_name: 'Ann Lee' });
});

describe.each(['to_email', 'recruiter_email', 'address_without_team'])('%s', (field) => {
	it.each([
		['ann@example.com', 'ann@example.com'],
		[' ann@example.com\u00A0', 'ann@example.com'],
		["o'neil@example.com", "o'neil@example.com"],
		['jürgen@example.com', 'jürgen@example.com'],
		['eva@müller.example', 'eva@müller.example'],
		['ann+jofi@mail.example.co.uk', 'ann+jofi@mail.example.co.uk'],
		['Ann Lee <ann@example.com>', 'ann@example.com'],
		['ann@example.com,bob@example.com', 'ann@example.com, bob@example.com'],
		['ann@example.com; bob@example.com;', 'ann@example.com, bob@example.com'],
		['ann@example.com\nBob <bob@example.com>\r\n', 'ann@example.com, bob@example.com'],
	])('takes %j', (written, meant) => {
		expect(meaning(field, written)).toBe(meant);
	});

	it.each([
		' ',
		' ; , ',
		'Anna',
		'ann@example',
		'ann@',
		'@example.com',
		'ann@example..com',
		'ann..lee@example.com',
		'.ann@example.com',
		'ann@example.com bob@example.com',
		'ann@example.com, Bob',
		'ann@example.com <>',
		'ann@bob@example.com',
		'ann\u200B@example.com',
		'mailto:ann@example.com',
		{ address: 'ann@example.com' },
		['ann@example.com'],
		null,
		true,
	])('refuses %j', (written) => {
		expect(complaint(field, written)).toMatch(
			/Write an email address, or several with commas between them\.$/,
		);
	});
});

describe('from_email', () => {
	it.each(['hr@example.com', 'Recruiting <hr@example.com>', '"Lee" <hr@example.com>'])(
		'takes %j as it is',
		(written) => {
			expect(meaning('from_email', ` ${written} `)).toBe(written);
		},
	);

	it.each([' ', 'Anna', 'hr@example.com, ann@example.com', 'Lee, Ann <ann@example.com>'])(
		'refuses %j',
		(written) => {
			expect(complaint('from_email', written)).toMatch(/Write one email address\.$/);
		},
	);
});

it.each([
	['days_to_accept', 1, 36_500],
	['days_to_finish', 1, 36_500],
	['days_until_given_up', 1, 36_500],
	['days_until_stuck', 1, 36_500],
	['days_of_silence', 1, 36_500],
	['follow_for_days', 1, 36_500],
	['forget_events_after_days', 7, 36_500],
	['wait_seconds', 0.1, 3600],
])('takes %s from %d to %d', (field, least, most) => {
	expect(meaning(field, least)).toBe(least);
	expect(meaning(field, ` ${most}`)).toBe(most);
	for (const written of [least - 0.01, 0, -1, most + 1, 'seven', '7 days', '1,5', NaN, Infinity]) {
		expect(complaint(field, written)).toContain(`Write a number from ${least} to ${most}.`);
	}
});

describe.each(['stages_that_count', 'scores', 'tables_begin_with'])('%s', (field) => {
	it.each([
		['Assessment', ['Assessment']],
		['Assessment; Offer', ['Assessment', 'Offer']],
		['Assessment,Offer,', ['Assessment', 'Offer']],
		['Assessment\nPhone screen\r\n', ['Assessment', 'Phone screen']],
		[" Director's interview (2nd) ", ["Director's interview (2nd)"]],
		['think-read', ['think-read']],
		[7, ['7']],
	])('takes %j', (written, meant) => {
		expect(meaning(field, written)).toEqual(meant);
	});

	it.each(['*', 'jofi*', '"jofi"', "'jofi'", '“jofi”', '-', ';', 'a, *', { stage: 'A' }, ['A']])(
		'refuses %j',
		(written) => {
			expect(complaint(field, written)).toMatch(/ Write .* with commas between them/);
		},
	);
});

it('takes recruiter or candidate for remind, however it is written', () => {
	expect(meaning('remind', ' Candidate ')).toBe('candidate');
	expect(meaning('remind', 'recruiter')).toBe('recruiter');
	for (const written of ['candidates', 'both', 'recruiter, candidate']) {
		expect(complaint('remind', written)).toBe(
			`remind holds “${written}”. Write recruiter or candidate.`,
		);
	}
});

describe('ats_url', () => {
	it.each([
		'https://ats.example.com/candidates/CANDIDATE/notes',
		'https://ats.example.com:8443/notes?candidate=CANDIDATE&from=jofi',
		'http://10.0.0.7/CANDIDATE',
	])('takes %j', (written) => {
		expect(meaning('ats_url', ` ${written}\n`)).toBe(written);
	});

	it.each([
		'https://ats.example.com/candidates/4711/notes',
		'https://ats.example.com/candidates/{candidate}/notes',
		'https://ats.example.com/candidates/{CANDIDATE}/notes',
		'https://ats.example.com/candidates/candidate/notes',
		'https://CANDIDATE.example.com/notes',
		'https://CANDIDATE@ats.example.com/notes',
		'ats.example.com/CANDIDATE',
		'ftp://ats.example.com/CANDIDATE',
		'https://ats.example.com/CANDIDATE and more',
		'<https://ats.example.com/CANDIDATE>',
	])('refuses %j', (written) => {
		expect(complaint('ats_url', written)).toContain(
			'with CANDIDATE in capital letters in place of',
		);
	});
});

it('wants a URL that can be opened for production_url', () => {
	const url = 'https://n8n.example.com/webhook/1234/webhook';
	expect(meaning('production_url', ` ${url} `)).toBe(url);
	for (const written of ['n8n', '/webhook/1', 'n8n.example.com/webhook/1', `${url} ${url}`]) {
		expect(complaint('production_url', written)).toContain('Write the Production URL');
	}
});

it('names every field that can not be right, and cuts long values', () => {
	const settings = { from_email: 'Anna', to_email: 'x'.repeat(500) };
	expect(refusalOf('3-mail-when-all-completed', settings)).toBe(
		`Nothing was sent. In the node Settings, from_email holds “Anna”. Write one email address. to_email holds “${'x'.repeat(100)}”. Write an email address, or several with commas between them.`,
	);
});

describe.each(FORMS)('the form of %s', (template) => {
	const settings = filledIn(template);

	it('says what it does once Settings is filled in', () => {
		expect(pageOf(template, settings)).toMatch(/^(Deletes|Invites) /);
		expect(pageOf(template, { ...settings, to_email: '={{ $vars.team }}' })).toMatch(
			/^(Deletes|Invites) /,
		);
	});

	it('says what to put right meanwhile', () => {
		expect(pageOf(template, { ...settings, to_email: 'Anna' })).toMatch(
			/^Not ready yet\. In n8n, open this workflow\. In the node Settings, to_email holds “Anna”\. Write [^]* Then publish it again\. Until then this form (deletes nothing|invites nobody)\.$/,
		);
	});
});

function filledIn(template: string): Values {
	const { parameters = {} } = nodeOf(template, 'Settings') ?? {};
	const { assignments } = parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	return Object.fromEntries(assignments.map(({ name, value }) => [name, value || SETTINGS[name]]));
}

/** What a field is read as. */
function meaning(field: string, written: unknown): unknown {
	const template = templateWith(field);
	return checked(template, { ...filledIn(template), [field]: written })[field];
}

/** What is said about a field alone. */
function complaint(field: string, written: unknown): string {
	const template = templateWith(field);
	const sentence = refusalOf(template, { ...filledIn(template), [field]: written });
	return sentence.replace(/^.*? In the node Settings, /, '');
}

function refusalOf(template: string, item: Values): string {
	try {
		checked(template, item);
	} catch (error) {
		// An error of another realm: instanceof does not know it.
		return String((error as { message: unknown }).message);
	}
	throw new Error('It goes on');
}

/** Runs the code for one item; gives what it makes of it. */
function checked(template: string, json: Values): Values {
	const code = String(nodeOf(template, 'Check Settings')?.parameters.jsCode);
	const $input = { all: () => [{ json }] };
	const [item] = runInNewContext(`(() => {${code}})()`, { $input }) as Array<{ json: Values }>;
	// Plain objects of this realm.
	return JSON.parse(JSON.stringify(item?.json)) as Values;
}

/** The description of a form, with these values in *Settings*. */
function pageOf(template: string, settings: Values): string {
	const expression = /^=\{\{([^]*)\}\}$/.exec(String(formOf(template)?.parameters.formDescription));
	// The first closing braces end an expression of n8n.
	expect(expression?.[1]).not.toContain('}}');
	const assignments = Object.entries(settings).map(([name, value]) => ({ name, value }));
	const $ = () => ({ params: { assignments: { assignments } } });
	return String(runInNewContext(expression?.[1] ?? '', { $ }));
}

function nodeOf(template: string, node: string) {
	return readTemplate(template).nodes.find(({ name }) => name === node);
}

function formOf(template: string) {
	return readTemplate(template).nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
}
