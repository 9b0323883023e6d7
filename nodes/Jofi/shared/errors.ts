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
 * Words for an answer of JOFI's that is not what was asked for.
 *
 * @param request - what was asked
 * @param status - the HTTP status
 * @param body - the answer as JSON; undefined if it is none. JOFI tells reasons in `error`, as text or as a list
 * @returns the problem in words
 */
export function refusedError(request: ApiRequest, status: number, body: unknown): JofiError {
	const { subject } = request;
	const said = withoutPerson(reasonIn(body), request.body);
	const problem = (message: string, ...todo: string[]) =>
		new JofiError(message, todo.join(' ').trim(), status);

	// JOFI answers a missing or wrong key with 404, like things that are not there.
	if (status === 404 && /api key|account not found/i.test(said)) {
		return problem(
			'JOFI does not know this API key',
			'Open the JOFI API credential and copy the key once more from what your JOFI representative sent you. It starts with sk_live_ or sk_test_.',
			nothingCreated(request),
		);
	}
	if (status === 404 && body === null) {
		return problem(
			`JOFI does not have ${subject}`,
			'Check the ID, and that the API key belongs to the same JOFI account. Such an ID is text, as in CNP1234567890.',
		);
	}
	if (status === 400) return problem(...badRequest(request, said));
	if (status === 401 || status === 403) {
		return problem(
			`JOFI refused the API key (${status})`,
			quoted(said),
			'Check the key in the JOFI API credential, or ask your JOFI representative what it may be used for.',
			nothingCreated(request),
		);
	}
	if (status === 405) {
		return problem(
			`JOFI does not offer what was asked for: ${subject} (405)`,
			quoted(said),
			'JOFI may have changed its API. Look for a newer version of this node under Settings → Community nodes.',
			nothingCreated(request),
		);
	}
	if (status === 429) {
		return problem(
			`JOFI got too many requests and did not answer this one, for ${subject} (429)`,
			quoted(said),
			'Wait a minute and run it again. With many items, put a Loop Over Items and a Wait node in front of this node.',
			caution(request),
		);
	}
	if (status >= 500) {
		return problem(
			`JOFI has a problem of its own and did not answer for ${subject} (${status})`,
			quoted(said),
			'Try again in a few minutes.',
			caution(request),
		);
	}
	if (body === undefined) return unreadableError(request, status);
	const refused = request.method === 'POST' ? 'did not accept' : 'did not give';
	return problem(
		`JOFI ${refused} ${subject}${said === '' ? '' : `: ${said}`} (${status})`,
		said === '' ? 'JOFI gave no reason. Try again, and report it if it stays like this.' : CHECK_ID,
		caution(request),
	);
}

const CHECK_ID = 'Check what you asked for, and that the API key belongs to the same JOFI account.';

/** JOFI answered, but not with the JSON that its documentation tells of. */
export function unreadableError(request: ApiRequest, status: number): JofiError {
	return new JofiError(
		`JOFI's answer for ${request.subject} can't be read (${status})`,
		`It is not what JOFI's documentation tells of. A firewall or proxy between n8n and JOFI may have answered in its place. Try again, and report it if it stays like this. ${caution(request)}`.trim(),
		status,
	);
}

/** JOFI took the request and did not answer it in time. */
export function unansweredError(request: ApiRequest, seconds: number): JofiError {
	const mayBeInvited = 'The person may have been invited all the same.';
	return new JofiError(
		`JOFI did not answer within ${seconds} seconds for ${request.subject}`,
		request.method === 'POST'
			? `${mayBeInvited} ${caution(request)}`
			: 'Try again in a few minutes.',
	);
}

/** JOFI answered with JSON of another shape. */
export function unexpectedError(request: ApiRequest): JofiError {
	return new JofiError(
		`JOFI's answer for ${request.subject} can't be read (200)`,
		`It is not what JOFI's documentation tells of. JOFI may have changed its API. Look for a newer version of this node under Settings → Community nodes. ${caution(request)}`.trim(),
	);
}

/** There was no answer at all. In: the code of the error, such as `ECONNREFUSED`; empty if unknown. */
export function unreachableError(request: ApiRequest, code: string): JofiError {
	return new JofiError(
		`n8n could not reach JOFI for ${request.subject}`,
		`Check that this n8n can open https://www.jofiscore.com, through its proxy if there is one, and try again${code === '' ? '' : ` (${code})`}. ${caution(request)}`.trim(),
	);
}

/**
 * The error that n8n shows. n8n writes an error into its log with the node's parameters, in which someone may
 * have typed a name: only what the editor needs of them goes along.
 *
 * @returns for a JofiError its words, for anything else that error in n8n's own way
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

// Shorter names are too often common words of a reason, such as Will, In or Mark.
const SHORTEST_TELLING_NAME = 5;

/**
 * A reason of JOFI's without what it repeats of the person, since n8n writes it into its log: addresses, the
 * phone number, the full name, and each name that is no common word.
 */
function withoutPerson(reason: string, sent: ApiRequest['body'] = {}): string {
	const [first = '', last = '', phone = ''] = [sent.first_name, sent.last_name, sent.phone].map(
		asText,
	);
	const names = [`${first} ${last}`, `${last}, ${first}`];
	const tellingNames = [first, last].filter(({ length }) => length >= SHORTEST_TELLING_NAME);
	const masks: Array<[RegExp, string]> = [
		[/[^\s<>"'“”(),;]+@[^\s<>"'“”(),;]+/g, '[email]'],
		...(phone === '' ? [] : [[asWholeWord(phone, 'gu'), '[phone]'] as [RegExp, string]]),
		...names.map((name): [RegExp, string] => [asWholeWord(name, 'giu'), '[name]']),
		// With its capital letter: a field of that name would be lower-case.
		...tellingNames.map((name): [RegExp, string] => [asWholeWord(name, 'gu'), '[name]']),
	];
	return masks.reduce((text, [pattern, mask]) => text.replace(pattern, mask), reason);
}

function asWholeWord(value: string, flags: string): RegExp {
	const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, flags);
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

function badRequest(
	{ method, subject, advice = '' }: ApiRequest,
	said: string,
): [string, ...string[]] {
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
		advice,
	];
}

function quoted(said: string): string {
	return said === '' ? '' : `JOFI says: ${said}.`;
}

function nothingCreated({ method }: ApiRequest): string {
	return method === 'POST' ? 'Nothing was created.' : '';
}

function caution({ method }: ApiRequest): string {
	return method === 'POST'
		? 'Before you run it again, look in JOFI whether the invitation is there: it may have been created, and this node never sends it twice by itself.'
		: '';
}
