import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { asObject, asText, isObject } from '../json';
import type { ApiRequest } from './operation';

/** Why there is no result, in words: what happened, and what to do. */
export class JofiError extends Error {
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
 * The words for an answer of JOFI's that is not what was requested.
 *
 * @param body - the answer as JSON; undefined if it is not JSON
 */
export function refusedError(request: ApiRequest, status: number, body: unknown): JofiError {
	const { subject, advice = '' } = request;
	const isPost = request.method === 'POST';
	const said = withoutPerson(reasonIn(body), request.body);
	const quoted = said === '' ? '' : `JOFI says: ${said}.`;
	const verb = isPost ? 'did not accept' : 'did not give';
	const refused = `JOFI ${verb} ${subject}${said === '' ? '' : `: ${said}`}`;
	// JOFI answers a missing or wrong key with 404, like things that are not there.
	const isKeyUnknown = status === 404 && /api key|account not found/i.test(said);
	const notice = creationNotice(request, isKeyUnknown || REFUSED.has(status));
	const problem = (message: string, ...todo: string[]) =>
		new JofiError(message, sentences(notice, ...todo), status);

	if (isKeyUnknown) {
		return problem(
			'JOFI does not know this API key',
			'Open the JOFI API credential and copy the key once more from what your JOFI representative sent you. It starts with sk_live_ or sk_test_.',
		);
	}
	if (status === 404 && body === null) {
		return problem(
			`JOFI does not have ${subject}`,
			'Check the ID, and that the API key belongs to the same JOFI account. Such an ID is text, as in CNP1234567890.',
		);
	}
	if (status === 400 && isPost) {
		return problem(
			refused,
			said.includes('sent_to_email') ? 'JOFI’s “sent_to_email” means the field Email.' : '',
			'Check the fields, and that the inviting user, team, email template and assessments belong to the account of the API key.',
		);
	}
	if (status === 400) {
		return problem(
			refused,
			'Most often the ID is not one of this account. Check that it is the right kind of ID (JOFI numbers invitations and test takers apart) and that the API key belongs to the same account.',
			advice,
		);
	}
	if (status === 401 || status === 403) {
		return problem(
			`JOFI refused the API key (${status})`,
			quoted,
			'Check the key in the JOFI API credential, or ask your JOFI representative what it may be used for.',
		);
	}
	if (status === 405) {
		return problem(`JOFI does not offer what was asked for: ${subject} (405)`, quoted, API_CHANGED);
	}
	if (status === 429) {
		return problem(
			`JOFI got too many requests and did not answer this one, for ${subject} (429)`,
			quoted,
			'Wait a minute and run it again. With many items, put a Loop Over Items and a Wait node in front of this node.',
		);
	}
	if (status >= 500) {
		return problem(
			`JOFI has a problem of its own and did not answer for ${subject} (${status})`,
			quoted,
			'Try again in a few minutes.',
		);
	}
	if (body === undefined) return unreadableError(request, status);
	return problem(
		`${refused} (${status})`,
		said === ''
			? 'JOFI gave no reason. Try again, and report it if it stays like this.'
			: 'Check what you asked for, and that the API key belongs to the same JOFI account.',
	);
}

const UNDOCUMENTED = "The answer is not one that JOFI's documentation describes.";
const API_CHANGED =
	'JOFI may have changed its API. Look for a newer version of this node under Settings → Community nodes.';

/** An answer that is not JSON. */
export function unreadableError(request: ApiRequest, status: number): JofiError {
	const todo =
		'A firewall or proxy between n8n and JOFI may have answered in its place. Try again, and report it if it stays like this.';
	return new JofiError(
		`JOFI's answer for ${request.subject} can't be read (${status})`,
		sentences(creationNotice(request), UNDOCUMENTED, todo),
		status,
	);
}

/** An answer with JSON of another shape. */
export function unexpectedError(request: ApiRequest): JofiError {
	return new JofiError(
		`JOFI's answer for ${request.subject} can't be read (200)`,
		sentences(creationNotice(request), UNDOCUMENTED, API_CHANGED),
	);
}

/** JOFI took the request and did not answer it in time. */
export function unansweredError(request: ApiRequest, seconds: number): JofiError {
	return new JofiError(
		`JOFI did not answer within ${seconds} seconds for ${request.subject}`,
		request.method === 'POST'
			? sentences('The person may have been invited all the same.', creationNotice(request))
			: 'Try again in a few minutes.',
	);
}

/** @param code - of n8n's error, such as `ECONNREFUSED`; empty if unknown */
export function unreachableError(request: ApiRequest, code: string): JofiError {
	const todo = `Check that this n8n can open https://www.jofiscore.com, through its proxy if there is one, and try again${code === '' ? '' : ` (${code})`}.`;
	return new JofiError(
		`n8n could not reach JOFI for ${request.subject}`,
		sentences(creationNotice(request), todo),
	);
}

// JOFI looked at the request, and refused it.
const REFUSED = new Set([400, 401, 403, 405]);

/** Templates 15 and 18 look for “Nothing was created” before they let somebody invite again. */
function creationNotice({ method }: ApiRequest, isRefused = false): string {
	if (method !== 'POST') return '';
	return isRefused
		? 'Nothing was created.'
		: 'Before you run it again, look in JOFI whether the invitation is there: it may have been created, and this node never sends it twice by itself.';
}

function sentences(...parts: string[]): string {
	return parts.filter((part) => part !== '').join(' ');
}

/**
 * The error that n8n shows. n8n writes an error into its log with the node's parameters, in which someone may
 * have typed a name: only what the editor needs of them goes along.
 *
 * @returns a NodeApiError for a JofiError, a NodeOperationError for anything else
 */
export function asNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const { resource, operation } = node.parameters;
	const shown: INode = { ...node, parameters: { resource, operation } };
	if (error instanceof JofiError) {
		const { message, description, status } = error;
		const httpCode = status === undefined ? undefined : String(status);
		return new NodeApiError(shown, {}, { message, description, httpCode, itemIndex });
	}
	// Of an error of n8n's own only the words: it holds the node with all parameters.
	const description = error instanceof NodeOperationError ? error.description : undefined;
	const message = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(shown, message, {
		description: description ?? undefined,
		itemIndex,
	});
}

