import type { Reply, Visit } from './internet';

/** The host that `FakeInternet.start` has to play: `{ [JOFI_HOST]: jofi.api }`. */
export const JOFI_HOST = 'www.jofiscore.com';

const BASE = '/api/v2';
/** How many items JOFI's lists show, the newest; of invitations the number is not known. */
const WINDOWS = { invitations: 30, testTakers: 30, careerNavigationProfiles: 50 };

export const ASSESSMENTS = [
	{ id: 6, short_name: 'Personality', display_name: 'JOFI Personality Traits' },
	{ id: 7, short_name: 'Thinking', display_name: 'JOFI Thinking Skills' },
	{ id: 8, short_name: 'Interests', display_name: 'JOFI Career Interests' },
];

const ACCOUNT = { id: 200, display_name: 'Example Company Inc' };

/** What someone is invited with: the body of POST /invitations. */
export interface InvitationBody {
	first_name: string;
	last_name: string;
	email: string;
	created_by_user_email: string;
	person_id?: string;
	custom_id?: string;
	phone?: string;
	team_id?: number;
	assessments_to_assign?: Array<{ test_id: number }>;
	email_template_id?: number;
	send_via_email?: boolean;
	send_via_sms?: boolean;
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
		startedAt: string | null;
		completedAt: string | null;
	}>;
}

/** What came in: path and query without the base, `/invitations/12345`. The key only by its mode. */
export interface RecordedRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	body: unknown;
	mode: Mode | 'unknown key';
}

type Mode = 'live' | 'test';

/**
 * What goes wrong with a request. `hangUp` closes the connection without an answer; with `isTakenFirst` JOFI
 * has done what was asked before that.
 */
export type Fault =
	| { status: number; json: unknown }
	| { status: number; text: string; headers?: Record<string, string> }
	| { hangUp: true; isTakenFirst?: boolean };

type Json = Record<string, unknown>;

/**
 * JOFI's API v2, played after its public pages (and nothing else): accounts, lists to choose from,
 * invitations, test takers, scorecards, career navigation profiles. Its state is moved on by `invite`,
 * `accept`, `start`, `complete` and `createProfile`, whether anybody asks meanwhile or not.
 */
export class JofiApi {
	readonly liveKey = 'sk_live_key_of_the_stand_in';
	readonly testKey = 'sk_test_key_of_the_stand_in';
	/** Every request that came, oldest first. */
	readonly requests: RecordedRequest[] = [];
	/** Everybody who was invited, oldest first. */
	readonly people: Person[] = [];

	webhookEndpoint: string | null = null;
	webhooksEnabled = false;
	teams: Json[] = [
		{ id: 100, display_name: 'Recruiting' },
		{ id: 101, display_name: 'Sales' },
	];
	users: Json[] = [
		{
			id: 44444,
			email: 'jane.recruiter@jofiscore.com',
			first_name: 'Jane',
			last_name: 'Recruiter',
		},
		{ id: 44445, email: 'joe.coach@jofiscore.com', first_name: 'Joe', last_name: 'Coach' },
	];
	emailTemplates: Json[] = [
		{ id: 300, display_name: 'Standard invitation', type: 'invitation', team_ids: [] },
		{ id: 301, display_name: 'Sales invitation', type: 'invitation', team_ids: [101] },
		{ id: 302, display_name: 'Congratulations', type: 'congrats', team_ids: [] },
	];
	scoreProfiles: Json[] = [
		{ id: 295, short_name: 'JOFI-295-AS', display_name: 'Administrative Support' },
		{ id: 112, short_name: 'JOFI-112-CE', display_name: 'Management Zone 2' },
	];
	/** Sections of every scorecard beside or in place of the two that are known. */
	moreScores: Json = {};

	private readonly faults: Array<{ fault: Fault; path: RegExp; times: number }> = [];
	private readonly windows: typeof WINDOWS;
	private requestLimit: { requests: number; perSeconds: number } | undefined;
	private answeredAt: number[] = [];
	private lastId = 12_344;
	private lastTime = Date.parse('2026-02-03T12:41:35.034Z');

