import { personRow } from '../items/columns';
import { asObject, isObject, type JsonObject } from '../json';
import { JofiError, unexpectedError } from './errors';
import type { OperationContext, ApiRequest, Result } from './operation';
import { booleanOf, textOf } from './parameters';

type Kind = 'invitation' | 'test_taker' | 'career_navigation_profile' | 'scorecard';

/**
 * Asks for one object.
 *
 * @returns it as JOFI sent it, or with Simplify its row and JOFI's `mode` (`live` or `test`)
 */
export async function getOne(
	context: OperationContext,
	request: ApiRequest,
	kind: Kind,
): Promise<Result> {
	const object = await requestObject(context, request);
	if (!isSimplified(context)) return { rows: [object] };
	return { rows: [{ ...personRow(object, kind), mode: object.mode ?? null }] };
}

/** Asks for one object. Throws a JofiError if the answer is something else. */
export async function requestObject(
	context: OperationContext,
	request: ApiRequest,
): Promise<JsonObject> {
	const answer = await context.request(request);
	if (!isObject(answer)) throw unexpectedError(request);
	return answer;
}

/**
 * Asks for what JOFI lists: the newest, with no way to get more.
 *
 * @returns the newest `limit` of them. Each also has what JOFI says of its whole list: `mode`, `total_count`
 * (how many there are) and `has_more` (whether there are more than it lists). The hint says the same in words
 */
export async function getMany(
	context: OperationContext,
	request: ApiRequest,
	kind: Kind,
): Promise<Result> {
	const limit = limitOf(context);
	const answer = await requestObject(context, request);
	if (!Array.isArray(answer.data)) throw unexpectedError(request);
	const listed = answer.data.map(asObject);
	const { mode = null, total_count = null, has_more = null } = answer;
	const shown = listed.slice(0, limit);
	const simplified = isSimplified(context);
	return {
		rows: shown.map((item) => ({
			...(simplified ? personRow(item, kind) : item),
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
	kind: Kind,
	shown: number,
	listed: number,
	{ total_count: total, has_more: hasMore }: JsonObject,
): string {
	const noun = kind.replaceAll('_', ' ');
	const counted = total === 1 ? noun : `${noun}s`;
	const all =
		typeof total === 'number' ? `JOFI has ${total} ${counted} in all` : `JOFI lists ${noun}s`;
	const part = hasMore === true ? `lists only the newest ${listed}` : `lists ${listed}`;
	const cut = shown < listed ? ` The Limit of this node shows ${shown} of them.` : '';
	const rest = hasMore === true ? ' Older ones can only be fetched one by one, by their ID.' : '';
	return `${all} and ${part}.${cut}${rest}`;
}
