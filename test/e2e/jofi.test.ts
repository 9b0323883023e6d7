/** The JOFI node in a real n8n, with JOFI played on loopback over HTTPS. */
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import type { RecordedItem } from '../support/n8n/rest';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { FakeInternet } from '../support/outside/internet';
import { JOFI_HOST, JofiApi, type Fault } from '../support/outside/jofiApi';
import { byHandWorkflow, JOFI_NAME, JOFI_TYPE, jofiNode, runByHand } from '../support/workflows';

const PERSON_COLUMNS = COLUMN_NAMES.filter((name) => !name.startsWith('event_'));
const WRONG_KEY = 'sk_live_key_that_nobody_knows';

const jofi = new JofiApi();
let internet: FakeInternet;
/** Whether JOFI takes requests and never answers. */
let isSilent = false;
let n8n: TestServer;
const credentials: Record<string, { id: string; name: string }> = {};

beforeAll(async () => {
	const shared = await sharedTestServer();
	n8n = shared;
	internet = await FakeInternet.start(
		{
			[JOFI_HOST]: async (visit) =>
				isSilent ? await new Promise<never>(() => undefined) : jofi.api(visit),
		},
		shared.internet,
	);
	const keys = { live: jofi.liveKey, test: jofi.testKey, wrong: WRONG_KEY, spaced: 'sk_live_1 ' };
	for (const [name, apiKey] of Object.entries(keys)) {
		credentials[name] = await n8n.rest.createCredential('jofiApi', { apiKey }, name);
	}
});

afterAll(async () => {
	await internet?.stop();
});

beforeEach(() => jofi.forgetRequests());

interface RunOptions {
	items?: Array<Record<string, unknown>>;
	credential?: string;
	onError?: string;
}

/** Runs the node in a workflow of its own. Out: the items of each output, or why the run failed. */
async function run(
	parameters: Record<string, unknown>,
	{ items, credential = 'live', onError }: RunOptions = {},
): Promise<{ outputs: RecordedItem[][]; error: string }> {
	const node = jofiNode(parameters, credentials[credential], { ...(onError && { onError }) });
	const workflow = await n8n.rest.createWorkflow(byHandWorkflow('JOFI', [node], items));
	const { id, status } = await runByHand(n8n.rest, workflow);
	if (status !== 'success') return { outputs: [], error: await n8n.rest.errorOf(id) };
	return { outputs: await n8n.rest.outputsOf(id, JOFI_NAME), error: '' };
}

async function rows(parameters: Record<string, unknown>, options?: RunOptions) {
	const { outputs, error } = await run(parameters, options);
	expect(error).toBe('');
	return (outputs[0] ?? []).map(({ json }) => json);
}

const getTestTaker = {
	resource: 'testTaker',
	operation: 'get',
	testTakerId: '={{ $json.test_taker_id }}',
};

const create = {
	resource: 'invitation',
	operation: 'create',
	createdByUserEmail: { __rl: true, mode: 'email', value: 'jane.recruiter@jofiscore.com' },
	firstName: '={{ $json.first }}',
	lastName: '={{ $json.last }}',
	email: '={{ $json.mail }}',
	personId: '={{ $json.number }}',
};

/** An applicant whose name is found nowhere by accident. */
const applicant = {
	first: 'Xanthippe',
	last: 'Quillfeather',
	mail: 'xanthippe@quillfeather.example',
	number: 'APP-77001',
};

