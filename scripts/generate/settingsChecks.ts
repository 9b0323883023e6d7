import type { Workflow } from '../../test/support/n8n/rest';
import { CHECKING_NODE, fieldsOfSettings, TEMPLATES } from '../../test/support/templates';
import type { Files, ReadFile } from './files';

/** What a field of *Settings* is: the expression that reads it (see `READERS`), and what a person is asked to write. */
interface Field {
	reader: string;
	ask: string;
}

const SEVERAL_ADDRESSES: Field = {
	reader: 'addresses',
	ask: 'Write an email address, or several with commas between them.',
};

const numberOf = (least: number, most: number): Field => ({
	reader: `number(${least}, ${most})`,
	ask: `Write a number from ${least} to ${most}.`,
});

/** A hundred years: whoever writes more has made a typing error. */
const MOST_DAYS = 36_500;

/** All fields of *Settings*, in whichever template they are. */
const FIELDS: Record<string, Field> = {
	from_email: { reader: 'sender', ask: 'Write one email address.' },
	to_email: SEVERAL_ADDRESSES,
	recruiter_email: SEVERAL_ADDRESSES,
	address_without_team: SEVERAL_ADDRESSES,
	remind: { reader: "word(['recruiter', 'candidate'])", ask: 'Write recruiter or candidate.' },
	days_to_accept: numberOf(1, MOST_DAYS),
	days_to_finish: numberOf(1, MOST_DAYS),
	days_until_given_up: numberOf(1, MOST_DAYS),
	days_until_stuck: numberOf(1, MOST_DAYS),
	days_of_silence: numberOf(1, MOST_DAYS),
	follow_for_days: numberOf(1, MOST_DAYS),
	wait_seconds: numberOf(0.1, 3600),
	// Events are deleted, and the Excel file needs those of seven days.
	forget_events_after_days: numberOf(7, MOST_DAYS),
	scores: {
		reader: 'list',
		ask: 'Write the short names of scores, with commas between them and nothing around them.',
	},
	stages_that_count: {
		reader: 'list',
		ask: 'Write the names of stages, with commas between them and nothing around them.',
	},
	tables_begin_with: {
		reader: 'list',
		ask: 'Write how the names of the data tables begin, without quotation marks and asterisks; several with commas between them.',
	},
	production_url: {
		reader: "url('/')",
		ask: 'Write the Production URL of the JOFI Trigger, which begins with https://.',
	},
	ats_url: {
		reader: "url('CANDIDATE')",
		ask: 'Write the URL where your ATS takes a note, beginning with https://, with CANDIDATE in capital letters in place of the ID of the candidate.',
	},
};

/** How each kind of field is read: the value as it is meant, or undefined. Each may use those before it. */
const READERS: ReadonlyArray<[name: string, code: string]> = [
	[
		'isAddress',
		// RFC 5322 without quoted names and comments, in all scripts (RFC 6531).
		String.raw`(text) =>
	/^[^\s\p{C}@,;:<>()[\]"\\]+@[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+$/u.test(text) && !/^\.|\.\.|\.@/.test(text)`,
	],
	[
		// Ann Lee <ann@example.com>
		'withoutName',
		String.raw`(text) => text.replace(/^[^<>@]*<\s*([^<>]*?)\s*>$/, '$1')`,
	],
	[
		'parts',
		String.raw`(text) => text.split(/[,;\r\n]/).map((part) => part.trim()).filter((part) => part !== '')`,
	],
	[
		'sender',
		'(text) => (parts(text).length === 1 && isAddress(withoutName(text)) ? text : undefined)',
	],
	[
		'addresses',
		String.raw`(text) => {
	const all = parts(text).map(withoutName);
	return all.length > 0 && all.every(isAddress) ? all.join(', ') : undefined;
}`,
	],
	[
		'number',
		`(least, most) => (text) => (Number(text) >= least && Number(text) <= most ? Number(text) : undefined)`,
	],
	[
		'list',
		String.raw`(text) => {
	const all = parts(text);
	const isName = (part) => /[\p{L}\p{N}]/u.test(part) && !/[*"“”„«»{}[\]]|^['‘’]|['‘’]$/.test(part);
	return all.length > 0 && all.every(isName) ? all : undefined;
}`,
	],
	['word', '(words) => (text) => words.find((word) => word === text.toLowerCase())'],
	[
		'url',
		String.raw`(holds) => (text) => {
	const [, path] = /^https?:\/\/[^\s\p{C}/?#@{}<>"\\]+([/?#][^\s\p{C}{}<>"\\]*)?$/iu.exec(text) ?? [];
	return path?.includes(holds) ? text : undefined;
}`,
	],
];

