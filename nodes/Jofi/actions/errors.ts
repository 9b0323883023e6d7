import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { asObject, asText, isObject } from '../json';
import type { Question } from './operation';

/** Why there is no result, in words: what happened, and what to do. */
export class Problem extends Error {
	/**
	 * @param message - what happened, one sentence
	 * @param description - what to do
	 * @param status - the HTTP status of JOFI's answer, if there was one
	 */
	constructor(
		message: string,
		readonly description: string,
		readonly status?: number,
	) {
		super(message);
	}
}

/**
 * Words for an answer of JOFI's that is not what was asked for.
 *
 * @param question - what was asked
 * @param status - the HTTP status
 * @param body - the answer as JSON; undefined if it is none. JOFI tells reasons in `error`, as text or as a list
 * @returns the problem in words
 */
export function refusal(question: Question, status: number, body: unknown): Problem {
	const { subject } = question;
	const said = withoutPerson(reasonIn(body), question.body);
	const problem = (message: string, ...todo: string[]) =>
		new Problem(message, todo.join(' ').trim(), status);

	// JOFI answers a missing or wrong key with 404, like things that are not there.
	if (status === 404 && /api key|account not found/i.test(said)) {
		return problem(
			'JOFI does not know this API key',
			'Open the JOFI API credential and copy the key once more from what your JOFI representative sent you. It starts with sk_live_ or sk_test_.',
			nothingCreated(question),
		);
	}
	if (status === 404 && body === null) {
		return problem(
			`JOFI does not have ${subject}`,
			'Check the ID, and that the API key belongs to the same JOFI account. Such an ID is text, as in CNP1234567890.',
		);
	}
	if (status === 400) return problem(...badRequest(question, said));
	if (status === 401 || status === 403) {
		return problem(
			`JOFI refused the API key (${status})`,
			quoted(said),
			'Check the key in the JOFI API credential, or ask your JOFI representative what it may be used for.',
			nothingCreated(question),
		);
	}
	if (status === 405) {
		return problem(
			`JOFI does not offer what was asked for: ${subject} (405)`,
			'JOFI may have changed its API. Look for a newer version of this node under Settings → Community nodes.',
			nothingCreated(question),
		);
	}
	if (status === 429) {
		return problem(
			`JOFI got too many requests and did not answer this one, for ${subject} (429)`,
			'Wait a minute and run it again. With many items, put a Loop Over Items and a Wait node in front of this node.',
			caution(question),
		);
	}
	if (status >= 500) {
		return problem(
			`JOFI has a problem of its own and did not answer for ${subject} (${status})`,
			'Try again in a few minutes.',
			caution(question),
		);
	}
	return unreadable(question, status);
}

/** JOFI answered, but not with the JSON that its documentation tells of. */
export function unreadable(question: Question, status: number): Problem {
	return new Problem(
		`JOFI's answer for ${question.subject} can't be read (${status})`,
		`It is not what JOFI's documentation tells of. A firewall or proxy between n8n and JOFI may have answered in its place. Try again, and report it if it stays like this. ${caution(question)}`.trim(),
		status,
	);
}

/** There was no answer at all. In: the code of the error, such as `ECONNREFUSED`; empty if unknown. */
export function unreachable(question: Question, code: string): Problem {
	return new Problem(
		`n8n could not reach JOFI for ${question.subject}`,
		`Check that this n8n can open https://www.jofiscore.com, through its proxy if there is one, and try again${code === '' ? '' : ` (${code})`}. ${caution(question)}`.trim(),
	);
}

/**
 * The error that n8n shows. n8n writes an error into its log with the node's parameters, in which someone may
 * have typed a name: only what the editor needs of them goes along.
 *
 * @returns for a Problem its words, for anything else that error in n8n's own way
 */
export function asNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const { resource, operation } = node.parameters;
	const shown: INode = { ...node, parameters: { resource, operation } };
	if (error instanceof Problem) {
		const { message, description, status } = error;
		const httpCode = status === undefined ? undefined : String(status);
		return new NodeApiError(shown, {}, { message, description, httpCode, itemIndex });
	}
	const cause = error instanceof Error ? error : String(error);
	return new NodeOperationError(shown, cause, { itemIndex });
}

/**
 * A reason of JOFI's without what it repeats of the person, since n8n writes it into its log: the names of the
 * fields stand in place of what was sent in them.
 */
function withoutPerson(reason: string, sent: Question['body'] = {}): string {
	const personal = Object.entries(sent).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	);
	const masked = personal.reduce(
		(text, [field, value]) => text.replace(asWholeWord(value), `[${field}]`),
		reason,
	);
	return masked.replace(/[^\s<>"'“”(),;]+@[^\s<>"'“”(),;]+/g, '[email]');
}

function asWholeWord(value: string): RegExp {
	const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu');
}

/** JOFI's reason, in one text. Its error is a text, or a list of texts or of objects with one. */
function reasonIn(body: unknown): string {
	const { error } = asObject(body);
	const entries: unknown[] = Array.isArray(error) ? error : [error];
	return entries.map(textOf).filter(Boolean).join('; ');
}

function textOf(entry: unknown): string {
	if (!isObject(entry)) return typeof entry === 'string' ? entry.trim() : '';
	const { message, msg, error } = entry;
	const text = [message, msg, error].map(asText).find(Boolean);
	// What such an entry looks like is not documented: rather as it is than not at all.
	return text ?? JSON.stringify(entry);
}

function badRequest({ method, subject }: Question, said: string): [string, ...string[]] {
	if (method === 'POST') {
		return [
			`JOFI did not accept ${subject}${said === '' ? '' : `: ${said}`}`,
			/sent_to_email/.test(said) ? 'JOFI’s “sent_to_email” means the field Email.' : '',
			'Nothing was created. Check the fields, and that the inviting user, team, email template and assessments belong to the account of the API key.',
		];
	}
	return [
		`JOFI did not give ${subject}${said === '' ? '' : `: ${said}`}`,
		'Most often the ID is not one of this account. Check that it is the right kind of ID (JOFI numbers invitations and test takers apart) and that the API key belongs to the same account.',
		/scorecard/.test(subject) ? 'Check the Score Profile too.' : '',
	];
}

function quoted(said: string): string {
	return said === '' ? '' : `JOFI says: ${said}.`;
}

function nothingCreated({ method }: Question): string {
	return method === 'POST' ? 'Nothing was created.' : '';
}

function caution({ method }: Question): string {
	return method === 'POST'
		? 'Before you run it again, look in JOFI whether the invitation is there: it may have been created, and this node never sends it twice by itself.'
		: '';
}
