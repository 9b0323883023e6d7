import type { Reply, Visit } from './internet';

/** The host to pass to `FakeInternet.start`: `{ [JOFI_HOST]: jofi.api }`. */
export const JOFI_HOST = 'www.jofiscore.com';

const BASE = '/api/v2';
const JANE = 'jane.recruiter@jofiscore.com';
const ACCOUNT = { id: 200, display_name: 'Example Company Inc' };
const RECRUITING = { id: 100, display_name: 'Recruiting' };
const TEAMS = [RECRUITING, { id: 101, display_name: 'Sales' }];
const TEAM_COUNTS = { users_count: 1, invitations_count: 1, test_takers_count: 1 };
const EMAIL_TEMPLATES = [
	{ id: 300, display_name: 'Standard invitation', type: 'invitation', team_ids: [] },
	{ id: 301, display_name: 'Sales invitation', type: 'invitation', team_ids: [101] },
	{ id: 302, display_name: 'Congratulations', type: 'congrats', team_ids: [] },
];
const SCORE_PROFILES = [
	{ id: 295, short_name: 'JOFI-295-AS', display_name: 'Administrative Support' },
	{ id: 112, short_name: 'JOFI-112-CE', display_name: 'Management Zone 2' },
];
const PERSONALITY = { id: 6, short_name: 'Personality', display_name: 'JOFI Personality Traits' };
const THINKING = { id: 7, short_name: 'Thinking', display_name: 'JOFI Thinking Skills' };
const INTERESTS = { id: 8, short_name: 'Interests', display_name: 'JOFI Career Interests' };
const ASSESSMENTS = [PERSONALITY, THINKING, INTERESTS];

/** What someone is invited with: the body of POST /invitations. */
interface InvitationBody {
	first_name: string;
	last_name: string;
	email: string;
	created_by_user_email: string;
	person_id?: string;
	custom_id?: string;
	team_id?: number;
	assessments_to_assign?: Array<{ test_id: number }>;
}

/** A person at JOFI, from the invitation on. */
export interface Person extends InvitationBody {
	invitationId: number;
	createdAt: string;
	acceptedAt: string | null;
	testTakerId: number | null;
	profileId: string | null;
	assignments: Array<{
		id: number;
		assessmentId: number;
		createdAt: string;
		completedAt: string | null;
	}>;
}

type PersonId = 'invitationId' | 'testTakerId' | 'profileId';
type Mode = 'live' | 'test';
type Json = Record<string, unknown>;

/** A request, with its path below the base, such as `/invitations/12345`. Of the key only the mode. */
interface RecordedRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	body: unknown;
	mode: Mode | 'unknown key';
}

/** An answer in place of JOFI's usual one. With `isTakenFirst` JOFI carries out the request before. */
export type Fault = Reply & { isTakenFirst?: boolean };

/**
 * A fake of JOFI's API v2, written from its public pages alone. `invite`, `accept`, `complete` and
 * `createProfile` change its state, as people do.
 */
export class JofiApi {
	readonly liveKey = 'sk_live_key_of_the_fake';
	readonly testKey = 'sk_test_key_of_the_fake';
	/** Oldest first. */
	readonly requests: RecordedRequest[] = [];
	/** Everybody who was invited, oldest first. */
	readonly people: Person[] = [];

	webhookEndpoint: string | null = null;
	webhooksEnabled = false;
	users = [
		{ id: 44444, first_name: 'Jane', last_name: 'Recruiter', email: JANE },
		{ id: 44445, first_name: 'Joe', last_name: 'Coach', email: 'joe.coach@jofiscore.com' },
	];