/** Where Settings are checked while a form is open, and what its page says. */
interface Form {
	/** What the form does not do meanwhile. */
	refusal: string;
	description: string;
}

const FORMS: Record<string, Form> = {
	'13-forget-a-person': {
		refusal: 'deletes nothing',
		description:
			'Deletes the rows of your JOFI data tables and the runs of this n8n that hold the email address. This cannot be undone. You get a mail that says how many were deleted.',
	},
	'15-invite-from-a-form': {
		refusal: 'invites nobody',
		description:
			'Invites one person to JOFI. Somebody with the same Person ID is invited only once. Write it the same way each time: P-77 and p-77 count as two people.',
	},
};

/** What a run says first when it stops, where it is more than that nothing was sent. */
const NOTHING_DONE: Record<string, string> = {
	'13-forget-a-person': 'Nothing was deleted.',
	'15-invite-from-a-form': 'Nobody was invited.',
};

/**
 * The checks of *Settings* in the templates: the code of the node behind it, and the description of a form, which
 * says what to put right before anybody fills it in.
 */
export function settingsChecks(read: ReadFile): Files {
	const files: Files = {};
	for (const template of TEMPLATES) {
		const path = `examples/${template}.json`;
		const workflow = JSON.parse(read(path)) as Workflow;
		const fields = fieldsOfSettings(workflow);
		if (fields.length === 0) continue;
		const checks = checkingCode(fields);
		for (const node of workflow.nodes) {
			if (node.name === CHECKING_NODE) {
				node.parameters.jsCode = codeOfNode(checks, NOTHING_DONE[template] ?? 'Nothing was sent.');
			}
			const form = FORMS[template];
			if (form && node.type === 'n8n-nodes-base.formTrigger') {
				node.parameters.formDescription = formDescription(checks, form);
			}
		}
		files[path] = `${JSON.stringify(workflow, null, '\t')}\n`;
	}
	return files;
}

/** Code that defines `problemsOf` and `valuesOf` for these fields, with the readers that they need. */
function checkingCode(names: string[]): string {
	const fields = names.map((name) => {
		const field = FIELDS[name];
		if (!field) throw new Error(`FIELDS says nothing about ${name}`);
		return `\t${name}: { read: ${field.reader}, ask: '${field.ask}' },\n`;
	});
	let code = `const FIELDS = {\n${fields.join('')}};
const textOf = (value) => String(typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? '')).trim();
const valuesOf = (settings) =>
	Object.fromEntries(Object.entries(FIELDS).map(([name, { read }]) => [name, read(textOf(settings[name]))]));
const problemsOf = (settings) => {
	const values = valuesOf(settings);
	const problems = Object.entries(FIELDS).map(([name, { ask }]) => {
		if (values[name] !== undefined) return '';
		const text = textOf(settings[name]);
		return \`\${name} \${text ? \`holds “\${text.slice(0, 100)}”\` : 'is empty'}. \${ask}\`;
	});
	return problems.filter(Boolean).join(' ');
};
`;
	for (const [name, reader] of [...READERS].reverse()) {
		if (new RegExp(`\\b${name}\\b`).test(code)) code = `const ${name} = ${reader};\n${code}`;
	}
	return code;
}

function codeOfNode(checks: string, nothingDone: string): string {
	return `// Stops the run where a field of Settings can't be right. Otherwise its values go on, as they are meant.
${checks}
return $input.all().map(({ json }, index) => {
	const problems = problemsOf(json);
	// Without a stack, n8n puts no line number behind the sentence.
	if (problems) throw Object.assign(new Error(\`${nothingDone} In the node Settings, \${problems}\`), { stack: '' });
	return { json: { ...json, ...valuesOf(json) }, pairedItem: index };
});
`;
}

/** A form can't know what an expression in *Settings* gives; the run checks that. */
function formDescription(checks: string, { refusal, description }: Form): string {
	return `={{ (() => {
${checks}
const settings = {};
for (const { name, value } of $('Settings').params.assignments.assignments) {
	settings[name] = value;
	if (String(value).startsWith('=')) delete FIELDS[name];
}
const problems = problemsOf(settings);
return problems
	? \`Not ready yet. In n8n, open this workflow. In the node Settings, \${problems} Then publish it again. Until then this form ${refusal}.\`
	: '${description}';
})() }}`;
}
