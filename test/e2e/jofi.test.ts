/** The JOFI node in a real n8n. Its operations and errors one by one are in test/engine/jofi.test.ts. */
import { sharedTestServer } from '../support/n8n/testServer';
import { FakeInternet } from '../support/outside/internet';
import { JOFI_HOST, JofiApi, type Fault } from '../support/outside/jofiApi';
import { byHandWorkflow, JOFI_NAME, JOFI_TYPE, jofiNode, runByHand } from '../support/workflows';

const WRONG_KEY = 'sk_live_key_that_nobody_knows';

const jofi = new JofiApi();
let internet: FakeInternet;
let n8n: Awaited<ReturnType<typeof sharedTestServer>>;
let credential: { id: string; name: string };

beforeAll(async () => {
	n8n = await sharedTestServer();
	internet = await FakeInternet.start({ [JOFI_HOST]: jofi.api }, n8n.internet);
	credential = await n8n.rest.createCredential('jofiApi', { apiKey: jofi.liveKey });
});

afterAll(async () => {
	await internet?.stop();
});

beforeEach(() => jofi.forgetRequests());

interface RunOptions {
	items?: Array<Record<string, unknown>>;
	onError?: string;
}

/** Runs the node in a workflow of its own. */
async function run(parameters: Record<string, unknown>, { items, onError }: RunOptions = {}) {
	const node = jofiNode(parameters, credential, { ...(onError && { onError }) });
	const workflow = await n8n.rest.createWorkflow(byHandWorkflow('JOFI', [node], items));
	return await runByHand(n8n.rest, workflow);
}

/** The items of each output of a run that succeeds. */
async function outputs(parameters: Record<string, unknown>, options?: RunOptions) {
	const execution = await run(parameters, options);
	await n8n.rest.expectSuccess(execution);
	const items = await n8n.rest.outputsOf(execution.id, JOFI_NAME);
	return items.map((output) => output?.map(({ json }) => json));
}