	/** What is answered to GET. Lists come before their items, so that `check:jofi` finds ids. */
	readonly routes: Record<string, (id: string, query: URLSearchParams) => Reply> = {
		'/accounts': () => ({ json: { mode: this.mode, ...this.account() } }),
		'/teams': () =>
			this.list(
				'team_list_item',
				TEAMS.map((team) => ({ ...team, ...TEAM_COUNTS })),
			),
		'/email-templates': () => this.list('email_template_list_item', EMAIL_TEMPLATES),
		'/score-profiles': () => this.list('score_profile_list_item', SCORE_PROFILES),
		'/users': () => this.list('user', this.users),
		'/assessments': () => this.list('assessment', ASSESSMENTS),
		'/invitations': () => this.newest('invitation_list_item', 'invitationId', invitation),
		'/invitations/:id': (id) => this.one('invitationId', id, invitation),
		'/test-takers': () => this.newest('test_taker_list_item', 'testTakerId', testTakerFields),
		'/test-takers/:id': (id) => this.one('testTakerId', id, (person) => this.testTaker(person)),
		'/test-takers/:id/scorecard': (id, query) => {
			const scoreProfile = SCORE_PROFILES.find((one) => one.short_name === query.get('sp'));
			if (!scoreProfile) return refused('sp is missing or not a score profile');
			return this.one('testTakerId', id, (person) => scorecard(person, scoreProfile));
		},
		'/career-navigation-profiles': () =>
			this.newest('career_navigation_profile_list_item', 'profileId', profile),
		'/career-navigation-profiles/:id': (id) => this.one('profileId', id, profile),
	};

	private readonly modes = new Map<string | undefined, Mode>([
		[`Bearer ${this.liveKey}`, 'live'],
		[`Bearer ${this.testKey}`, 'test'],
	]);
	private readonly faults: Array<{ fault: Fault; path: RegExp; times: number }> = [];
	private isOverLimit = () => false;
	private lastId = 12_344;
	private lastTime = Date.parse('2026-02-03T12:41:35.034Z');

	/** @param options.window - how many people JOFI's lists show; 30 by default */
	constructor(private readonly options: { window?: number; mode?: Mode } = {}) {}

	/** The service behind JOFI_HOST. */
	readonly api = (visit: Visit): Reply => {
		const { method, url, body, headers } = visit;
		const path = url.pathname.replace(BASE, '');
		const mode = this.modes.get(headers.authorization);
		this.requests.push({
			method,
			path,
			query: Object.fromEntries(url.searchParams),
			body: body === '' ? undefined : (JSON.parse(body) as unknown),
			mode: mode ?? 'unknown key',
		});
		if (this.isOverLimit()) return { status: 429, json: { error: 'Too many requests' } };
		const met = this.faults.find((one) => one.times > 0 && one.path.test(`${method} ${path}`));
		if (met) met.times -= 1;
		if (met && !met.fault.isTakenFirst) return met.fault;
		const reply = this.answer(visit, path, mode);
		return met?.fault ?? reply;
	};

	/** Answers 429 some times after so many requests, again and again; without a limit it is lifted. */
	limit({ requests, refusals } = { requests: Infinity, refusals: 0 }): void {
		let count = 0;
		this.isOverLimit = () => count++ % (requests + refusals) >= requests;
	}

	/** The next requests fail; `path` chooses which, and is matched with text such as `GET /test-takers`. */
	fail(fault: Fault, { path = /(?:)/, times = 1 }: { path?: RegExp; times?: number } = {}): void {
		this.faults.push({ fault, path, times });
	}

	/** Forgets the requests so far, and faults that nothing has met. */
	forgetRequests(): void {
		this.faults.length = 0;
		this.requests.length = 0;
	}

	invite(person: Partial<InvitationBody> = {}): Person {
		const invitationId = ++this.lastId;
		const invited: Person = {
			first_name: 'Linda',
			last_name: 'Sample',
			email: `linda.sample.${invitationId}@jofiscore.com`,
			created_by_user_email: this.users[0]?.email ?? JANE,
			...person,
			invitationId,
			createdAt: this.now(),
			acceptedAt: null,
			testTakerId: null,
			profileId: null,
			assignments: [],
		};
		this.people.push(invited);
		return invited;
	}

