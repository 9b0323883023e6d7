/**
 * Shows where JOFI's API differs from its public pages, from which the tests' fake of JOFI is written:
 *
 *     JOFI_TEST_KEY=sk_test_… npm run check:jofi
 *
 * Only reads, requests each route once, and prints names and types of fields, never a value. It takes test keys
 * only, for which JOFI answers invented data.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Visit } from '../test/support/outside/internet';
import { JofiApi } from '../test/support/outside/jofiApi';

const BASE_URL = 'https://www.jofiscore.com/api/v2';

/** The fields that may be null, on JOFI's pages, in at least one of its objects. */
const NULLABLE = new Set([
	'display_name_external',
	'webhook_endpoint',
	'person_id',
	'custom_id',
	'accepted_at',
	'test_taker_id',
	'career_navigation_profile_id',
	'started_at',
	'completed_at',
	'progress_saved_at',
	'career_navigation_url',
	'scorecard_url',
	'job_fit_summary_url',
	'career_options_spotlight_url',
	'riasec_profile',
	'thinking_skills',
	'personality_traits',
	'test_taker_score',
]);

/** Sends a GET request with the key. */
export type Get = (url: string, key: string) => Promise<{ status: number; body: string }>;

/** The answers so far, by route. */
type Answers = Map<string, unknown>;

/**
 * Compares JOFI's answer to each route with that of the fake.
 *
 * @param key - a test key; anything else is refused before a request is made
 * @param pauseMs - how long to wait between two requests
 * @returns lines of text with names and types only, and whether JOFI answers as on its pages
 * @throws Error if the key is no test key
 */
export async function checkJofi(
	key: string,
	get: Get,
	pauseMs = 500,
): Promise<{ lines: string[]; isAsDocumented: boolean }> {
	if (!/^sk_test_[\x21-\x7e]+$/.test(key)) {
		throw new Error(
			'Set JOFI_TEST_KEY to a test key (sk_test_…). With a live key this would read data of real people.',
		);
	}
	const fake = new JofiApi();
	const answers: Answers = new Map();
	const documented: Answers = new Map();
	const lines: string[] = [];
	for (const route of Object.keys(fake.routes)) {
		await request(route, documented, fake.testKey, getFrom(fake));
		const problem = await request(route, answers, key, get);
		const differences =
			problem === undefined ? compare(answers.get(route), documented.get(route)) : [problem];
		lines.push(`GET ${route}: ${differences.length === 0 ? 'as documented' : 'differs'}`);
		lines.push(...differences.map((line) => `  ${line}`));
		await wait(pauseMs);
	}
	return { lines, isAsDocumented: lines.every((line) => line.endsWith(': as documented')) };
}

/** Gets from the fake. */
export function getFrom(fake: JofiApi): Get {
	return async (url, key) => {
		const headers = { authorization: `Bearer ${key}` };
		const visit: Visit = { method: 'GET', url: new URL(url), headers, body: '' };
		const reply = fake.api(visit);
		if ('hangUp' in reply) throw new Error('The fake hung up');
		const body = 'text' in reply ? reply.text : JSON.stringify(reply.json);
		return await Promise.resolve({ status: reply.status ?? 200, body });
	};
}

/**
 * Adds JOFI's answer to the answers so far, from which the id in a route is taken.
 *
 * @returns why there is no answer
 */
async function request(
	route: string,
	answers: Answers,
	key: string,
	get: Get,
): Promise<string | undefined> {
	const [list = ''] = route.split('/:id');
	let path = route;
	if (route !== list) {
		const id = firstItem(answers.get(list)).id;
		if (typeof id !== 'string' && typeof id !== 'number') {
			return `not requested, since ${list} gave no item with an id`;
		}
		path = route.replace(':id', encodeURIComponent(id));
	}
	if (path.endsWith('/scorecard')) {
		const profile = firstItem(answers.get('/score-profiles')).short_name;
		if (typeof profile !== 'string') {
			return 'not requested, since /score-profiles gave no item with a short_name';
		}
		path += `?sp=${encodeURIComponent(profile)}`;
	}
	try {
		const { status, body } = await get(`${BASE_URL}${path}`, key);
		if (status !== 200) return `status ${status} in place of 200`;
		answers.set(route, JSON.parse(body));
		return undefined;
	} catch (error) {
		return error instanceof SyntaxError
			? 'the answer is no JSON'
			: 'no answer: is https://www.jofiscore.com within reach?';
	}
}

function firstItem(answer: unknown): Record<string, unknown> {
	const { data } = fieldsOf(answer);
	return fieldsOf(Array.isArray(data) ? data[0] : undefined);
}

/** The fields of an object; none of any other value. */
function fieldsOf(value: unknown): Record<string, unknown> {
	return Object(value) as Record<string, unknown>;
}

/**
 * @param where - the path of both values, such as `data[].team`
 * @returns a line for each difference between the types of two values
 */
export function compare(value: unknown, documented: unknown, where = ''): string[] {
	const isNullable = NULLABLE.has(where.split('.').at(-1) ?? '');
	if (isNullable && (value === null || documented === null)) return [];
	const [type, wanted] = [typeOf(value), typeOf(documented)];
	if (type !== wanted) return [`${where || 'the answer'}: ${type} in place of ${wanted}`];
	if (Array.isArray(value) && Array.isArray(documented)) {
		const isEmpty = value.length === 0 || documented.length === 0;
		return isEmpty ? [] : compare(value[0], documented[0], `${where}[]`);
	}
	if (type !== 'object') return [];
	const [fields, known] = [fieldsOf(value), fieldsOf(documented)];
	return Object.keys({ ...known, ...fields }).flatMap((name) => {
		const path = where === '' ? name : `${where}.${name}`;
		if (!(name in fields)) return `${path}: not there`;
		if (!(name in known)) return `${path}: not on the pages (${typeOf(fields[name])})`;
		return compare(fields[name], known[name], path);
	});
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

async function getByFetch(url: string, key: string) {
	const response = await fetch(url, {
		headers: { Authorization: `Bearer ${key}`, Accept: 'application/json' },
		redirect: 'manual',
	});
	return { status: response.status, body: await response.text() };
}

async function main(): Promise<void> {
	const { lines, isAsDocumented } = await checkJofi(process.env.JOFI_TEST_KEY ?? '', getByFetch);
	process.stdout.write(`${lines.join('\n')}\n`);
	if (!isAsDocumented) process.exitCode = 1;
}

if (require.main === module) {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	});
}