describe('every operation', () => {
	test('Invitation: Create, Get, Get Many', async () => {
		const [created] = await rows(
			{
				...create,
				additionalFields: {
					teamId: { __rl: true, mode: 'list', value: 101 },
					assessmentIds: '={{ [6, 8] }}',
					customId: 'REQ-5',
					sendViaEmail: false,
					sendViaSms: false,
				},
			},
			{ items: [applicant] },
		);
		const posted = jofi.requests.filter(({ method }) => method === 'POST');
		expect(posted).toHaveLength(1);
		expect(posted[0]?.body).toEqual({
			first_name: 'Xanthippe',
			last_name: 'Quillfeather',
			email: 'xanthippe@quillfeather.example',
			created_by_user_email: 'jane.recruiter@jofiscore.com',
			person_id: 'APP-77001',
			custom_id: 'REQ-5',
			team_id: 101,
			assessments_to_assign: [{ test_id: 6 }, { test_id: 8 }],
			send_via_email: false,
			send_via_sms: false,
		});
		expect(Object.keys(created ?? {})).toEqual([...PERSON_COLUMNS, 'mode']);

		const id = created?.invitation_id;
		const [got] = await rows(
			{ resource: 'invitation', operation: 'get', invitationId: '={{ $json.id }}' },
			{ items: [{ id }] },
		);
		expect(got).toEqual(created);

		const listed = await rows({ resource: 'invitation', operation: 'getAll', limit: 5 });
		expect(listed[0]).toEqual({ ...created, total_count: 1, has_more: false });
	});

	test('Test Taker: Get, Get Many, Get Scorecard in both shapes', async () => {
		const people = [1, 2].map((number) =>
			jofi.complete(jofi.invite({ person_id: `APP-${number}` })),
		);
		const items = people.map(({ testTakerId }) => ({ test_taker_id: testTakerId }));
		const taken = await rows(getTestTaker, { items });
		expect(taken).toMatchObject([
			{ person_id: 'APP-1', all_assessments_completed: true, mode: 'live' },
			{ person_id: 'APP-2', assessments_completed: 3, mode: 'live' },
		]);

		const listed = await rows({ resource: 'testTaker', operation: 'getAll', limit: 1 });
		expect(listed).toMatchObject([{ person_id: 'APP-2', has_more: false }]);
		const raw = await rows({ resource: 'testTaker', operation: 'getAll', simplify: false });
		expect(raw[0]).toMatchObject({ object: 'test_taker_list_item', mode: 'live' });

		const scorecard = {
			...getTestTaker,
			operation: 'getScorecard',
			scoreProfile: { __rl: true, mode: 'list', value: 'JOFI-295-AS' },
		};
		const [card] = await rows(scorecard, { items: items.slice(0, 1) });
		expect(card).toMatchObject({
			object: 'scorecard',
			score_profile: { short_name: 'JOFI-295-AS' },
		});
		const scores = await rows({ ...scorecard, rows: 'scores' }, { items });
		expect(scores).toHaveLength(12);
		expect(scores.filter(({ person_id: person }) => person === 'APP-2')).toHaveLength(6);
	});

	test('Career Navigation Profile: Get, Get Many', async () => {
		const { profileId } = jofi.createProfile(jofi.invite());
		const resource = 'careerNavigationProfile';
		const wanted = { career_navigation_profile_id: profileId, mode: 'live' };
		expect(
			await rows({ resource, operation: 'get', careerNavigationProfileId: profileId }),
		).toMatchObject([wanted]);
		expect(await rows({ resource, operation: 'getAll' })).toMatchObject([
			{ ...wanted, total_count: 1 },
		]);
	});

	test('Account: Get, Check Webhook', async () => {
		expect(await rows({ resource: 'account', operation: 'get' })).toMatchObject([
			{ object: 'account', mode: 'live' },
		]);
		const productionUrl = 'https://n8n.example.com/webhook/1/jofi';
		const check = { resource: 'account', operation: 'checkWebhook', productionUrl };
		expect(await rows(check)).toMatchObject([
			{ is_ok: false, problem: expect.stringMatching(/no webhook URL.*not enabled/) },
		]);
		Object.assign(jofi, { webhookEndpoint: productionUrl, webhooksEnabled: true });
		expect(await rows(check)).toMatchObject([{ is_ok: true, problem: null }]);
		expect(await rows(check, { credential: 'test' })).toMatchObject([
			{ is_ok: false, problem: expect.stringMatching(/test key/), mode: 'test' },
		]);
	});
});

