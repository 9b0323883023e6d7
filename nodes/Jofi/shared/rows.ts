import { personRow } from '../items/columns';
import { asObject, isObject, type JsonObject } from '../json';
import { JofiError, unexpectedError } from './errors';
import type { ApiRequest, ObjectKind, OperationContext, Result } from './operation';
import { booleanOf, idParameter, textOf } from './parameters';

/** Gets the object whose ID is filled in. */
export async function getOne(context: OperationContext, kind: ObjectKind): Promise<Result> {
	const id = idParameter(context, kind);
	const subject = kind.isNumbered ? `the ${kind.noun} ${id}` : `this ${kind.noun}`;
	const request = { path: `${kind.path}/${id}`, subject, advice: idAdvice(kind) };
	return await requestRow(context, request, kind);
}

/** What to check if JOFI has nothing with an ID. */
export function idAdvice({ idLabel, isNumbered }: ObjectKind): string {
	const form = isNumbered
		? 'JOFI numbers invitations and test takers apart, so an ID is good for one kind only.'
		: 'Such an ID is text, as in CNP1234567890.';
	return `Check '${idLabel}', and that the API key belongs to the same JOFI account. ${form}`;
}

/** @returns the object as JOFI answers it, or with Simplify its row and JOFI's `mode` (`live` or `test`) */
export async function requestRow(
	context: OperationContext,
	request: ApiRequest,
	kind: ObjectKind,
): Promise<Result> {
	const object = await requestObject(context, request);
	if (!isSimplified(context)) return { rows: [object] };
	return { rows: [{ ...personRow(object, kind.name), mode: object.mode ?? null }] };
}

/** @throws JofiError if the answer is no object */
export async function requestObject(
	context: OperationContext,
	request: ApiRequest,
): Promise<JsonObject> {
	const answer = await context.request(request);
	if (!isObject(answer)) throw unexpectedError(request);
	return answer;
}

/**
 * Gets what JOFI lists: the newest, with no way to get more.
 *
 * @returns the newest `limit` of them. Each also has what JOFI says of its whole list: `mode`, `total_count`
 * (how many there are) and `has_more` (whether there are more than it lists). The hint says the same in words
 */
export async function getMany(context: OperationContext, kind: ObjectKind): Promise<Result> {
	const request = { path: kind.path, subject: `the list of ${kind.noun}s` };
	const limit = limitOf(context);
	const answer = await requestObject(context, request);
	if (!Array.isArray(answer.data)) throw unexpectedError(request);
	const listed = answer.data.map(asObject);
	const { mode = null, total_count = null, has_more = null } = answer;
	const shown = listed.slice(0, limit);
	const simplified = isSimplified(context);
	return {
		rows: shown.map((item) => ({
			...(simplified ? personRow(item, kind.name) : item),
			mode,
			total_count,
			has_more,
		})),
		hint: listHint(kind, shown.length, listed.length, answer),
	};
}

function isSimplified(context: OperationContext): boolean {
	const value = context.parameter('simplify');
	return value === undefined || value === null || booleanOf('Simplify', value);
}

function limitOf(context: OperationContext): number {
	const limit = Number(textOf('Limit', context.parameter('limit')));
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw new JofiError('Limit is not a number of 1 or more', 'Correct it, or check its expression.');
}

function listHint(
	{ noun }: ObjectKind,
	shown: number,
	listed: number,
	{ total_count: total, has_more: hasMore }: JsonObject,
): string {
	const counted = total === 1 ? noun : `${noun}s`;
	const all =
		typeof total === 'number' ? `JOFI has ${total} ${counted} in all` : `JOFI lists ${noun}s`;
	const part = hasMore === true ? `lists only the newest ${listed}` : `lists ${listed}`;
	const cut = shown < listed ? ` The Limit of this node shows ${shown} of them.` : '';
	const rest = hasMore === true ? ' Older ones can only be fetched one by one, by their ID.' : '';
	return `${all} and ${part}.${cut}${rest}`;
}