/** Why a run fails. */
async function failure(parameters: Record<string, unknown>, options?: RunOptions) {
	const { id, status } = await run(parameters, options);
	expect(status).toBe('error');
	return await n8n.rest.errorOf(id);
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

test('invites the person of an item, and finds the invitation again', async () => {
	const additionalFields = {
		teamId: { __rl: true, mode: 'list', value: 101 },
		assessmentIds: '={{ [6, 8] }}',
		sendViaEmail: false,
	};
	const [[created] = []] = await outputs({ ...create, additionalFields }, { items: [applicant] });
	const body = {
		first_name: 'Xanthippe',
		last_name: 'Quillfeather',
		email: 'xanthippe@quillfeather.example',
		created_by_user_email: 'jane.recruiter@jofiscore.com',
		person_id: 'APP-77001',
		team_id: 101,
		assessments_to_assign: [{ test_id: 6 }, { test_id: 8 }],
		send_via_email: false,
	};
	const sent = { method: 'POST', path: '/invitations', query: {}, mode: 'live', body };
	expect(jofi.requests).toEqual([sent]);
	expect(created).toMatchObject({ full_name: 'Xanthippe Quillfeather', mode: 'live' });

	const invitation = { resource: 'invitation', invitationId: created?.invitation_id };
	expect(await outputs({ ...invitation, operation: 'get' })).toEqual([[created]]);
	expect(await outputs({ ...invitation, operation: 'getAll', limit: 5 })).toEqual([
		[{ ...created, total_count: 1, has_more: false }],
	]);
});

test('shows in words what JOFI refuses, without what it repeats of the person', async () => {
	jofi.fail({
		status: 400,
		json: { error: [{ message: `No user ${applicant.mail}, ${applicant.last}` }] },
	});
	expect(await failure(create, { items: [applicant] })).toMatch(
		/^JOFI did not accept this invitation: No user \[email\], \[name\] Nothing was created\./,
	);
});

test.each<Fault>([
	{ status: 307, text: '', headers: { location: '/api/v2/invitations' } },
	{ hangUp: true, isTakenFirst: true },
])('invites once, whatever happens: %j', async (fault) => {
	jofi.fail(fault);
	await failure(create, { items: [applicant] });
	expect(jofi.requests).toMatchObject([{ method: 'POST' }]);
});

test('On Error → Continue returns the item with its error, and the others go on', async () => {
	const { testTakerId } = jofi.accept(jofi.invite());
	const items = [
		{ row: 1, test_taker_id: 1 },
		{ row: 2, test_taker_id: testTakerId },
	];
	const failed = {
		row: 1,
		error: expect.stringContaining('test taker 1'),
		message: expect.stringContaining("Check 'Test Taker ID'"),
	};
	const succeeded = { test_taker_id: testTakerId };
	expect(await outputs(getTestTaker, { items, onError: 'continueRegularOutput' })).toMatchObject([
		[failed, succeeded],
	]);
	expect(await outputs(getTestTaker, { items, onError: 'continueErrorOutput' })).toMatchObject([
		[succeeded],
		[failed],
	]);
});

describe('the test of the credential', () => {
	// A saved one with another key: n8n 2.20 tests none that is not saved.
	const expectVerdict = async (apiKey: string, status: string, message = /./) => {
		const verdict = await n8n.rest.call('POST', '/credentials/test', {
			credentials: { ...credential, type: 'jofiApi', data: { apiKey } },
		});
		expect(verdict).toMatchObject({ status, message: expect.stringMatching(message) });
	};
	const words = (ours: RegExp, n8nsOwn: RegExp) =>
		n8n.server.n8n.release.tellsStatusInItsOwnWords ? n8nsOwn : ours;

	test.each([jofi.liveKey, jofi.testKey])('accepts %s', async (apiKey) => {
		await expectVerdict(apiKey, 'OK');
		expect(jofi.requests).toMatchObject([{ path: '/accounts' }]);
	});

	test('says that JOFI does not know a key, or has a problem', async () => {
		const unknown = words(/^JOFI does not know this API key/, /could not be found/);
		await expectVerdict(WRONG_KEY, 'Error', unknown);
		jofi.fail({ status: 503, text: '' });
		const problem = words(/not available at the moment/, /Service unavailable/);
		await expectVerdict(jofi.liveKey, 'Error', problem);
	});

	test.each([
		['sk_live_1 ', /has spaces/],
		['', /API Key is empty/],
	])('says what is wrong with %j', async (apiKey, said) => {
		await expectVerdict(apiKey, 'Error', said);
	});
});

describe('HTTP Request with the JOFI API credential', () => {
	const requestFrom = async (url: string) => {
		const authentication = {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'jofiApi',
		};
		const node = jofiNode({ url, ...authentication, options: {} }, credential, {
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
		});
		const workflow = await n8n.rest.createWorkflow(byHandWorkflow('HTTP Request', [node]));
		return await runByHand(n8n.rest, workflow);
	};

	test('gets from JOFI, and the key stays out of the run', async () => {
		const { id } = await requestFrom(`https://${JOFI_HOST}/api/v2/teams`);
		const items = await n8n.rest.outputsOf(id, 'HTTP Request');
		expect(items).toMatchObject([[{ json: { mode: 'live', object: 'list' } }]]);
		expect(jofi.requests).toMatchObject([{ method: 'GET', path: '/teams', mode: 'live' }]);
		expect(JSON.stringify(items)).not.toContain(jofi.liveKey);
	});

	test('sends the key nowhere else', async () => {
		const { id } = await requestFrom('https://evil.example/api/v2/teams');
		expect(await n8n.rest.errorOf(id)).toMatch(/only for https:\/\/www\.jofiscore\.com/);
		expect(internet.refusedHosts).not.toContain('evil.example');
	});
});

test('an AI Agent finds the JOFI node among its tools, and not the trigger', async () => {
	const types = await n8n.rest.nodeTypes();
	const names = types.map(({ name }) => name).filter((name) => name.startsWith('n8n-nodes-jofi'));
	expect(names.sort()).toEqual([JOFI_TYPE, `${JOFI_TYPE}Tool`, `${JOFI_TYPE}Trigger`].sort());
});

test("n8n's log holds neither a person's data nor a key", async () => {
	// A name that was typed into the node itself would be logged with the node's parameters.
	const { first: firstName, last: lastName, mail: email } = applicant;
	jofi.fail({ status: 503, text: '' });
	await failure({ ...create, firstName, lastName, email, personId: '' });
	const { log } = n8n.server;
	expect(log).toContain('Running node "JOFI" finished with error');
	const withheld = [jofi.liveKey, jofi.testKey, WRONG_KEY, ...Object.values(applicant)];
	const lines = log.split('\n').filter((line) => withheld.some((text) => line.includes(text)));
	expect(lines).toEqual([]);
});