describe('every error, in words', () => {
	const getOne = { ...getTestTaker, testTakerId: '12345' };

	test('an ID that JOFI does not know', async () => {
		const { error } = await run({ ...getTestTaker, testTakerId: '1' });
		expect(error).toMatch(/^JOFI did not give the test taker 1: Test taker not found Most often/);
	});

	test('a wrong key, and one that can’t be a key', async () => {
		expect((await run(getOne, { credential: 'wrong' })).error).toMatch(
			/^JOFI does not know this API key/,
		);
		expect((await run(getOne, { credential: 'spaced' })).error).toMatch(
			/^The JOFI API credential can’t be used The API Key has spaces/,
		);
	});

	test('a profile that is not there', async () => {
		const parameters = {
			resource: 'careerNavigationProfile',
			operation: 'get',
			careerNavigationProfileId: 'CNP0',
		};
		expect((await run(parameters)).error).toMatch(/^JOFI does not have this career navigation/);
	});

	test.each<[Fault, RegExp]>([
		[{ status: 405, text: 'Method Not Allowed' }, /^JOFI does not offer/],
		[{ status: 429, text: '' }, /^JOFI got too many requests/],
		[{ status: 503, text: '<html>' }, /^JOFI has a problem of its own/],
		[{ status: 200, text: '<html>' }, /^JOFI's answer .* can't be read/],
		[{ hangUp: true }, /^n8n could not reach JOFI/],
	])('%j', async (fault, words) => {
		jofi.fail(fault, { path: /test-takers/ });
		expect((await run(getOne)).error).toMatch(words);
		expect(jofi.requests).toHaveLength(1);
	});

	test('what JOFI says of an invitation, and its word for the email', async () => {
		const items = [{ ...applicant, mail: 'xanthippe at quillfeather' }];
		expect((await run(create, { items })).error).toMatch(
			/sent_to_email is not a valid email address.*“sent_to_email” means the field Email/,
		);
		jofi.fail({
			status: 400,
			json: { error: [{ message: `No user ${applicant.mail}, ${applicant.last}` }] },
		});
		expect((await run(create, { items: [applicant] })).error).toContain('No user [email], [name]');
	});

	test.each<Fault>([
		{ status: 401, json: {} },
		{ status: 500, text: '' },
		{ status: 307, text: '', headers: { location: '/api/v2/invitations' } },
		{ hangUp: true, isTakenFirst: true },
	])('Create is sent once, whatever happens: %j', async (fault) => {
		jofi.fail(fault, { path: /^POST/ });
		expect((await run(create, { items: [applicant] })).error).not.toBe('');
		expect(jofi.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('On Error → Continue gives the item with its error, the others go on', async () => {
		const { testTakerId } = jofi.accept(jofi.invite());
		const items = [
			{ row: 1, test_taker_id: 1 },
			{ row: 2, test_taker_id: testTakerId },
		];
		const together = await run(getTestTaker, { items, onError: 'continueRegularOutput' });
		expect(together.outputs[0]?.map(({ json }) => json)).toMatchObject([
			{
				row: 1,
				error: expect.stringContaining('test taker 1'),
				message: expect.stringContaining('Most often'),
			},
			{ test_taker_id: testTakerId },
		]);

		const apart = await run(getTestTaker, { items, onError: 'continueErrorOutput' });
		expect(apart.outputs[0]?.map(({ json }) => json)).toMatchObject([
			{ test_taker_id: testTakerId },
		]);
		expect(apart.outputs[1]?.map(({ json }) => json)).toMatchObject([
			{
				row: 1,
				error: expect.stringContaining('test taker 1'),
				message: expect.stringContaining('Most often'),
			},
		]);
	});
});

test('a name that was typed into the node itself does not get into the log with an error', async () => {
	const typed = { ...create, firstName: applicant.first, lastName: applicant.last };
	jofi.fail({ status: 503, text: '' });
	expect((await run({ ...typed, email: applicant.mail, personId: '' })).error).not.toBe('');
});

describe('the credential', () => {
	// A saved one with another key: n8n 2.20 tests none that is not saved.
	const verdictOf = async (apiKey: string) =>
		await n8n.rest.call<{ status: string; message: string }>('POST', '/credentials/test', {
			credentials: { ...credentials.live, type: 'jofiApi', data: { apiKey } },
		});
	const words = (ours: RegExp, n8nsOwn: RegExp) =>
		n8n.server.n8n.release.tellsStatusInItsOwnWords ? n8nsOwn : ours;

	test('right keys', async () => {
		expect(await verdictOf(jofi.liveKey)).toMatchObject({ status: 'OK' });
		expect(await verdictOf(jofi.testKey)).toMatchObject({ status: 'OK' });
		expect(jofi.requests.map(({ path }) => path)).toEqual(['/accounts', '/accounts']);
	});

	test('a wrong key', async () => {
		const said = words(/^JOFI does not know this API key/, /could not be found/);
		expect(await verdictOf(WRONG_KEY)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(said),
		});
	});

	test.each([
		['sk_live_1 ', /has spaces/],
		['whsec_abc', /signing secret of a webhook/],
		['', /API Key is empty/],
	])('%j', async (key, said) => {
		expect(await verdictOf(key)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(said),
		});
	});

	test('JOFI with a problem of its own', async () => {
		jofi.fail({ status: 503, text: '' });
		expect(await verdictOf(jofi.liveKey)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(words(/problem of its own/, /Service unavailable/)),
		});
	});
});