	/** In: other sizes of the lists, to have more than a window's worth of people sooner. */
	constructor(windows: Partial<typeof WINDOWS> = {}) {
		this.windows = { ...WINDOWS, ...windows };
	}

	/** Answers for `www.jofiscore.com`. */
	readonly api = (visit: Visit): Reply => {
		const mode = this.modeOf(visit);
		const path = visit.url.pathname.replace(BASE, '');
		this.requests.push({
			method: visit.method,
			path,
			query: Object.fromEntries(visit.url.searchParams),
			body: readJson(visit.body),
			mode: mode ?? 'unknown key',
		});
		if (this.isOverLimit()) return { status: 429, json: { error: 'Too many requests' } };
		const fault = this.nextFault(`${visit.method} ${path}`);
		if (fault && 'hangUp' in fault) {
			if (fault.isTakenFirst) this.answer(visit, path, mode);
			return { hangUp: true };
		}
		return fault ?? this.answer(visit, path, mode);
	};

	/** Answers 429 to what comes after so many requests within a time; `undefined` lifts the limit. */
	limit(limit: { requests: number; perSeconds: number } | undefined): void {
		this.requestLimit = limit;
		this.answeredAt = [];
	}

	/** The next requests fail. In: which, as in `GET /test-takers`, and how many of them. */
	fail(fault: Fault, { path = /(?:)/, times = 1 }: { path?: RegExp; times?: number } = {}): void {
		this.faults.push({ fault, path, times });
	}

	/** Takes away faults that nothing has met, and forgets the requests so far. */
	forgetRequests(): void {
		this.faults.length = 0;
		this.requests.length = 0;
	}

