import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import type { ApiRequest } from './operation';
import { reasonIn } from './reason';

/** Why there is no result, in words: what happened, and what to do. */
export class JofiError extends Error {
	/**
	 * @param message - what happened, one sentence without its full stop
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

/** Whether JOFI carried out a request that failed: it did not get it, it refused it, or nobody knows. */
type Outcome = 'notSent' | 'refused' | 'uncertain';

/** Templates 15 and 18 look for “Nothing was” before they let somebody invite again. */
function outcomeInWords({ change }: ApiRequest, outcome: Outcome): string {
	if (!change) return '';
	if (outcome === 'notSent') return 'Nothing was sent.';
	if (outcome === 'refused') return `Nothing was ${change.done}.`;
	return `Before you run it again, look in JOFI: the ${change.noun} may have been ${change.done}, and this node never sends it twice by itself.`;
}

interface Answer {
	status: number;
	/** Undefined if it is not JSON. */
	body: unknown;
	reason: string;
}

interface Words {
	is: (answer: Answer) => boolean;
	/** With `{subject}` and `{verb}` of the request, `{status}` and `{reason}` of the answer. */
	message: string;
	/** The same, with `{advice}` of the request. */
	todo: string;
}

const UNDOCUMENTED = "The answer is not one that JOFI's documentation describes.";
const API_CHANGED =
	'JOFI may have changed its API. Look for a newer version of this node under Settings → Community nodes.';
const STAYS = 'Try again, and report it if it stays like this.';

/** The words for JOFI's answers: those of the first row that fits. */
const WORDS: readonly Words[] = [
	{
		// JOFI answers a missing or wrong key with 404, like things that are not there.
		is: ({ status, reason }) => status === 404 && /api key|account not found/i.test(reason),
		message: 'JOFI does not know this API key',
		todo: 'Open the JOFI API credential and copy the key once more from what your JOFI representative sent you. It starts with sk_live_ or sk_test_.',
	},
	{
		is: ({ status, body }) => status === 404 && body === null,
		message: 'JOFI does not have {subject}',
		todo: '{advice}',
	},
	{
		is: ({ status }) => status === 400,
		message: 'JOFI {verb} {subject}{reason}',
		todo: '{advice}',
	},
	{
		is: ({ status }) => status === 401 || status === 403,
		message: 'JOFI refused the API key ({status}){reason}',
		todo: 'Check the key in the JOFI API credential, or ask your JOFI representative what it may be used for.',
	},
	{
		is: ({ status }) => status === 405,
		message: 'JOFI does not offer what was asked for: {subject} (405){reason}',
		todo: API_CHANGED,
	},
	{
		is: ({ status }) => status === 429,
		message: 'JOFI got too many requests and did not answer this one, for {subject} (429){reason}',
		todo: 'Wait a minute and run it again. With many items, put a Loop Over Items and a Wait node in front of this node.',
	},
	{
		is: ({ status }) => status === 408 || status >= 500,
		message:
			'JOFI is not available at the moment and did not answer for {subject} ({status}){reason}',
		todo: 'Try again in a few minutes.',
	},
	{
		is: ({ body }) => body === undefined,
		message: "JOFI's answer for {subject} can't be read ({status})",
		todo: `${UNDOCUMENTED} A firewall or proxy between n8n and JOFI may have answered in its place. ${STAYS}`,
	},
	{
		is: ({ reason }) => reason !== '',
		message: 'JOFI {verb} {subject}{reason} ({status})',
		todo: 'Check what you asked for, and that the API key belongs to the same JOFI account.',
	},
	{
		is: () => true,
		message: 'JOFI {verb} {subject} ({status})',
		todo: `JOFI gave no reason. ${STAYS}`,
	},
];

/**
 * The words for an answer of JOFI's that is not what was requested.
 *
 * @param body - the answer as JSON; undefined if it is not JSON
 */
export function answerError(request: ApiRequest, status: number, body: unknown): JofiError {
	const reason = reasonIn(body, request.body);
	const found = WORDS.find(({ is }) => is({ status, body, reason }));
	const values: Record<string, string> = {
		subject: request.subject,
		verb: request.change ? 'did not accept' : 'did not give',
		status: String(status),
		reason: reason === '' ? '' : `: ${reason}`,
		advice: request.advice ?? API_CHANGED,
	};
	const fill = (text = '') => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
	const isRefused = status >= 400 && status < 500 && status !== 408;
	return new JofiError(
		fill(found?.message),
		sentences(outcomeInWords(request, isRefused ? 'refused' : 'uncertain'), fill(found?.todo)),
		status,
	);
}

/** An answer with JSON of another shape. */
export function unexpectedError(request: ApiRequest): JofiError {
	return new JofiError(
		`JOFI's answer for ${request.subject} can't be read (200)`,
		sentences(outcomeInWords(request, 'uncertain'), UNDOCUMENTED, API_CHANGED),
	);
}

/** JOFI took the request and did not answer it in time. */
export function unansweredError(request: ApiRequest, seconds: number): JofiError {
	return new JofiError(
		`JOFI did not answer within ${seconds} seconds for ${request.subject}`,
		outcomeInWords(request, 'uncertain') || 'Try again in a few minutes.',
	);
}

/**
 * @param code - of n8n's error, such as `ECONNREFUSED`; empty if unknown
 * @param isConnected - whether there was a connection, through which JOFI may have got the request
 */
export function unreachableError(
	request: ApiRequest,
	code: string,
	isConnected: boolean,
): JofiError {
	const todo = `Check that this n8n can open https://www.jofiscore.com, through its proxy if there is one, and try again${code === '' ? '' : ` (${code})`}.`;
	return new JofiError(
		`n8n could not reach JOFI for ${request.subject}`,
		sentences(outcomeInWords(request, isConnected ? 'uncertain' : 'notSent'), todo),
	);
}

/** @param todo - what is wrong with the key, and what to do */
export function credentialError(request: ApiRequest, todo: string): JofiError {
	return new JofiError(
		'The JOFI API credential can’t be used',
		sentences(outcomeInWords(request, 'notSent'), todo),
	);
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
