import { personRow } from '../items/columns';
import { asObject, isObject, type JsonObject } from '../json';
import { unreadable } from './errors';
import type { Call, Question, Result } from './operation';

type Kind = 'invitation' | 'test_taker' | 'career_navigation_profile' | 'scorecard';

/**
 * Asks for one object.
 *
 * @returns it as JOFI sent it, or with Simplify its row and JOFI's `mode` (`live` or `test`)
 */
export async function getOne(call: Call, question: Question, kind: Kind): Promise<Result> {
	const object = await askForObject(call, question);
	if (call.parameter('simplify') === false) return { rows: [object] };
	return { rows: [{ ...personRow(object, kind), mode: object.mode ?? null }] };
}

/** Asks for one object. Throws a Problem if the answer is something else. */
export async function askForObject(call: Call, question: Question): Promise<JsonObject> {
	const answer = await call.ask(question);
	if (!isObject(answer)) throw unreadable(question, 200);
	return answer;
}

/**
 * Asks for what JOFI lists: the newest, with no way to get more.
 *
 * @returns the newest `limit` of them. Each also has what JOFI says of its whole list: `mode`, `total_count`
 * (how many there are) and `has_more` (whether there are more than it lists). The hint says the same in words
 */
export async function getMany(call: Call, question: Question, kind: Kind): Promise<Result> {
	const answer = await askForObject(call, question);
	if (!Array.isArray(answer.data)) throw unreadable(question, 200);
	const listed = answer.data.map(asObject);
	const { mode = null, total_count = null, has_more = null } = answer;
	const limit = Number(call.parameter('limit'));
	const shown = limit >= 1 ? listed.slice(0, limit) : listed;
	const isSimplified = call.parameter('simplify') !== false;
	return {
		rows: shown.map((item) => ({
			...(isSimplified ? personRow(item, kind) : item),
			mode,
			total_count,
			has_more,
		})),
		hint: listHint(kind, shown.length, listed.length, answer),
	};
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
