import { NodeApiError } from 'n8n-workflow';
import { JofiEngine } from './jofiEngine';

let engine: JofiEngine;
beforeAll(async () => {
	engine = await JofiEngine.start();
});
afterAll(async () => {
	await engine.stop();
});
afterEach(() => {
	engine.jofi.forgetRequests();
});

/** The columns of a person, as the JOFI Trigger gives them. */
const PERSON_COLUMNS = [
	'first_name',
	'last_name',
	'full_name',
	'email',
	'invitation_id',
	'test_taker_id',
	'career_navigation_profile_id',
	'person_id',
	'custom_id',
	'team_id',
	'team_name',
	'account_id',
	'account_name',
	'invited_by_name',
	'invited_by_email',
	'invitation_created_at',
	'invitation_accepted_at',
	'assessments_assigned',
	'assessments_completed',
	'all_assessments_completed',
	'latest_completed_assessment',
	'latest_completed_at',
	'assessments_summary',
	'assessment_url',
	'career_navigation_url',
	'scorecard_url',
	'job_fit_summary_url',
	'career_options_spotlight_url',
];

const create = (more: Record<string, unknown> = {}) => ({
	resource: 'invitation',
	operation: 'create',
	createdByUserEmail: { __rl: true, mode: 'list', value: 'jane.recruiter@jofiscore.com' },
	firstName: 'Ann',
	lastName: 'Sample',
	email: 'ann@example.com',
	...more,
});

const get = (resource: string, parameter: string, id: unknown, more = {}) => ({
	resource,
	operation: 'get',
	[parameter]: id,
	...more,
});

const only = async (parameters: Record<string, unknown>, options = {}) => {
	const { items } = await engine.run(parameters, options);
	expect(items).toHaveLength(1);
	return items[0]?.json as Record<string, unknown>;
};

/** The error of a run that fails. */
const failure = async (
	parameters: Record<string, unknown>,
	options = {},
): Promise<NodeApiError> => {
	const error: unknown = await engine.run(parameters, options).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(NodeApiError);
	return error as NodeApiError;
};

describe('Invitation', () => {
	test('Create sends what is filled in, once, and gives the row with the link', async () => {
		const row = await only(
			create({
				personId: 'APP-7',
				additionalFields: {
					customId: 'REQ-1',
					phone: '5551234567',
					teamId: { __rl: true, mode: 'id', value: '101' },
					emailTemplateId: { __rl: true, mode: 'list', value: 301 },
					assessmentIds: [6, 7],
					sendViaEmail: false,
					sendViaSms: false,
				},
			}),
		);
		expect(engine.jofi.requests).toEqual([
			{
				method: 'POST',
				path: '/invitations',
				query: {},
				mode: 'live',
				body: {
					first_name: 'Ann',
					last_name: 'Sample',
					email: 'ann@example.com',
					created_by_user_email: 'jane.recruiter@jofiscore.com',
					person_id: 'APP-7',
					custom_id: 'REQ-1',
					phone: '5551234567',
					team_id: 101,
					email_template_id: 301,
					assessments_to_assign: [{ test_id: 6 }, { test_id: 7 }],
					send_via_email: false,
					send_via_sms: false,
				},
			},
		]);
		expect(Object.keys(row)).toEqual([...PERSON_COLUMNS, 'mode']);
		const [invited] = engine.jofi.people.slice(-1);
		expect(row).toMatchObject({
			full_name: 'Ann Sample',
			invitation_id: invited?.invitationId,
			person_id: 'APP-7',
			test_taker_id: null,
			assessment_url: expect.stringContaining('https://www.jofiscore.com/welcome/'),
			mode: 'live',
		});
	});

	test('Create leaves out what is empty, so that the inviting user’s defaults hold', async () => {
		await only(create({ personId: ' ', additionalFields: { phone: '', assessmentIds: [] } }));
		expect(Object.keys(engine.jofi.requests[0]?.body as object)).toEqual([
			'first_name',
			'last_name',
			'email',
			'created_by_user_email',
		]);
	});

	test('Create with Simplify off gives what JOFI answered', async () => {
		const answer = await only(create({ simplify: false }));
		expect(answer).toMatchObject({ mode: 'live', object: 'invitation', accepted_at: null });
	});

	test('a test key creates nothing', async () => {
		const before = engine.jofi.people.length;
		const row = await only(create(), { apiKey: engine.jofi.testKey });
		expect(row).toMatchObject({ mode: 'test', full_name: 'Ann Sample' });
		expect(engine.jofi.people).toHaveLength(before);
	});

	test('Get', async () => {
		const person = engine.jofi.accept(engine.jofi.invite({ person_id: 'p' }));
		const row = await only(get('invitation', 'invitationId', person.invitationId));
		expect(row).toMatchObject({
			invitation_id: person.invitationId,
			test_taker_id: person.testTakerId,
			invitation_accepted_at: person.acceptedAt,
			person_id: 'p',
		});
	});

	test('Get Many gives the newest, and says in data and words how many there are', async () => {
		for (let count = 0; count < 40; count += 1) engine.jofi.invite();
		const total = engine.jofi.people.length;
		const newest = engine.jofi.people.at(-1);
		const { items, hints } = await engine.run({
			resource: 'invitation',
			operation: 'getAll',
			limit: 2,
		});
		expect(items.map(({ json }) => json)).toMatchObject([
			{ invitation_id: newest?.invitationId, total_count: total, has_more: true, mode: 'live' },
			{ total_count: total, has_more: true },
		]);
		expect(Object.keys(items[0]?.json ?? {})).toEqual([
			...PERSON_COLUMNS,
			'mode',
			'total_count',
			'has_more',
		]);
		expect(hints).toEqual([
			{
				message: `JOFI has ${total} invitations in all and lists only the newest 30. The Limit of this node shows 2 of them. Older ones can only be fetched one by one, by their ID.`,
				location: 'outputPane',
			},
		]);
	});
});