test.each([
	[`https://${JOFI_HOST}/api/v2/teams`, true],
	['https://evil.example/api/v2/teams', false],
])(
	'HTTP Request with the JOFI API credential to %s: %p, and the key stays out of the run',
	async (url, isJofi) => {
		const node = {
			...jofiNode({
				url,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'jofiApi',
				options: {},
			}),
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			credentials: { jofiApi: credentials.live as { id: string; name: string } },
		};
		const workflow = await n8n.rest.createWorkflow(byHandWorkflow('HTTP Request', [node]));
		const { id, status } = await runByHand(n8n.rest, workflow);
		if (!isJofi) {
			expect(await n8n.rest.errorOf(id)).toMatch(/only for https:\/\/www\.jofiscore\.com/);
			expect(internet.refusedHosts).not.toContain('evil.example');
			return;
		}
		expect(status).toBe('success');
		const [[item] = []] = await n8n.rest.outputsOf(id, 'HTTP Request');
		expect(item?.json).toMatchObject({ mode: 'live', object: 'list' });
		expect(jofi.requests).toMatchObject([{ method: 'GET', path: '/teams', mode: 'live' }]);
		expect(JSON.stringify(await n8n.rest.outputsOf(id, 'HTTP Request'))).not.toContain(
			jofi.liveKey,
		);
	},
);

test('gives up when JOFI takes the request and never answers', async () => {
	isSilent = true;
	const { error } = await run({ resource: 'account', operation: 'get' });
	isSilent = false;
	expect(error).toContain('JOFI did not answer within 30 seconds for the account');
});

test('an AI Agent finds the JOFI node among its tools, and the trigger not', async () => {
	const types = await n8n.rest.nodeTypes();
	const names = types.map(({ name }) => name).filter((name) => name.startsWith('n8n-nodes-jofi'));
	expect(names.sort()).toEqual([JOFI_TYPE, `${JOFI_TYPE}Tool`, `${JOFI_TYPE}Trigger`].sort());
});

test("n8n's log tells nothing of a person, and no key", () => {
	const { log } = n8n.server;
	expect(log).toContain('Running node "JOFI" finished with error');
	const withheld = [jofi.liveKey, jofi.testKey, WRONG_KEY, ...Object.values(applicant)];
	const lines = log.split('\n').filter((line) => withheld.some((text) => line.includes(text)));
	expect(lines).toEqual([]);
});
