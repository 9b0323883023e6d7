import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { asObject, asText } from '../json';
import { findKeyProblem } from './apiKey';
import { Problem, refusal, unreachable, unreadable } from './errors';
import type { Question } from './operation';

const BASE_URL = 'https://www.jofiscore.com/api/v2';

/**
 * Puts one question to JOFI, once: nothing is ever sent again, and no redirect is followed, since either
 * could invite someone twice.
 *
 * @returns the JSON that JOFI answers
 * @throws Problem in words if JOFI refuses, can't be reached, or answers no JSON
 */
export async function askJofi(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	question: Question,
): Promise<unknown> {
	const sent = await send(context, question);
	if ('failure' in sent) throw await whyNotSent(context, question, sent.failure);
	const { statusCode, body } = sent.response;
	const answer = readJson(body);
	if (statusCode < 200 || statusCode > 299) throw refusal(question, statusCode, answer);
	if (answer === undefined) throw unreadable(question, statusCode);
	return answer;
}

type Sent = { response: IN8nHttpFullResponse } | { failure: unknown };

async function send(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ method, path, query, body }: Question,
): Promise<Sent> {
	const request: IHttpRequestOptions = {
		method: method ?? 'GET',
		url: `${BASE_URL}${path}`,
		...(query && { qs: query }),
		...(body && { body }),
		headers: { Accept: 'application/json' },
		// The body is read here, so that what is no JSON can be told apart.
		encoding: 'text',
		returnFullResponse: true,
		// n8n sends a request again after a status that it takes for an expired sign-in, unless it sees none.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			'jofiApi',
			request,
		)) as IN8nHttpFullResponse;
		return { response };
	} catch (failure) {
		return { failure };
	}
}

async function whyNotSent(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	question: Question,
	failure: unknown,
): Promise<Problem> {
	const { apiKey } = await context.getCredentials('jofiApi');
	const problem = findKeyProblem(apiKey);
	if (problem !== undefined) {
		return new Problem('The JOFI API credential can’t be used', problem);
	}
	const { code, cause } = asObject(
		failure instanceof Error ? { ...failure, cause: failure.cause } : {},
	);
	return unreachable(question, asText(code) || asText(asObject(cause).code));
}

/** Out: undefined if the body is no JSON. `null` is JSON, with a meaning of its own at JOFI. */
function readJson(body: unknown): unknown {
	if (typeof body !== 'string') return undefined;
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return undefined;
	}
}