describe('Test Taker', () => {
	test('Get gives the person columns, with the progress', async () => {
		const person = engine.jofi.complete(engine.jofi.invite({ custom_id: 'REQ-2' }), 7);
		const row = await only(get('testTaker', 'testTakerId', String(person.testTakerId)));
		expect(row).toMatchObject({
			test_taker_id: person.testTakerId,
			invitation_id: person.invitationId,
			custom_id: 'REQ-2',
			team_name: 'Recruiting',
			invited_by_email: 'jane.recruiter@jofiscore.com',
			assessments_assigned: 3,
			assessments_completed: 1,
			latest_completed_assessment: 'JOFI Thinking Skills',
			mode: 'live',
		});
	});

	test('Get for many items keeps each with the item it came from', async () => {
		const people = [1, 2].map(() => engine.jofi.accept(engine.jofi.invite()));
		const { items } = await engine.run(
			get('testTaker', 'testTakerId', String(people[0]?.testTakerId)),
			{ items: [{}, {}] },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('Get with Simplify off gives what JOFI sent', async () => {
		const person = engine.jofi.accept(engine.jofi.invite());
		const raw = await only(
			get('testTaker', 'testTakerId', person.testTakerId, { simplify: false }),
		);
		expect(raw).toMatchObject({ mode: 'live', object: 'test_taker', id: person.testTakerId });
		expect(raw.assigned_assessments).toHaveLength(3);
	});

	test('Get Many with Simplify off gives what JOFI lists', async () => {
		const person = engine.jofi.accept(engine.jofi.invite());
		const { items } = await engine.run({
			resource: 'testTaker',
			operation: 'getAll',
			simplify: false,
		});
		expect(items[0]?.json).toMatchObject({
			object: 'test_taker_list_item',
			id: person.testTakerId,
			total_count: expect.any(Number),
			has_more: expect.any(Boolean),
		});
	});

	const scorecard = (id: unknown, more = {}) => ({
		resource: 'testTaker',
		operation: 'getScorecard',
		testTakerId: id,
		scoreProfile: { __rl: true, mode: 'name', value: 'JOFI-112-CE' },
		...more,
	});

	test('Get Scorecard as JOFI sends it', async () => {
		const person = engine.jofi.complete(engine.jofi.invite());
		const card = await only(scorecard(person.testTakerId));
		expect(engine.jofi.requests[0]).toMatchObject({
			path: `/test-takers/${person.testTakerId}/scorecard`,
			query: { sp: 'JOFI-112-CE' },
		});
		expect(card).toMatchObject({
			mode: 'live',
			object: 'scorecard',
			scores: { thinking_skills: [{ short_name: 'think', facets: expect.any(Array) }] },
		});
	});

	test('Get Scorecard with one row per score', async () => {
		const person = engine.jofi.complete(engine.jofi.invite({ person_id: 'APP-9' }), 7);
		const { items } = await engine.run(scorecard(person.testTakerId, { rows: 'scores' }));
		expect(items.map(({ json }) => json)).toMatchObject([
			{ section: 'thinking_skills', score_short_name: 'think', parent_score_short_name: null },
			{ score_short_name: 'think-read', parent_score_short_name: 'think', test_taker_score: 71 },
			{ score_short_name: 'think-num', parent_score_name: 'Thinking Skills' },
		]);
		for (const { json } of items) {
			expect(json).toMatchObject({
				test_taker_id: person.testTakerId,
				person_id: 'APP-9',
				score_profile: 'JOFI-112-CE',
				score_profile_name: 'Management Zone 2',
				mode: 'live',
			});
		}
	});

	test('Get Scorecard without a score profile says so and asks nothing', async () => {
		const error = await failure(scorecard(1, { scoreProfile: { mode: 'list', value: '' } }));
		expect(error.message).toBe('Score Profile is empty');
		expect(engine.jofi.requests).toEqual([]);
	});

	test('a score profile that JOFI does not know', async () => {
		const person = engine.jofi.complete(engine.jofi.invite());
		const error = await failure(
			scorecard(person.testTakerId, { scoreProfile: { mode: 'name', value: 'nope' } }),
		);
		expect(error.message).toContain('sp is missing or not a score profile');
		expect(error.description).toContain('Check the Score Profile');
	});
});

describe('Career Navigation Profile', () => {
	test('Get and Get Many', async () => {
		const person = engine.jofi.createProfile(engine.jofi.invite());
		const wanted = {
			career_navigation_profile_id: person.profileId,
			test_taker_id: person.testTakerId,
			invitation_id: person.invitationId,
			career_navigation_url: expect.stringContaining(String(person.profileId)),
		};
		const resource = 'careerNavigationProfile';
		expect(await only(get(resource, 'careerNavigationProfileId', person.profileId))).toMatchObject(
			wanted,
		);
		const { items } = await engine.run({ resource, operation: 'getAll' });
		expect(items[0]?.json).toMatchObject(wanted);
	});

	test('one that is not there: JOFI answers 404 with null', async () => {
		const error = await failure(
			get('careerNavigationProfile', 'careerNavigationProfileId', 'CNP0'),
		);
		expect(error).toMatchObject({
			message: 'JOFI does not have this career navigation profile',
			httpCode: '404',
		});
	});

	test.each(['..', '.', ' '])('an ID that leads elsewhere (%j) is not sent', async (id) => {
		await failure(get('careerNavigationProfile', 'careerNavigationProfileId', id));
		await failure(get('testTaker', 'testTakerId', `${id}/1`));
		expect(engine.jofi.requests).toEqual([]);
	});
});

describe('Account', () => {
	const check = {
		resource: 'account',
		operation: 'checkWebhook',
		productionUrl: 'https://n8n.example.com/webhook/1/jofi',
	};

	test('Get', async () => {
		expect(await only({ resource: 'account', operation: 'get' })).toMatchObject({
			mode: 'live',
			object: 'account',
			display_name: 'Example Company Inc',
		});
	});

	test('Check Webhook', async () => {
		engine.jofi.webhookEndpoint = 'https://n8n.example.com/webhook/1/jofi/';
		engine.jofi.webhooksEnabled = true;
		expect(await only(check)).toMatchObject({ is_ok: true, problem: null, mode: 'live' });
		engine.jofi.webhooksEnabled = false;
		expect(await only(check)).toMatchObject({
			is_ok: false,
			problem: expect.stringMatching(/^Webhooks are not enabled/),
		});
		expect(await only({ ...check, productionUrl: null })).toMatchObject({
			is_ok: false,
			problem: expect.stringMatching(/^The Production URL is empty/),
		});
		expect(await only(check, { apiKey: engine.jofi.testKey })).toMatchObject({
			is_ok: false,
			problem: expect.stringMatching(/^This is a test key/),
			mode: 'test',
		});
	});
});

describe('errors', () => {
	const getOne = get('testTaker', 'testTakerId', '12345');

	test('an ID that JOFI does not know, with the item it is about', async () => {
		const error = await failure(get('testTaker', 'testTakerId', '1'), {});
		expect(error.message).toBe('JOFI did not give the test taker 1: Test taker not found');
		expect(error.context.itemIndex).toBe(0);
		expect(error.httpCode).toBe('400');
	});

	test('a wrong key is no missing thing', async () => {
		const error = await failure(getOne, { apiKey: 'sk_live_other' });
		expect(error.message).toBe('JOFI does not know this API key');
	});

	test.each([
		['sk_live_1 ', /spaces/],
		['whsec_abc', /signing secret/],
		['', /empty/],
	])('a key that can’t be one (%j) is never sent', async (apiKey, words) => {
		const error = await failure(getOne, { apiKey });
		expect(error.message).toBe('The JOFI API credential can’t be used');
		expect(error.description).toMatch(words);
		expect(engine.jofi.requests).toEqual([]);
	});

	test.each([
		[{ status: 401, json: { error: 'no' } }, /refused the API key \(401\)/],
		[{ status: 405, text: 'Method Not Allowed' }, /does not offer.*\(405\)/],
		[{ status: 429, text: 'slow down' }, /too many requests.*\(429\)/],
		[{ status: 503, text: '<html>' }, /problem of its own.*\(503\)/],
		[{ status: 302, text: '', headers: { location: '/elsewhere' } }, /can't be read \(302\)/],
		[{ status: 200, text: '<html>login</html>' }, /can't be read \(200\)/],
		[{ status: 200, json: [1] }, /can't be read \(200\)/],
		[{ hangUp: true } as const, /could not reach JOFI/],
	])('%j', async (fault, words) => {
		engine.jofi.fail(fault);
		const error = await failure(getOne);
		expect(error.message).toMatch(words);
		expect(error.description).toMatch(/\w/);
		expect(engine.jofi.requests).toHaveLength(1);
	});

	test.each([
		{ status: 401, json: {} },
		{ status: 429, text: '' },
		{ status: 500, text: '' },
		{
			status: 307,
			text: '',
			headers: { location: 'https://www.jofiscore.com/api/v2/invitations' },
		},
		{ status: 200, text: 'no JSON' },
		{ hangUp: true, isTakenFirst: true } as const,
	])('Create is sent once, whatever JOFI answers: %j', async (fault) => {
		engine.jofi.fail(fault);
		const error = await failure(create());
		expect(engine.jofi.requests).toHaveLength(1);
		if (!('status' in fault) || fault.status !== 401) {
			expect(error.description).toContain('look in JOFI whether the invitation is there');
		}
	});

	test('what JOFI calls sent_to_email is the email', async () => {
		const error = await failure(create({ email: 'no address' }));
		expect(error.message).toContain('sent_to_email is not a valid email address');
		expect(error.description).toContain('“sent_to_email” means the field Email');
	});

	test('On Error → Continue: the item stays, with its error; the others go on', async () => {
		const person = engine.jofi.accept(engine.jofi.invite());
		engine.jofi.fail({ status: 503, text: '' });
		const { items } = await engine.run(get('testTaker', 'testTakerId', person.testTakerId), {
			items: [{ row: 1 }, { row: 2 }],
			onError: 'continueRegularOutput',
		});
		expect(items).toMatchObject([
			{
				json: {
					row: 1,
					error: expect.stringContaining('(503)'),
					message: expect.stringContaining('Try again'),
				},
				pairedItem: { item: 0 },
			},
			{ json: { test_taker_id: person.testTakerId }, pairedItem: { item: 1 } },
		]);
	});
});

test('for an error output the item has only what n8n knows it by', async () => {
	const { items } = await engine.run(get('testTaker', 'testTakerId', '1'), {
		items: [{ row: 1 }],
		onError: 'continueErrorOutput',
	});
	expect(items).toEqual([
		{
			json: {
				error: expect.stringContaining('Test taker not found'),
				message: expect.stringContaining('Most often'),
			},
			pairedItem: { item: 0 },
		},
	]);
});

test('a resource without such an operation', async () => {
	await expect(engine.run({ resource: 'account', operation: 'create' })).rejects.toThrow(
		'This Resource does not have this Operation',
	);
});

describe('lists to choose from', () => {
	test('inviting users, by email', async () => {
		expect(await engine.search('searchUsers')).toEqual([
			{
				name: 'Jane Recruiter (jane.recruiter@jofiscore.com)',
				value: 'jane.recruiter@jofiscore.com',
			},
			{ name: 'Joe Coach (joe.coach@jofiscore.com)', value: 'joe.coach@jofiscore.com' },
		]);
		expect(await engine.search('searchUsers', 'COACH')).toHaveLength(1);
	});

	test('teams and score profiles', async () => {
		expect(await engine.search('searchTeams')).toEqual([
			{ name: 'Recruiting', value: 100 },
			{ name: 'Sales', value: 101 },
		]);
		expect(await engine.search('searchScoreProfiles', 'zone')).toEqual([
			{ name: 'Management Zone 2 (JOFI-112-CE)', value: 'JOFI-112-CE' },
		]);
	});

	test('email templates for invitations that fit the team', async () => {
		const names = async (teamId?: unknown) =>
			(await engine.search('searchEmailTemplates', '', { additionalFields: { teamId } })).map(
				({ name }) => name,
			);
		expect(await names()).toEqual(['Standard invitation', 'Sales invitation']);
		expect(await names({ __rl: true, mode: 'list', value: 100 })).toEqual(['Standard invitation']);
		expect(await names({ __rl: true, mode: 'id', value: '101' })).toHaveLength(2);
	});

	test('what has no name is shown by what it is chosen by; what can’t be chosen is left out', async () => {
		const offered = async (method: string, data: unknown[]) => {
			engine.jofi.fail({ status: 200, json: { data } });
			return await engine.search(method);
		};
		expect(await offered('searchUsers', [{ email: 'a@example.com' }, { email: 5 }])).toEqual([
			{ name: 'a@example.com', value: 'a@example.com' },
		]);
		expect(await offered('searchTeams', [{ id: 7 }, { id: 'seven' }, { id: null }])).toEqual([
			{ name: '7', value: 7 },
			{ name: 'seven', value: 'seven' },
		]);
		expect(await offered('searchScoreProfiles', [{ short_name: 'JOFI-1' }, {}])).toEqual([
			{ name: 'JOFI-1', value: 'JOFI-1' },
		]);
		const template = { id: 1, display_name: 'Odd', team_ids: 'all' };
		expect(await offered('searchEmailTemplates', [template])).toHaveLength(1);
		engine.jofi.fail({
			status: 200,
			json: { data: [{ id: 9 }, { id: 10, short_name: 'Ten' }, { id: 'x' }] },
		});
		expect(await engine.assessments()).toEqual([
			{ name: '9', value: 9 },
			{ name: 'Ten', value: 10 },
		]);
	});

	test('assessments', async () => {
		expect(await engine.assessments()).toContainEqual({ name: 'JOFI Thinking Skills', value: 7 });
	});

	test.each([
		[{ status: 200, json: { data: 'x' } }, /can't be read/],
		[{ status: 200, json: { error: 'Not today' } }, /Not today/],
		[{ status: 200, text: 'no JSON' }, /can't be read/],
		[{ status: 503, text: '' }, /JOFI has a problem of its own/],
		[
			{ status: 404, json: { error: 'Account not found for API key' } },
			/does not know this API key/,
		],
	])('JOFI answers %j: n8n gets the error, and no entry is made up', async (fault, words) => {
		engine.jofi.fail(fault, { times: 2 });
		await expect(engine.search('searchUsers')).rejects.toThrow(words);
		await expect(engine.assessments()).rejects.toThrow(words);
	});

	test('an empty list stays empty', async () => {
		engine.jofi.fail({ status: 200, json: { data: [] } }, { times: 2 });
		expect(await engine.search('searchTeams')).toEqual([]);
		expect(await engine.assessments()).toEqual([]);
	});
});
