/**
 * Shows where JOFI's API differs from its public pages, on which the JOFI node is built:
 *
 *     JOFI_TEST_KEY=sk_test_… npm run check:jofi
 *
 * Only reads, asks for each thing once, and prints names and types of fields, never a value. It takes test keys
 * only, for which JOFI answers made-up data.
 */
import { setTimeout as wait } from 'node:timers/promises';

const BASE_URL = 'https://www.jofiscore.com/api/v2';

/** Field → its type on JOFI's pages; several are joined by `|`. `?` behind a name: not certain to be there. */
export type Shape = { [field: string]: string | Shape | [Shape] };

const NAMED: Shape = { id: 'number', display_name: 'string' };

const PERSON: Shape = {
	first_name: 'string',
	last_name: 'string',
	email: 'string',
	custom_id: 'string|null',
	person_id: 'string|null',
	assessment_url: 'string',
};

const PAGES: Shape = {
	career_navigation_url: 'string|null',
	scorecard_url: 'string|null',
	job_fit_summary_url: 'string|null',
	career_options_spotlight_url: 'string|null',
};

// Of an invitation only a part is documented: what its siblings have may be there too.
const INVITATION: Shape = {
	object: 'string',
	id: 'number',
	first_name: 'string',
	last_name: 'string',
	email: 'string',
	person_id: 'string|null',
	'custom_id?': 'string|null',
	assessment_url: 'string',
	accepted_at: 'string|null',
	test_taker_id: 'number|null',
	career_navigation_profile_id: 'string|null',
};

const TEST_TAKER_LIST_ITEM: Shape = {
	...PERSON,
	...PAGES,
	object: 'string',
	id: 'number',
	invitation_id: 'number',
	invitation_created_at: 'string',
	career_navigation_profile_id: 'string|null',
	team: NAMED,
	account: NAMED,
};

const TEST_TAKER: Shape = {
	...TEST_TAKER_LIST_ITEM,
	assigned_assessments: [
		{
			id: 'number',
			assessment: { id: 'number', short_name: 'string', display_name: 'string' },
			created_at: 'string',
			started_at: 'string|null',
			completed_at: 'string|null',
			progress_saved_at: 'string|null',
			is_used_for_scoring: 'boolean',
		},
	],
	invited_by_user: { id: 'number', email: 'string', first_name: 'string', last_name: 'string' },
};

const PROFILE: Shape = {
	...PERSON,
	...PAGES,
	object: 'string',
	id: 'string',
	invitation_id: 'number',
	invitation_created_at: 'string',
	test_taker_id: 'number',
	team: NAMED,
	account: NAMED,
};

const SCORE: Shape = {
	object: 'string',
	id: 'number',
	display_name: 'string',
	short_name: 'string',
	description: 'string',
	is_starred: 'boolean',
	yellow_band: 'number',
	test_taker_score: 'number|null',
	'facets?': 'array',
};

const SCORECARD: Shape = {
	object: 'string',
	test_taker_id: 'number',
	invitation_id: 'number',
	custom_id: 'string|null',
	person_id: 'string|null',
	career_navigation_profile_id: 'string|null',
	first_name: 'string',
	last_name: 'string',
	email: 'string',
	scorecard_url: 'string|null',
	score_profile: { ...NAMED, short_name: 'string', riasec_profile: 'string|null' },
	riasec_profile: 'string|null',
	scores: { thinking_skills: [SCORE], personality_traits: [SCORE] },
};

const ACCOUNT: Shape = {
	object: 'string',
	id: 'number',
	display_name: 'string',
	display_name_external: 'string|null',
	teams_count: 'number',
	users_count: 'number',
	invitations_count: 'number',
	test_takers_seats_used_count: 'number',
	prescreens_completed_count: 'number',
	thinking_skills_completed_count: 'number',
	personality_completed_count: 'number',
	career_interests_completed_count: 'number',
	webhook_endpoint: 'string|null',
	webhooks_enabled: 'boolean',
};

const listOf = (item: Shape): Shape => ({
	object: 'string',
	total_count: 'number',
	has_more: 'boolean',
	data: [item],
});

type Json = Record<string, unknown>;

interface Check {
	/** The route, with `:id` and `:sp` for what an earlier answer gives. */
	route: string;
	shape: Shape;
	/** Where an id comes from: the route of a list, and the field of its first item. */
	id?: { list: string; field: string };
	sp?: { list: string; field: string };
}