	/** The person accepts, which makes a test taker. */
	accept(person: Person): Person {
		const createdAt = this.now();
		person.acceptedAt = createdAt;
		person.testTakerId = ++this.lastId;
		const assigned =
			person.assessments_to_assign?.map((one) => one.test_id) ?? ASSESSMENTS.map(({ id }) => id);
		person.assignments = assigned.map((assessmentId) => ({
			id: ++this.lastId,
			assessmentId,
			createdAt,
			completedAt: null,
		}));
		return person;
	}

	/** The person completes an assessment, or all that are assigned; accepts before that if need be. */
	complete(person: Person, assessmentId?: number): Person {
		if (person.testTakerId === null) this.accept(person);
		for (const assignment of person.assignments) {
			if (assessmentId !== undefined && assignment.assessmentId !== assessmentId) continue;
			assignment.completedAt ??= this.now();
		}
		return person;
	}

	createProfile(person: Person): Person {
		if (person.testTakerId === null) this.accept(person);
		person.profileId ??= `CNP${++this.lastId}`;
		return person;
	}

	private answer({ method, url, body }: Visit, path: string, mode: Mode | undefined): Reply {
		if (!mode) return { status: 404, json: { error: 'Account not found for API key' } };
		// With a test key JOFI answers well-formed, invented objects and creates nothing.
		const jofi = mode === 'live' ? this : invented();
		if (method === 'POST' && path === '/invitations') {
			const person = JSON.parse(body) as InvitationBody;
			if (!person.email.includes('@')) return refused('sent_to_email is not a valid email address');
			return { status: 201, json: { mode, ...invitation(jofi.invite(person)) } };
		}
		const [, , id = ''] = path.split('/');
		const route = jofi.routes[path.replace(/^(\/[^/]+)\/[^/]+/, '$1/:id')];
		if (method !== 'GET' || !route) return { status: 405, text: 'Method Not Allowed' };
		return route(id, url.searchParams);
	}

	private get mode(): Mode {
		return this.options.mode ?? 'live';
	}

	private list(object: string, items: Json[], window = items.length): Reply {
		return {
			json: {
				mode: this.mode,
				object: 'list',
				total_count: items.length,
				has_more: items.length > window,
				data: items.slice(0, window).map((item) => ({ ...item, object })),
			},
		};
	}

	/** The newest of those who have an id of a kind. */
	private newest(object: string, idField: PersonId, shown: (person: Person) => Json): Reply {
		const idOf = (person: Person) => Number(String(person[idField]).replace(/\D/g, ''));
		const people = this.people
			.filter((person) => person[idField] !== null)
			.sort((one, other) => idOf(other) - idOf(one));
		return this.list(object, people.map(shown), this.options.window ?? 30);
	}

	private one(idField: PersonId, id: string, shown: (person: Person) => Json): Reply {
		const person = this.people.find((one) => String(one[idField]) === id);
		if (person) return { json: { mode: this.mode, ...shown(person) } };
		if (idField === 'profileId') return { status: 404, json: null };
		return refused(`${idField === 'testTakerId' ? 'Test taker' : 'Invitation'} not found`);
	}

	private account(): Json {
		return {
			object: 'account',
			...ACCOUNT,
			display_name_external: null,
			teams_count: TEAMS.length,
			users_count: this.users.length,
			invitations_count: this.people.length,
			test_takers_seats_used_count: this.people.filter((one) => one.testTakerId !== null).length,
			prescreens_completed_count: 0,
			thinking_skills_completed_count: 0,
			personality_completed_count: 0,
			career_interests_completed_count: 0,
			webhook_endpoint: this.webhookEndpoint,
			webhooks_enabled: this.webhooksEnabled,
		};
	}

	private testTaker(person: Person): Json {
		return {
			...testTakerFields(person),
			assigned_assessments: person.assignments.map(
				({ id, assessmentId, createdAt, completedAt }) => ({
					id,
					assessment: ASSESSMENTS.find((one) => one.id === assessmentId),
					created_at: createdAt,
					started_at: completedAt,
					completed_at: completedAt,
					progress_saved_at: completedAt,
					is_used_for_scoring: true,
				}),
			),
			invited_by_user: this.users.find(({ email }) => email === person.created_by_user_email),
		};
	}