const EMAIL = /[^\s<>"'“”(),;]+@[^\s<>"'“”(),;]+/g;
// Shorter names are too often common words of a reason, such as Will, In or Mark.
const SHORTEST_TELLING_NAME = 5;

/** Masks what a reason repeats of the person, since n8n writes it into its log. */
function withoutPerson(reason: string, sent: ApiRequest['body'] = {}): string {
	const [first = '', last = '', phone = ''] = [sent.first_name, sent.last_name, sent.phone].map(
		asText,
	);
	let masked = reason.replace(EMAIL, '[email]');
	if (phone !== '') masked = masked.replace(asWholeWord(phone, 'gu'), '[phone]');
	if (first === '' || last === '') return masked;
	for (const name of [`${first} ${last}`, `${last}, ${first}`]) {
		masked = masked.replace(asWholeWord(name, 'giu'), '[name]');
	}
	for (const name of [first, last]) {
		if (name.length < SHORTEST_TELLING_NAME) continue;
		// With its capital letter: a field of that name would be lower-case.
		masked = masked.replace(asWholeWord(name, 'gu'), '[name]');
	}
	return masked;
}

function asWholeWord(value: string, flags: string): RegExp {
	const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, flags);
}

/** JOFI's `error` as one text. It is a text, or a list of texts or of objects that hold one. */
function reasonIn(body: unknown): string {
	const { error } = asObject(body);
	const entries: unknown[] = Array.isArray(error) ? error : [error];
	return entries.map(textOf).filter(Boolean).join('; ');
}

function textOf(entry: unknown): string {
	if (!isObject(entry)) return typeof entry === 'string' ? entry.trim() : '';
	const { message, msg, error } = entry;
	const text = [message, msg, error].map(asText).find(Boolean);
	// The form of such an entry is not documented.
	return text ?? JSON.stringify(entry);
}