const CHECKS: Check[] = [
	{ route: '/accounts', shape: ACCOUNT },
	{
		route: '/teams',
		shape: listOf({
			...NAMED,
			object: 'string',
			users_count: 'number',
			invitations_count: 'number',
			test_takers_count: 'number',
		}),
	},
	{
		route: '/email-templates',
		shape: listOf({ ...NAMED, object: 'string', type: 'string', team_ids: 'array' }),
	},
	{ route: '/score-profiles', shape: listOf({ ...NAMED, object: 'string', short_name: 'string' }) },
	// What users and catalogued assessments look like is not documented: these are the fields that the node reads.
	{
		route: '/users',
		shape: listOf({ email: 'string', 'first_name?': 'string', 'last_name?': 'string' }),
	},
	{ route: '/assessments', shape: listOf({ id: 'number', 'display_name?': 'string' }) },
	{ route: '/invitations', shape: listOf(INVITATION) },
	{
		route: '/invitations/:id',
		shape: INVITATION,
		id: { list: '/invitations', field: 'id' },
	},
	{ route: '/test-takers', shape: listOf(TEST_TAKER_LIST_ITEM) },
	{ route: '/test-takers/:id', shape: TEST_TAKER, id: { list: '/test-takers', field: 'id' } },
	{
		route: '/test-takers/:id/scorecard?sp=:sp',
		shape: SCORECARD,
		id: { list: '/test-takers', field: 'id' },
		sp: { list: '/score-profiles', field: 'short_name' },
	},
	{ route: '/career-navigation-profiles', shape: listOf(PROFILE) },
	{
		route: '/career-navigation-profiles/:id',
		shape: PROFILE,
		id: { list: '/career-navigation-profiles', field: 'id' },
	},
];

/** Gets an address with the key. Out: the status, and the body as text. */
export type Get = (url: string, key: string) => Promise<{ status: number; body: string }>;

/**
 * Asks for every route once.
 *
 * @param key - a test key; anything else is refused before a request is made
 * @param get - makes a request
 * @param pauseMs - how long to wait between two requests
 * @returns lines of text with names and types only, and whether everything is as on JOFI's pages
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
	const lines: string[] = [];
	const answers = new Map<string, Json>();
	let differing = 0;
	for (const check of CHECKS) {
		const { path, missing } = pathOf(check, answers);
		if (path === undefined) {
			differing += 1;
			lines.push(`GET ${check.route}: not asked, since ${missing} gave no item with that field`);
			continue;
		}
		const found = await differences(check, path, key, get, answers);
		differing += found.length > 0 ? 1 : 0;
		lines.push(`GET ${check.route}: ${found.length === 0 ? 'as documented' : 'differs'}`);
		lines.push(...found.map((line) => `  ${line}`));
		await wait(pauseMs);
	}
	lines.push(
		differing === 0
			? 'Everything is as on the pages.'
			: `${differing} of ${CHECKS.length} differ from the pages, or could not be looked at.`,
	);
	return { lines, isAsDocumented: differing === 0 };
}

function pathOf({ route, id, sp }: Check, answers: Map<string, Json>) {
	let path = route;
	for (const [placeholder, source] of [
		[':id', id],
		[':sp', sp],
	] as const) {
		if (!source) continue;
		const data: unknown = answers.get(source.list)?.data;
		const [first] = Array.isArray(data) ? (data as unknown[]) : [];
		const value = (first as Json | undefined)?.[source.field];
		if (typeof value !== 'string' && typeof value !== 'number') {
			return { path: undefined, missing: source.list };
		}
		path = path.replace(placeholder, encodeURIComponent(value));
	}
	return { path, missing: '' };
}

async function differences(
	{ route, shape }: Check,
	path: string,
	key: string,
	get: Get,
	answers: Map<string, Json>,
): Promise<string[]> {
	let answer: { status: number; body: string };
	try {
		answer = await get(`${BASE_URL}${path}`, key);
	} catch {
		return ['no answer: is https://www.jofiscore.com within reach?'];
	}
	if (answer.status !== 200) return [`status ${answer.status} in place of 200`];
	let body: unknown;
	try {
		body = JSON.parse(answer.body);
	} catch {
		return ['the answer is no JSON'];
	}
	if (typeOf(body) !== 'object') return [`the answer is ${typeOf(body)} in place of object`];
	answers.set(route, body as Json);
	return compare(body, { mode: 'string', ...shape }, '');
}

/** In: a value, what it should be, and where it stands. Out: a line for each difference; no values. */
export function compare(value: unknown, wanted: Shape[string], where: string): string[] {
	const type = typeOf(value);
	const what = where === '' ? 'the answer' : where;
	if (typeof wanted === 'string') {
		return wanted.split('|').includes(type) ? [] : [`${what}: ${type} in place of ${wanted}`];
	}
	if (Array.isArray(wanted)) {
		// Sections of a scorecard may be null.
		if (type === 'null') return [];
		if (type !== 'array') return [`${what}: ${type} in place of array`];
		const [first] = value as unknown[];
		return first === undefined ? [] : compare(first, wanted[0], `${what}[]`);
	}
	if (type !== 'object') return [`${what}: ${type} in place of object`];
	const object = value as Json;
	const known = Object.entries(wanted).map(([name, shape]) => ({
		name: name.replace(/\?$/, ''),
		isCertain: !name.endsWith('?'),
		shape,
	}));
	const within = (name: string) => (where === '' ? name : `${where}.${name}`);
	return [
		...known.flatMap(({ name, isCertain, shape }) => {
			if (name in object) return compare(object[name], shape, within(name));
			return isCertain ? [`${within(name)}: not there`] : [];
		}),
		...Object.keys(object)
			.filter((name) => !known.some((field) => field.name === name))
			.map((name) => `${within(name)}: not on the pages (${typeOf(object[name])})`),
	];
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