	/** A second later each time, written as JOFI does. */
	private now(): string {
		this.lastTime += 1_000;
		return new Date(this.lastTime).toISOString().replace('Z', '000+00:00');
	}
}

/** What JOFI invents for a test key: one person who has done everything. */
function invented(): JofiApi {
	const jofi = new JofiApi({ mode: 'test' });
	const name = { first_name: 'Invented', last_name: 'Person' };
	jofi.createProfile(jofi.complete(jofi.invite({ ...name, person_id: 'p', custom_id: 'c' })));
	return jofi;
}

function refused(error: string): Reply {
	return { status: 400, json: { error } };
}

/** The fields that all of a person's objects have. */
function personFields(person: Person): Json {
	const { first_name, last_name, email, person_id = null, custom_id = null } = person;
	return { first_name, last_name, email, person_id, custom_id };
}

function invitation(person: Person): Json {
	return {
		object: 'invitation',
		id: person.invitationId,
		...personFields(person),
		assessment_url: page('welcome', `invitation-${person.invitationId}`),
		accepted_at: person.acceptedAt,
		test_taker_id: person.testTakerId,
		career_navigation_profile_id: person.profileId,
	};
}

/** What the list shows of a test taker. */
function testTakerFields(person: Person): Json {
	const { profileId } = person;
	return {
		object: 'test_taker',
		id: person.testTakerId,
		...personFields(person),
		invitation_id: person.invitationId,
		invitation_created_at: person.createdAt,
		career_navigation_profile_id: profileId,
		team: TEAMS.find(({ id }) => id === person.team_id) ?? RECRUITING,
		account: ACCOUNT,
		assessment_url: page('welcome', `invitation-${person.invitationId}`),
		career_navigation_url: profileId && page('career-navigation', profileId),
		scorecard_url: scorecardUrl(person),
		job_fit_summary_url: profileId && page('job-fit-summary', profileId),
		career_options_spotlight_url: profileId && page('career-options-spotlight', profileId),
	};
}

/** As the test taker, with its own id in place of that of the profile. */
function profile(person: Person): Json {
	const { career_navigation_profile_id: id, ...shared } = testTakerFields(person);
	return { ...shared, object: 'career_navigation_profile', id, test_taker_id: person.testTakerId };
}

function scorecard(person: Person, scoreProfile: Json): Json {
	const hasCompleted = ({ id }: { id: number }) =>
		person.assignments.some((one) => one.assessmentId === id && one.completedAt !== null);
	return {
		object: 'scorecard',
		test_taker_id: person.testTakerId,
		invitation_id: person.invitationId,
		career_navigation_profile_id: person.profileId,
		...personFields(person),
		scorecard_url: scorecardUrl(person),
		score_profile: { ...scoreProfile, riasec_profile: 'SA' },
		riasec_profile: hasCompleted(INTERESTS) ? 'RCI' : null,
		scores: {
			thinking_skills: hasCompleted(THINKING) ? THINKING_SKILLS : null,
			personality_traits: hasCompleted(PERSONALITY) ? PERSONALITY_TRAITS : null,
		},
	};
}

const score = (id: number, name: string, short: string, value: number | null, facets?: Json[]) => ({
	object: 'score',
	id,
	display_name: name,
	short_name: short,
	description: `What ${name} is about`,
	is_starred: id % 2 === 0,
	yellow_band: 40,
	test_taker_score: value,
	...(facets && { facets }),
});

const THINKING_SKILLS = [
	score(1, 'Thinking Skills', 'think', 63, [
		score(2, 'Reading', 'think-read', 71),
		score(3, 'Numbers', 'think-num', null),
	]),
];

const PERSONALITY_TRAITS = [
	score(10, 'Openness', 'open', 55, [score(11, 'Ideas', 'open-ideas', 58)]),
	score(12, 'Drive', 'drive', 47, []),
];

function page(name: string, of: string): string {
	return `https://${JOFI_HOST}/${name}/${of}`;
}

function scorecardUrl({ testTakerId }: Person): string {
	return page('team/100/test-takers', `${testTakerId}/scorecard`);
}