	/** Someone is invited, in JOFI itself or by its API. */
	invite(person: Partial<InvitationBody> = {}): Person {
		const id = this.nextId();
		const invited: Person = {
			first_name: 'Linda',
			last_name: 'Sample',
			email: `linda.sample.${id}@jofiscore.com`,
			created_by_user_email: String(this.users[0]?.email),
			...person,
			invitationId: id,
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
		person.testTakerId = this.nextId();
		const wanted = person.assessments_to_assign?.map(({ test_id: id }) => id);
		person.assignments = (wanted ?? ASSESSMENTS.map(({ id }) => id)).map((assessmentId) => ({
			id: this.nextId(),
			assessmentId,
			createdAt,
			startedAt: null,
			completedAt: null,
		}));
		return person;
	}

	/** The person begins an assessment; one who has not accepted yet does so first. */
	start(person: Person, assessmentId: number): Person {
		if (person.testTakerId === null) this.accept(person);
		this.assignment(person, assessmentId).startedAt ??= this.now();
		return person;
	}

	/** The person completes an assessment, or all that are assigned. */
	complete(person: Person, assessmentId?: number): Person {
		if (person.testTakerId === null) this.accept(person);
		const ids =
			assessmentId === undefined
				? person.assignments.map((assignment) => assignment.assessmentId)
				: [assessmentId];
		for (const id of ids) {
			this.start(person, id);
			this.assignment(person, id).completedAt ??= this.now();
		}
		return person;
	}

	/** A career navigation profile is made for the person. */
	createProfile(person: Person): Person {
		if (person.testTakerId === null) this.accept(person);
		person.profileId ??= `CNP${this.nextId()}`;
		return person;
	}

	private assignment(person: Person, assessmentId: number) {
		const found = person.assignments.find((one) => one.assessmentId === assessmentId);
		if (!found) throw new Error(`Assessment ${assessmentId} is not assigned`);
		return found;
	}

	private modeOf({ headers }: Visit): Mode | undefined {
		if (headers.authorization === `Bearer ${this.liveKey}`) return 'live';
		return headers.authorization === `Bearer ${this.testKey}` ? 'test' : undefined;
	}

	private nextFault(request: string): Fault | undefined {
		const found = this.faults.find(({ path, times }) => times > 0 && path.test(request));
		if (found) found.times -= 1;
		return found?.fault;
	}

	private answer(visit: Visit, path: string, mode: Mode | undefined): Reply {
		if (!visit.url.pathname.startsWith(`${BASE}/`)) {
			return { status: 404, text: '<html>Not an address of the API</html>' };
		}
		if (!mode) {
			const isKeyThere = (visit.headers.authorization ?? '') !== '';
			const error = isKeyThere ? 'Account not found for API key' : 'API key is required';
			return { status: 404, json: { error } };
		}
		// With a test key JOFI answers well-formed, invented objects and creates nothing.
		const known = mode === 'live' ? this : invented();
		const [resource = '', id, part, ...more] = path.split('/').slice(1);
		if (more.length > 0 || (part !== undefined && part !== 'scorecard')) {
			return { status: 404, text: '<html>Not an address of the API</html>' };
		}
		if (visit.method === 'POST' && resource === 'invitations' && id === undefined) {
			return this.create(readJson(visit.body), mode);
		}
		if (visit.method !== 'GET') return { status: 405, text: 'Method Not Allowed' };

		switch (`${resource}${id === undefined ? '' : '/:id'}${part === undefined ? '' : `/${part}`}`) {
			case 'accounts':
				return { json: { mode, ...known.account() } };
			case 'teams':
				return list(mode, known.teams.map(withCounts));
			case 'email-templates':
				return list(mode, known.emailTemplates.map(named('email_template_list_item')));
			case 'score-profiles':
				return list(mode, known.scoreProfiles.map(named('score_profile_list_item')));
			case 'users':
				return list(mode, known.users.map(named('user')));
			case 'assessments':
				return list(mode, ASSESSMENTS.map(named('assessment')));
			case 'invitations':
				return list(
					mode,
					known
						.newest((person) => person.invitationId)
						.map((person) => ({
							...known.invitation(person),
							object: 'invitation_list_item',
						})),
					this.windows.invitations,
				);
			case 'invitations/:id':
				return found(
					mode,
					id,
					'Invitation',
					known,
					(person) => person.invitationId,
					(person) => known.invitation(person),
				);
			case 'test-takers':
				return list(
					mode,
					known.newest((person) => person.testTakerId).map((person) => known.listedTaker(person)),
					this.windows.testTakers,
				);
			case 'test-takers/:id':
				return found(
					mode,
					id,
					'Test taker',
					known,
					(person) => person.testTakerId,
					(person) => known.testTaker(person),
				);
			case 'test-takers/:id/scorecard':
				return known.scorecard(mode, id, visit.url.searchParams.get('sp'));
			case 'career-navigation-profiles':
				return list(
					mode,
					known
						.newest((person) => person.profileId)
						.map((person) => known.profile(person, 'career_navigation_profile_list_item')),
					this.windows.careerNavigationProfiles,
				);
			case 'career-navigation-profiles/:id': {
				const person = known.people.find(({ profileId }) => profileId === id);
				if (!person) return { status: 404, json: null };
				return { json: { mode, ...known.profile(person, 'career_navigation_profile') } };
			}
			default:
				return { status: 404, text: '<html>Not an address of the API</html>' };
		}
	}

	private isOverLimit(): boolean {
		if (!this.requestLimit) return false;
		const { requests, perSeconds } = this.requestLimit;
		const now = Date.now();
		this.answeredAt = this.answeredAt.filter((at) => now - at < perSeconds * 1000);
		if (this.answeredAt.length >= requests) return true;
		this.answeredAt.push(now);
		return false;
	}

	private create(body: unknown, mode: Mode): Reply {
		const refused = this.refusal(body);
		if (refused !== undefined) return { status: 400, json: { error: refused } };
		const inviting = mode === 'live' ? this : invented();
		const person = inviting.invite(body as InvitationBody);
		return { status: 201, json: { mode, ...inviting.invitation(person) } };
	}

	/** Why an invitation is not taken: a text, or a list where the body has not the right shape. */
	private refusal(body: unknown): unknown {
		const sent = (typeof body === 'object' && body !== null ? body : {}) as Json;
		const required = ['first_name', 'last_name', 'email', 'created_by_user_email'];
		const missing = required.filter((field) => typeof sent[field] !== 'string' || !sent[field]);
		if (missing.length > 0) return missing.map((field) => `${field} is required`);
		if (!/^[^@\s]+@[^@\s]+$/.test(String(sent.email))) {
			return 'sent_to_email is not a valid email address';
		}
		const has = (known: Json[], field: string, value: unknown) =>
			value === undefined || known.some((one) => one[field] === value);
		if (!has(this.users, 'email', sent.created_by_user_email)) return 'User not found';
		if (!has(this.teams, 'id', sent.team_id)) return 'Team not found';
		if (!has(this.emailTemplates, 'id', sent.email_template_id)) return 'Email template not found';
		const assigned = (sent.assessments_to_assign ?? []) as Array<{ test_id: unknown }>;
		if (!assigned.every(({ test_id: id }) => has(ASSESSMENTS, 'id', id ?? null))) {
			return 'Assessment not found';
		}
		return undefined;
	}

	/** Those who have an id of a kind, the newest of it first. */
	private newest(idOf: (person: Person) => number | string | null): Person[] {
		const number = (person: Person) => Number(String(idOf(person)).replace(/\D/g, ''));
		return this.people
			.filter((person) => idOf(person) !== null)
			.sort((one, other) => number(other) - number(one));
	}

	private account(): Json {
		const completed = (id: number) =>
			this.people
				.flatMap(({ assignments }) => assignments)
				.filter((one) => one.assessmentId === id && one.completedAt !== null).length;
		return {
			object: 'account',
			...ACCOUNT,
			display_name_external: null,
			teams_count: this.teams.length,
			users_count: this.users.length,
			invitations_count: this.people.length,
			test_takers_seats_used_count: this.people.filter((one) => one.testTakerId !== null).length,
			prescreens_completed_count: 0,
			thinking_skills_completed_count: completed(7),
			personality_completed_count: completed(6),
			career_interests_completed_count: completed(8),
			webhook_endpoint: this.webhookEndpoint,
			webhooks_enabled: this.webhooksEnabled,
		};
	}

	private invitation(person: Person): Json {
		return {
			object: 'invitation',
			id: person.invitationId,
			first_name: person.first_name,
			last_name: person.last_name,
			email: person.email,
			person_id: person.person_id ?? null,
			custom_id: person.custom_id ?? null,
			assessment_url: assessmentUrl(person),
			accepted_at: person.acceptedAt,
			test_taker_id: person.testTakerId,
			career_navigation_profile_id: person.profileId,
		};
	}

	private listedTaker(person: Person): Json {
		return {
			object: 'test_taker_list_item',
			id: person.testTakerId,
			...this.common(person),
			invitation_id: person.invitationId,
			career_navigation_profile_id: person.profileId,
		};
	}

	private testTaker(person: Person): Json {
		const inviter = this.users.find(({ email }) => email === person.created_by_user_email);
		return {
			...this.listedTaker(person),
			object: 'test_taker',
			assigned_assessments: person.assignments.map((assignment) => ({
				id: assignment.id,
				assessment: ASSESSMENTS.find(({ id }) => id === assignment.assessmentId),
				created_at: assignment.createdAt,
				started_at: assignment.startedAt,
				completed_at: assignment.completedAt,
				progress_saved_at: assignment.startedAt,
				is_used_for_scoring: true,
			})),
			invited_by_user: inviter ?? null,
		};
	}

	private profile(person: Person, object: string): Json {
		return {
			object,
			id: person.profileId,
			...this.common(person),
			invitation_id: person.invitationId,
			test_taker_id: person.testTakerId,
		};
	}

	private scorecard(mode: Mode, id: string | undefined, profileName: string | null): Reply {
		const person = this.people.find(({ testTakerId }) => String(testTakerId) === id);
		if (!person) return { status: 400, json: { error: 'Test taker not found' } };
		const profile = this.scoreProfiles.find(({ short_name: name }) => name === profileName);
		if (!profile) return { status: 400, json: { error: 'sp is missing or not a score profile' } };
		const isCompleted = (assessmentId: number) =>
			person.assignments.some((one) => one.assessmentId === assessmentId && one.completedAt);
		return {
			json: {
				mode,
				object: 'scorecard',
				test_taker_id: person.testTakerId,
				invitation_id: person.invitationId,
				custom_id: person.custom_id ?? null,
				person_id: person.person_id ?? null,
				career_navigation_profile_id: person.profileId,
				first_name: person.first_name,
				last_name: person.last_name,
				email: person.email,
				scorecard_url: scorecardUrl(person),
				score_profile: { ...profile, riasec_profile: 'SA' },
				riasec_profile: isCompleted(8) ? 'RCI' : null,
				scores: {
					thinking_skills: isCompleted(7) ? THINKING_SKILLS : null,
					personality_traits: isCompleted(6) ? PERSONALITY_TRAITS : null,
					...this.moreScores,
				},
			},
		};
	}

	private common(person: Person): Json {
		const team = this.teams.find(({ id }) => id === (person.team_id ?? this.teams[0]?.id));
		const page = (name: string) =>
			person.profileId === null ? null : `https://${JOFI_HOST}/${name}/${person.profileId}`;
		return {
			first_name: person.first_name,
			last_name: person.last_name,
			email: person.email,
			invitation_created_at: person.createdAt,
			team: { id: team?.id, display_name: team?.display_name },
			account: ACCOUNT,
			assessment_url: assessmentUrl(person),
			career_navigation_url: page('career-navigation'),
			job_fit_summary_url: null,
			scorecard_url: scorecardUrl(person),
			career_options_spotlight_url: page('career-options-spotlight'),
			custom_id: person.custom_id ?? null,
			person_id: person.person_id ?? null,
		};
	}

	private nextId(): number {
		return (this.lastId += 1);
	}

	/** A second later than last time, written as JOFI does. */
	private now(): string {
		this.lastTime += 1_000;
		return new Date(this.lastTime).toISOString().replace('Z', '000+00:00');
	}
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

/** What JOFI makes up for a test key. */
function invented(): JofiApi {
	const jofi = new JofiApi();
	const person = jofi.invite({
		first_name: 'Invented',
		last_name: 'Person',
		person_id: 'invented',
	});
	jofi.createProfile(jofi.complete(person));
	return jofi;
}

function list(mode: Mode, items: Json[], size = items.length): Reply {
	return {
		json: {
			mode,
			object: 'list',
			total_count: items.length,
			has_more: items.length > size,
			data: items.slice(0, size),
		},
	};
}

function found(
	mode: Mode,
	id: string | undefined,
	kind: string,
	known: JofiApi,
	idOf: (person: Person) => number | null,
	shown: (person: Person) => Json,
): Reply {
	const person = known.people.find((one) => String(idOf(one)) === id);
	if (!person) return { status: 400, json: { error: `${kind} not found` } };
	return { json: { mode, ...shown(person) } };
}

const named = (object: string) => (item: Json) => ({ object, ...item });

const withCounts = (team: Json) => ({
	object: 'team_list_item',
	...team,
	users_count: 1,
	invitations_count: 1,
	test_takers_count: 1,
});

function assessmentUrl({ invitationId }: Person): string {
	return `https://${JOFI_HOST}/welcome/invitation-${invitationId}`;
}

function scorecardUrl({ testTakerId }: Person): string {
	return `https://${JOFI_HOST}/team/100/test-takers/${testTakerId}/scorecard`;
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
