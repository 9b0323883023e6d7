import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import type { Fault } from '../support/outside/jofiApi';
import { JofiEngine, type RunOptions } from './jofiEngine';

const PERSON_COLUMNS = COLUMN_NAMES.filter((name) => !name.startsWith('event_'));

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

const create = (more: Record<string, unknown> = {}) => ({
	resource: 'invitation',
	operation: 'create',
	createdByUserEmail: { __rl: true, mode: 'list', value: 'jane.recruiter@jofiscore.com' },
	firstName: 'Ann',
	lastName: 'Sample',
	email: 'ann@example.com',
	...more,
});

const getTestTaker = (testTakerId: unknown, more = {}) => ({
	resource: 'testTaker',
	operation: 'get',
	testTakerId,
	...more,
});

const getProfile = (careerNavigationProfileId: unknown) => ({
	resource: 'careerNavigationProfile',
	operation: 'get',
	careerNavigationProfileId,
});

const getScorecard = (testTakerId: unknown, more = {}) => ({
	resource: 'testTaker',
	operation: 'getScorecard',
	testTakerId,
	scoreProfile: { __rl: true, mode: 'name', value: 'JOFI-112-CE' },
	...more,
});

async function rows(
	parameters: Record<string, unknown>,
	options?: RunOptions,
): Promise<IDataObject[]> {
	const { items } = await engine.run(parameters, options);
	return items.map(({ json }) => json);
}

/** The error of a run that fails. */
async function failure(
	parameters: Record<string, unknown>,
	options?: RunOptions,
): Promise<NodeApiError> {
	const error: unknown = await engine.run(parameters, options).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(NodeApiError);
	return error as NodeApiError;
}

