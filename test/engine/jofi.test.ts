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

const create = {
	resource: 'invitation',
	operation: 'create',
	createdByUserEmail: { __rl: true, mode: 'list', value: 'jane.recruiter@jofiscore.com' },
	firstName: 'Ann',
	lastName: 'Sample',
	email: 'ann@example.com',
};
const getInvitation = { resource: 'invitation', operation: 'get' };
const getTestTaker = { resource: 'testTaker', operation: 'get' };
const getProfile = { resource: 'careerNavigationProfile', operation: 'get' };
const getScorecard = {
	resource: 'testTaker',
	operation: 'getScorecard',
	scoreProfile: { __rl: true, mode: 'name', value: 'JOFI-112-CE' },
};

async function rows(parameters: object, options?: RunOptions): Promise<IDataObject[]> {
	const { items } = await engine.run({ ...parameters }, options);
	return items.map(({ json }) => json);
}

/** The error of a run that fails. */
async function failure(parameters: object, options?: RunOptions): Promise<NodeApiError> {
	const error: unknown = await rows(parameters, options).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(NodeApiError);
	return error as NodeApiError;
}

// What an operation makes of each answer is tested in test/unit.
describe('Invitation', () => {
	test('Create sends what is filled in, and returns the row with the link', async () => {
		const [row = {}] = await rows({
			...create,
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
		});
		const body = {
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
		};
		expect(engine.jofi.requests).toEqual([
			{ method: 'POST', path: '/invitations', query: {}, mode: 'live', body },
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
		const message = expect.stringMatching(`^JOFI has ${total} invitations in all and lists only`);
		expect(hints).toEqual([{ message, location: 'outputPane' }]);
	});
});

test('Get and Get Many return the person columns, each with the ID of its own kind', async () => {
	const person = engine.jofi.createProfile(engine.jofi.complete(engine.jofi.invite(), 7));
	const { invitationId, testTakerId, profileId } = person;
	const ids = {
		invitation_id: invitationId,
		test_taker_id: testTakerId,
		career_navigation_profile_id: profileId,
		mode: 'live',
	};
	expect(await rows({ ...getInvitation, invitationId })).toMatchObject([ids]);
	expect(await rows({ ...getTestTaker, testTakerId: String(testTakerId) })).toMatchObject([
		{ ...ids, team_name: 'Recruiting', assessments_assigned: 3, assessments_completed: 1 },
	]);
	expect(await rows({ ...getProfile, careerNavigationProfileId: profileId })).toMatchObject([ids]);
	for (const resource of ['testTaker', 'careerNavigationProfile']) {
		expect(await rows({ resource, operation: 'getAll', limit: 1 })).toMatchObject([ids]);
	}
});

test('with Simplify off each returns what JOFI sent', async () => {
	const { testTakerId } = engine.jofi.accept(engine.jofi.invite());
	const simplify = false;
	expect(await rows({ ...create, simplify })).toMatchObject([
		{ mode: 'live', object: 'invitation', accepted_at: null },
	]);
	expect(await rows({ ...getTestTaker, testTakerId, simplify })).toMatchObject([
		{ mode: 'live', object: 'test_taker', id: testTakerId, assigned_assessments: [{}, {}, {}] },
	]);
	const getMany = { resource: 'testTaker', operation: 'getAll', limit: 1 };
	expect(await rows({ ...getMany, simplify })).toMatchObject([
		{ object: 'test_taker_list_item', total_count: expect.any(Number), has_more: false },
	]);
});

test('each row keeps the item that it came from', async () => {
	const { testTakerId } = engine.jofi.accept(engine.jofi.invite());
	const { items } = await engine.run({ ...getTestTaker, testTakerId }, { items: [{}, {}] });
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

test('Get Scorecard returns it as JOFI sends it, or one row per score', async () => {
	const { testTakerId } = engine.jofi.complete(engine.jofi.invite(), 7);
	expect(await rows({ ...getScorecard, testTakerId })).toMatchObject([
		{ mode: 'live', object: 'scorecard', scores: { thinking_skills: [{ short_name: 'think' }] } },
	]);
	expect(engine.jofi.requests).toMatchObject([
		{ path: `/test-takers/${testTakerId}/scorecard`, query: { sp: 'JOFI-112-CE' } },
	]);
	expect(await rows({ ...getScorecard, testTakerId, rows: 'scores' })).toMatchObject([
		{ test_taker_id: testTakerId, section: 'thinking_skills', score_short_name: 'think' },
		{ test_taker_id: testTakerId, score_short_name: 'think-read' },
		{ test_taker_id: testTakerId, score_short_name: 'think-num' },
	]);
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

describe('errors', () => {
	test.each<[string, object, RegExp]>([
		['an operation of another resource', { resource: 'account', operation: 'create' }, /not have/],
		['no score profile', { ...getScorecard, testTakerId: 1, scoreProfile: '' }, /is empty/],
		...['..', '.', ' '].flatMap<[string, object, RegExp]>((id) => [
			[`the profile ${id}`, { ...getProfile, careerNavigationProfileId: id }, /ID/],
			[`the test taker ${id}/1`, { ...getTestTaker, testTakerId: `${id}/1` }, /not the ID/],
		]),
	])('nothing is sent for %s', async (_what, parameters, words) => {
		await expect(rows(parameters)).rejects.toThrow(words);
		expect(engine.jofi.requests).toEqual([]);
	});

	test('a text that can be no key is never sent', async () => {
		const error = await failure({ ...getTestTaker, testTakerId: 1 }, { apiKey: 'sk_live_1 ' });
		expect(error.message).toBe('The JOFI API credential can’t be used');
		expect(error.description).toMatch(/spaces/);
		expect(engine.jofi.requests).toEqual([]);
	});

	test('an ID that JOFI does not know, with the item it is about', async () => {
		expect(await failure({ ...getTestTaker, testTakerId: 1 })).toMatchObject({
			message: 'JOFI did not give the test taker 1: Test taker not found',
			context: { itemIndex: 0 },
			httpCode: '400',
		});
		expect(await failure({ ...getProfile, careerNavigationProfileId: 'CNP0' })).toMatchObject({
			message: 'JOFI does not have this career navigation profile',
			httpCode: '404',
		});
	});

	test('an unknown score profile, with what to check', async () => {
		const { testTakerId } = engine.jofi.complete(engine.jofi.invite());
		const scoreProfile = { mode: 'name', value: 'nope' };
		const error = await failure({ ...getScorecard, testTakerId, scoreProfile });
		expect(error.message).toContain('sp is missing or not a score profile');
		expect(error.description).toContain("Check 'Score Profile'");
	});

	test('a key that JOFI does not know', async () => {
		const error = await failure(create, { apiKey: 'sk_live_other' });
		expect(error.message).toBe('JOFI does not know this API key');
	});

	test('nothing was sent where no connection came about', async () => {
		const proxy = process.env.HTTPS_PROXY;
		// Nothing listens on port 1.
		process.env.HTTPS_PROXY = 'http://127.0.0.1:1';
		const error = await failure(create).finally(() => (process.env.HTTPS_PROXY = proxy));
		expect(error.message).toContain('n8n could not reach JOFI');
		expect(error.description).toMatch(/^Nothing was sent\..*\(ECONNREFUSED\)/);
	});

	test.each<[Fault, RegExp]>([
		[{ status: 401, json: { error: 'no' } }, /refused the API key \(401\)/],
		[{ status: 405, text: 'Method Not Allowed' }, /does not offer.*\(405\)/],
		[{ status: 429, text: 'slow down' }, /too many requests.*\(429\)/],
		[{ status: 503, text: '<html>' }, /not available.*\(503\)/],
		[{ status: 307, text: '', headers: { location: '/elsewhere' } }, /can't be read \(307\)/],
		[{ status: 200, text: '<html>login</html>' }, /can't be read \(200\)/],
		[{ status: 200, json: [1] }, /can't be read \(200\)/],
		[{ hangUp: true, isTakenFirst: true }, /could not reach JOFI/],
	])('one request is sent, whatever JOFI answers: %j', async (fault, words) => {
		for (const parameters of [create, { ...getTestTaker, testTakerId: 1 }]) {
			engine.jofi.forgetRequests();
			engine.jofi.fail(fault);
			const error = await failure(parameters);
			expect(error.message).toMatch(words);
			expect(error.description).toMatch(/\w/);
			expect(engine.jofi.requests).toHaveLength(1);
		}
	});
});

describe('lists to choose from', () => {
	const JANE = 'jane.recruiter@jofiscore.com';
	const JOE = 'joe.coach@jofiscore.com';

	test.each([
		[
			'searchUsers',
			'',
			[
				{ name: `Jane Recruiter (${JANE})`, value: JANE },
				{ name: `Joe Coach (${JOE})`, value: JOE },
			],
		],
		['searchUsers', 'COACH', [{ name: `Joe Coach (${JOE})`, value: JOE }]],
		[
			'searchTeams',
			undefined,
			[
				{ name: 'Recruiting', value: 100 },
				{ name: 'Sales', value: 101 },
			],
		],
		[
			'searchScoreProfiles',
			'zone',
			[{ name: 'Management Zone 2 (JOFI-112-CE)', value: 'JOFI-112-CE' }],
		],
		[
			'getAssessments',
			undefined,
			expect.arrayContaining([{ name: 'JOFI Thinking Skills', value: 7 }]),
		],
	])('%s with %j typed', async (method, filter, entries) => {
		expect(await engine.entries(method, filter)).toEqual(entries);
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
		[{ status: 503, text: '' }, /JOFI is not available/],
	])('JOFI answers %j: n8n shows the error', async (fault, words) => {
		engine.jofi.fail(fault, { times: 2 });
		await expect(engine.entries('searchUsers')).rejects.toThrow(words);
		await expect(engine.entries('getAssessments')).rejects.toThrow(words);
	});
});
