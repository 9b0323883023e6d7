import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { asObject, asText } from '../json';
import { findKeyProblem } from './apiKey';
import {
	answerError,
	credentialError,
	type JofiError,
	unansweredError,
	unreachableError,
} from './errors';
import type { ApiRequest } from './operation';

const BASE_URL = 'https://www.jofiscore.com/api/v2';

/**
 * Sends one request to JOFI. It is never retried, and no redirect is followed: either could invite someone
 * twice.
 *
 * @returns the JSON that JOFI answers
 * @throws JofiError in words if JOFI refuses, can't be reached, or does not answer with JSON
 */
export async function requestJofi(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	request: ApiRequest,
): Promise<unknown> {
	const { statusCode, body } = await send(context, request);
	const answer = readJson(body);
	// Each object and list of JOFI's says what it is.
	const { error, object } = asObject(answer);
	const isRefusal = error !== undefined && object === undefined;
	if (statusCode < 200 || statusCode > 299 || answer === undefined || isRefusal) {
		throw answerError(request, statusCode, answer);
	}
	return answer;
}

// Error codes of axios, which n8n uses.
const TIMEOUTS = new Set(['ECONNABORTED', 'ETIMEDOUT']);
// Node.js's codes where no connection came about: a name that is not found, a closed port, no route, or a
// certificate that is not trusted.
const NOT_CONNECTED =
	/^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|CERT_\w+|ERR_TLS_CERT_\w+|UNABLE_TO_\w+|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT\w*)$/;

function timeoutOf({ change, timeoutSeconds }: ApiRequest): number {
	return timeoutSeconds ?? (change ? 60 : 30);
}

async function send(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	request: ApiRequest,
): Promise<IN8nHttpFullResponse> {
	const { method, path, query, body } = request;
	const options: IHttpRequestOptions = {
		method: method ?? 'GET',
		url: `${BASE_URL}${path}`,
		...(query && { qs: query }),
		...(body && { body }),
		headers: { Accept: 'application/json' },
		// Parsed below, to tell answers that are not JSON apart.
		encoding: 'text',
		returnFullResponse: true,
		// n8n retries after statuses that it takes for an expired sign-in, unless they are ignored.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		// n8n's own is five minutes.
		timeout: timeoutOf(request) * 1000,
	};
	try {
		return (await context.helpers.httpRequestWithAuthentication.call(
			context,
			'jofiApi',
			options,
		)) as IN8nHttpFullResponse;
	} catch (failure) {
		throw await explainFailure(context, request, failure);
	}
}

async function explainFailure(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	request: ApiRequest,
	failure: unknown,
): Promise<JofiError> {
	const { apiKey } = await context.getCredentials('jofiApi');
	const problem = findKeyProblem(apiKey);
	if (problem !== undefined) return credentialError(request, problem);
	const { code, cause } = asObject(
		failure instanceof Error ? { ...failure, cause: failure.cause } : {},
	);
	const reason = asText(code) || asText(asObject(cause).code);
	return TIMEOUTS.has(reason)
		? unansweredError(request, timeoutOf(request))
		: unreachableError(request, reason, !NOT_CONNECTED.test(reason));
}

/** @returns undefined if the body is not JSON; `null` is JSON, by which JOFI means something else */
function readJson(body: unknown): unknown {
	if (typeof body !== 'string') return undefined;
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return undefined;
	}
}