describe('Invitation', () => {
	test('Create sends what is filled in, and returns the row with the link', async () => {
		const [row = {}] = await rows(
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
		expect(row).toMatchObject({
			full_name: 'Ann Sample',
			invitation_id: engine.jofi.people.at(-1)?.invitationId,
			test_taker_id: null,
			assessment_url: expect.stringContaining('https://www.jofiscore.com/welcome/'),
			mode: 'live',
		});
	});

	test('Create with Simplify off returns what JOFI answered', async () => {
		expect(await rows(create({ simplify: false }))).toMatchObject([
			{ mode: 'live', object: 'invitation', accepted_at: null },
		]);
	});

	test('Create with a test key creates nothing', async () => {
		const before = engine.jofi.people.length;
		expect(await rows(create(), { apiKey: engine.jofi.testKey })).toMatchObject([
			{ mode: 'test', full_name: 'Ann Sample' },
		]);
		expect(engine.jofi.people).toHaveLength(before);
	});

	test('Get returns one invitation', async () => {
		const { invitationId, testTakerId, acceptedAt } = engine.jofi.accept(engine.jofi.invite());
		expect(await rows({ resource: 'invitation', operation: 'get', invitationId })).toMatchObject([
			{
				invitation_id: invitationId,
				test_taker_id: testTakerId,
				invitation_accepted_at: acceptedAt,
			},
		]);
	});

	test('Get Many returns the newest, and says in columns and words how many there are', async () => {
		for (let count = 0; count < 40; count += 1) engine.jofi.invite();
		const total = engine.jofi.people.length;
		const { items, hints } = await engine.run({
			resource: 'invitation',
			operation: 'getAll',
			limit: 2,
		});
		const counts = { mode: 'live', total_count: total, has_more: true };
		expect(items.map(({ json }) => json)).toMatchObject([
			{ invitation_id: engine.jofi.people.at(-1)?.invitationId, ...counts },
			{ invitation_id: engine.jofi.people.at(-2)?.invitationId, ...counts },
		]);
		expect(Object.keys(items[0]?.json ?? {})).toEqual([...PERSON_COLUMNS, ...Object.keys(counts)]);
		expect(hints).toEqual([
			{
				message: expect.stringMatching(`^JOFI has ${total} invitations in all and lists only`),
				location: 'outputPane',
			},
		]);
	});
});

describe('Test Taker', () => {
	test('Get returns the person columns, with the progress', async () => {
		const person = engine.jofi.complete(engine.jofi.invite({ custom_id: 'REQ-2' }), 7);
		expect(await rows(getTestTaker(String(person.testTakerId)))).toMatchObject([
			{
				test_taker_id: person.testTakerId,
				invitation_id: person.invitationId,
				custom_id: 'REQ-2',
				team_name: 'Recruiting',
				invited_by_email: 'jane.recruiter@jofiscore.com',
				assessments_assigned: 3,
				assessments_completed: 1,
				latest_completed_assessment: 'JOFI Thinking Skills',
				mode: 'live',
			},
		]);
	});

	test('Get keeps each row with the item it came from', async () => {
		const { testTakerId } = engine.jofi.accept(engine.jofi.invite());
		const { items } = await engine.run(getTestTaker(testTakerId), { items: [{}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('Get and Get Many with Simplify off return what JOFI sent', async () => {
		const { testTakerId: id } = engine.jofi.accept(engine.jofi.invite());
		expect(await rows(getTestTaker(id, { simplify: false }))).toMatchObject([
			{ mode: 'live', object: 'test_taker', id, assigned_assessments: [{}, {}, {}] },
		]);
		const getMany = { resource: 'testTaker', operation: 'getAll', limit: 1, simplify: false };
		expect(await rows(getMany)).toMatchObject([
			{ object: 'test_taker_list_item', id, total_count: expect.any(Number), has_more: false },
		]);
	});

	test('Get Scorecard returns it as JOFI sends it', async () => {
		const { testTakerId } = engine.jofi.complete(engine.jofi.invite());
		expect(await rows(getScorecard(testTakerId))).toMatchObject([
			{
				mode: 'live',
				object: 'scorecard',
				scores: { thinking_skills: [{ short_name: 'think', facets: expect.any(Array) }] },
			},
		]);
		expect(engine.jofi.requests).toMatchObject([
			{ path: `/test-takers/${testTakerId}/scorecard`, query: { sp: 'JOFI-112-CE' } },
		]);
	});

	test('Get Scorecard returns one row per score', async () => {
		const { testTakerId } = engine.jofi.complete(engine.jofi.invite({ person_id: 'APP-9' }), 7);
		const shared = {
			test_taker_id: testTakerId,
			person_id: 'APP-9',
			score_profile: 'JOFI-112-CE',
			mode: 'live',
		};
		expect(await rows(getScorecard(testTakerId, { rows: 'scores' }))).toMatchObject([
			{ ...shared, section: 'thinking_skills', score_short_name: 'think' },
			{ ...shared, score_short_name: 'think-read', parent_score_short_name: 'think' },
			{ ...shared, score_short_name: 'think-num', parent_score_short_name: 'think' },
		]);
	});

	test('Get Scorecard without a score profile requests nothing', async () => {
		const error = await failure(getScorecard(1, { scoreProfile: { mode: 'list', value: '' } }));
		expect(error.message).toBe('Score Profile is empty');
		expect(engine.jofi.requests).toEqual([]);
	});

	test('Get Scorecard with an unknown score profile says what to check', async () => {
		const { testTakerId } = engine.jofi.complete(engine.jofi.invite());
		const scoreProfile = { mode: 'name', value: 'nope' };
		const error = await failure(getScorecard(testTakerId, { scoreProfile }));
		expect(error.message).toContain('sp is missing or not a score profile');
		expect(error.description).toContain('Check the Score Profile');
	});
});

describe('Career Navigation Profile', () => {
	test('Get and Get Many return the person columns', async () => {
		const person = engine.jofi.createProfile(engine.jofi.invite());
		const wanted = {
			career_navigation_profile_id: person.profileId,
			test_taker_id: person.testTakerId,
			invitation_id: person.invitationId,
			career_navigation_url: expect.stringContaining(String(person.profileId)),
		};
		expect(await rows(getProfile(person.profileId))).toMatchObject([wanted]);
		const getMany = { resource: 'careerNavigationProfile', operation: 'getAll' };
		expect(await rows(getMany)).toMatchObject([wanted]);
	});

	test('says that JOFI does not have one when JOFI answers 404 with null', async () => {
		expect(await failure(getProfile('CNP0'))).toMatchObject({
			message: 'JOFI does not have this career navigation profile',
			httpCode: '404',
		});
	});

	test.each(['..', '.', ' '])('sends no ID that leads to another address: %j', async (id) => {
		await failure(getProfile(id));
		await failure(getTestTaker(`${id}/1`));
		expect(engine.jofi.requests).toEqual([]);
	});
});

test('Account: Get returns the account', async () => {
	expect(await rows({ resource: 'account', operation: 'get' })).toMatchObject([
		{ mode: 'live', object: 'account', display_name: 'Example Company Inc' },
	]);
});

test('Account: Check Webhook compares the account with the Production URL', async () => {
	const productionUrl = 'https://n8n.example.com/webhook/1/jofi';
	const check = { resource: 'account', operation: 'checkWebhook', productionUrl };
	Object.assign(engine.jofi, { webhookEndpoint: productionUrl, webhooksEnabled: true });
	expect(await rows(check)).toMatchObject([{ is_ok: true, problem: null, mode: 'live' }]);
	expect(await rows({ ...check, productionUrl: null })).toMatchObject([
		{ is_ok: false, problem: expect.stringMatching(/^The Production URL is empty/) },
	]);
});

test('refuses an operation that the resource does not have', async () => {
	await expect(engine.run({ resource: 'account', operation: 'create' })).rejects.toThrow(
		'This Resource does not have this Operation',
	);
});

describe('errors', () => {
	test('an ID that JOFI does not know, with the item it is about', async () => {
		expect(await failure(getTestTaker('1'))).toMatchObject({
			message: 'JOFI did not give the test taker 1: Test taker not found',
			context: { itemIndex: 0 },
			httpCode: '400',
		});
	});

	test('a key that JOFI does not know', async () => {
		const error = await failure(getTestTaker('1'), { apiKey: 'sk_live_other' });
		expect(error.message).toBe('JOFI does not know this API key');
	});

	test('a text that can be no key is never sent', async () => {
		const error = await failure(getTestTaker('1'), { apiKey: 'sk_live_1 ' });
		expect(error.message).toBe('The JOFI API credential can’t be used');
		expect(error.description).toMatch(/spaces/);
		expect(engine.jofi.requests).toEqual([]);
	});

	test.each<[Fault, RegExp]>([
		[{ status: 401, json: { error: 'no' } }, /refused the API key \(401\)/],
		[{ status: 405, text: 'Method Not Allowed' }, /does not offer.*\(405\)/],
		[{ status: 429, text: 'slow down' }, /too many requests.*\(429\)/],
		[{ status: 503, text: '<html>' }, /problem of its own.*\(503\)/],
		[{ status: 302, text: '', headers: { location: '/elsewhere' } }, /can't be read \(302\)/],
		[{ status: 200, text: '<html>login</html>' }, /can't be read \(200\)/],
		[{ status: 200, json: [1] }, /can't be read \(200\)/],
		[{ hangUp: true }, /could not reach JOFI/],
	])('JOFI answers %j to one request', async (fault, words) => {
		engine.jofi.fail(fault);
		const error = await failure(getTestTaker('1'));
		expect(error.message).toMatch(words);
		expect(error.description).toMatch(/\w/);
		expect(engine.jofi.requests).toHaveLength(1);
	});

	test.each<Fault>([
		{ status: 401, json: {} },
		{ status: 429, text: '' },
		{ status: 500, text: '' },
		{ status: 307, text: '', headers: { location: '/api/v2/invitations' } },
		{ status: 200, text: 'no JSON' },
		{ hangUp: true, isTakenFirst: true },
	])('Create is sent once, whatever JOFI answers: %j', async (fault) => {
		engine.jofi.fail(fault);
		await failure(create());
		expect(engine.jofi.requests).toHaveLength(1);
	});
});

describe('lists to choose from', () => {
	test('users, by email', async () => {
		expect(await engine.entries('searchUsers')).toEqual([
			{
				name: 'Jane Recruiter (jane.recruiter@jofiscore.com)',
				value: 'jane.recruiter@jofiscore.com',
			},
			{ name: 'Joe Coach (joe.coach@jofiscore.com)', value: 'joe.coach@jofiscore.com' },
		]);
		expect(await engine.entries('searchUsers', 'COACH')).toHaveLength(1);
	});

	test('teams, score profiles and assessments', async () => {
		expect(await engine.entries('searchTeams')).toEqual([
			{ name: 'Recruiting', value: 100 },
			{ name: 'Sales', value: 101 },
		]);
		expect(await engine.entries('searchScoreProfiles', 'zone')).toEqual([
			{ name: 'Management Zone 2 (JOFI-112-CE)', value: 'JOFI-112-CE' },
		]);
		expect(await engine.entries('getAssessments')).toContainEqual({
			name: 'JOFI Thinking Skills',
			value: 7,
		});
	});

	test.each([
		[undefined, ['Standard invitation', 'Sales invitation']],
		[{ __rl: true, mode: 'list', value: 100 }, ['Standard invitation']],
		[{ __rl: true, mode: 'id', value: '101' }, ['Standard invitation', 'Sales invitation']],
	])('invitation email templates that fit the team %j', async (teamId, names) => {
		const offered = await engine.entries('searchEmailTemplates', '', {
			additionalFields: { teamId },
		});
		expect(offered.map(({ name }) => name)).toEqual(names);
	});

	test.each([
		['searchUsers', [{ email: 'a@b.c' }, { email: 5 }], ['a@b.c']],
		['searchTeams', [{ id: 7 }, { id: 'seven' }, { id: null }], ['7', 'seven']],
		['searchScoreProfiles', [{ short_name: 'JOFI-1' }, {}], ['JOFI-1']],
		['searchEmailTemplates', [{ id: 1, display_name: 'Odd', team_ids: 'all' }], ['Odd']],
		['getAssessments', [{ id: 9 }, { id: 10, short_name: 'Ten' }, { id: 'x' }], ['9', 'Ten']],
		['searchTeams', [], []],
		['getAssessments', [], []],
	])('%s shows what can be chosen of %j', async (method, data, names) => {
		engine.jofi.fail({ json: { data } });
		const offered = await engine.entries(method);
		expect(offered.map(({ name }) => name)).toEqual(names);
	});

	test.each<[Fault, RegExp]>([
		[{ json: { data: 'x' } }, /can't be read/],
		[{ json: { error: 'Not today' } }, /Not today/],
		[{ status: 503, text: '' }, /JOFI has a problem of its own/],
	])('JOFI answers %j: n8n shows the error', async (fault, words) => {
		engine.jofi.fail(fault, { times: 2 });
		await expect(engine.entries('searchUsers')).rejects.toThrow(words);
		await expect(engine.entries('getAssessments')).rejects.toThrow(words);
	});
});
