import { gzipSync } from 'node:zlib';
import { EVENT_CATALOGUE } from '../../nodes/Jofi/events/catalogue';
import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import {
	basicAuth,
	deliverAsOftenAsAsked,
	EVENT_TYPES,
	hmac,
	jofiEvent,
	send,
	type Signing,
	standardWebhooks,
	stripeStyle,
	unsigned,
} from '../support/jofi';
import { acceptNewRuns, refuseNewRuns } from '../support/n8n/database';
import { eventually } from '../support/eventually';
import { waitForWebhook } from '../support/n8n/rest';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { personalData } from '../support/privacy';
import { jofiTrigger, productionUrl, TRIGGER_NAME, triggerWorkflow } from '../support/workflows';

const SECRET = 'e2e-signing-secret-ü';
const PREVIOUS_SECRET = 'e2e-previous-secret';
const STANDARD_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const USERNAME = 'jofi-ü';
const PASSWORD = 'e2e:pass:wörd';
const FORGERS_SECRET = 'e2e-secret-of-a-forger';
const SECRET_BEFORE = 'e2e-secret-before-the-change';
const SECRET_AFTER = 'e2e-secret-after-the-change';

const CREDENTIALS = {
	hmac: {
		verificationMethod: 'hmac',
		signingSecret: SECRET,
		previousSigningSecret: PREVIOUS_SECRET,
	},
	standard: { verificationMethod: 'hmac', signingSecret: STANDARD_SECRET },
	pinned: { verificationMethod: 'hmac', signingSecret: SECRET, signatureHeader: 'X-Pinned' },
	basicAuth: { verificationMethod: 'basicAuth', username: USERNAME, password: PASSWORD },
	toBeChanged: { verificationMethod: 'hmac', signingSecret: SECRET_BEFORE },
	toBeRemoved: { verificationMethod: 'hmac', signingSecret: SECRET },
	toBeBlanked: { verificationMethod: 'hmac', signingSecret: SECRET },
};
type CredentialName = keyof typeof CREDENTIALS;

const ALL_OUTPUTS = [...EVENT_CATALOGUE.map(({ name }) => name), 'Other Events'];

/** What Teams may hold, and whether the event of a person in the team Recruiting (100) passes. */
const TEAMS = {
	list: { teams: "={{ ['Recruiting'] }}", passes: true },
	listOfNumbers: { teams: '={{ [100] }}', passes: true },
	otherList: { teams: "={{ ['Sales'] }}", passes: false },
	undefinedValue: { teams: '={{ undefined }}', passes: false },
	nullValue: { teams: '={{ null }}', passes: false },
	object: { teams: '={{ ({ a: 1 }) }}', passes: false },
	emptyList: { teams: '={{ [] }}', passes: false },
	missingField: { teams: '={{ $json.missing }}', passes: false },
	blank: { teams: '', passes: true },
};
type TeamsName = keyof typeof TEAMS;
const withTeams = (name: TeamsName): WorkflowPlan => ({
	credential: 'hmac',
	parameters: { filters: { teams: TEAMS[name].teams } },
});

/** The workflows of this file: the trigger's parameters and credential, and a node for each output. */
const WORKFLOWS = {
	rows: { credential: 'hmac' },
	wholeEvents: { credential: 'hmac', parameters: { simplify: false } },
	rowsByBasicAuth: { credential: 'basicAuth' },
	wholeEventsByBasicAuth: { credential: 'basicAuth', parameters: { simplify: false } },
	separate: { credential: 'hmac', parameters: { separateOutputs: true }, outputs: ALL_OUTPUTS },
	someSeparate: {
		credential: 'hmac',
		parameters: {
			events: ['test_taker.assessment_completed', 'invitation.accepted'],
			separateOutputs: true,
		},
		outputs: ['Invitation Accepted', 'Assessment Completed'],
	},
	notRun: {
		credential: 'hmac',
		parameters: {
			events: ['test_taker.assessment_completed', 'test_taker.created'],
			assessmentCompletion: 'all',
			filters: { teams: 'recruiting' },
			options: { maxEventAge: 60 },
		},
	},
	list: withTeams('list'),
	listOfNumbers: withTeams('listOfNumbers'),
	otherList: withTeams('otherList'),
	undefinedValue: withTeams('undefinedValue'),
	nullValue: withTeams('nullValue'),
	object: withTeams('object'),
	emptyList: withTeams('emptyList'),
	missingField: withTeams('missingField'),
	blank: withTeams('blank'),
	confirmed: { credential: 'hmac', parameters: { options: { confirmEndpoint: "={{ 'true' }}" } } },
	ageless: { credential: 'hmac', parameters: { options: { maxEventAge: "={{ 'an hour' }}" } } },
	refusals: { credential: 'hmac' },
	basicRefusals: { credential: 'basicAuth' },
	visited: { credential: 'hmac' },
	anyMethod: { credential: 'hmac' },
	styles: { credential: 'hmac' },
	standard: { credential: 'standard' },
	pinned: { credential: 'pinned' },
	bodies: { credential: 'hmac', parameters: { simplify: false } },
	parallel: { credential: 'hmac' },
	failedFirst: { credential: 'hmac' },
	spreadsheet: {
		credential: 'hmac',
		parameters: { options: { dateFormat: 'spreadsheet', includeRawEvent: true } },
	},
	changed: { credential: 'toBeChanged' },
	removed: { credential: 'toBeRemoved' },
	blanked: { credential: 'toBeBlanked' },
} satisfies Record<string, WorkflowPlan>;

interface WorkflowPlan {
	credential: CredentialName;
	parameters?: Record<string, unknown>;
	outputs?: string[];
}
type WorkflowName = keyof typeof WORKFLOWS;

/** They read n8n's log and change its database, which an n8n at N8N_URL keeps to itself. */
const testWithFiles = process.env.N8N_URL === undefined ? test : test.skip;

let n8n: TestServer;
/** How much others had written into n8n's log before. */
let logBefore: number;
const credentials = {} as Record<CredentialName, { id: string; name: string }>;
const workflows = {} as Record<WorkflowName, { id: string; url: string }>;

/** What makes a credential unusable, and what n8n says when a workflow with it is to be published. */
const UNUSABLE = [
	{ data: { verificationMethod: 'hmac', signingSecret: ' ' }, says: /Signing Secret is empty/ },
	{ data: { verificationMethod: 'hmac', signingSecret: 'sk_live_1' }, says: /JOFI API key/ },
	{ data: undefined, says: /credential/i },
];
/** The workflows with these, and what n8n said at once. */
const notPublished: Array<{ id: string; said?: string }> = [];

beforeAll(async () => {
	n8n = await sharedTestServer();
	logBefore = n8n.server.log.length;
	const { rest, server } = n8n;
	for (const [name, data] of Object.entries(CREDENTIALS)) {
		credentials[name as CredentialName] = await rest.createCredential('jofiWebhookApi', data, name);
	}
	const plans = Object.entries(WORKFLOWS) as Array<[WorkflowName, WorkflowPlan]>;
	// Not at once: on SQLite n8n 1.x has one connection, where two transactions trip each other.
	for (const [name, plan] of plans) {
		const trigger = jofiTrigger(plan.parameters ?? {}, credentials[plan.credential]);
		const workflow = await rest.createWorkflow(triggerWorkflow(name, trigger, plan.outputs));
		await rest.publish(workflow);
		workflows[name] = { id: workflow.id, url: productionUrl(server.url, trigger) };
	}
	// n8n tries for a quarter of a minute before it says why it can't.
	for (const { data } of UNUSABLE) {
		const credential = data && (await rest.createCredential('jofiWebhookApi', data));
		const workflow = triggerWorkflow('Not published', jofiTrigger({}, credential));
		const { id } = await rest.createWorkflow(workflow);
		const said = await rest.publish({ id }).then(() => undefined, String);
		notPublished.push({ id, said });
	}
	await Promise.all(Object.values(workflows).map(({ url }) => waitForWebhook(url)));
	await takeSecretsAway();
});

const BEFORE_TAKEN_AWAY = 12;

/** Does so early, since a secret that the node has read once counts for ten seconds. */
async function takeSecretsAway(): Promise<void> {
	for (const workflow of ['removed', 'blanked'] as const) {
		for (let sent = 0; sent < BEFORE_TAKEN_AWAY; sent += 1) {
			expect((await post(workflow, jofiEvent('invitation.created'))).status).toBe(200);
		}
	}
	await n8n.rest.deleteCredential(credentials.toBeRemoved.id);
	const blank = { verificationMethod: 'hmac', signingSecret: ' ' };
	const { id, name } = credentials.toBeBlanked;
	await n8n.rest.updateCredential(id, 'jofiWebhookApi', name, blank);
}

/** Everything that proved a delivery in this file: no log may hold it. */
const sentSignatures = new Set<string>();

const post = async (
	workflow: WorkflowName,
	content: object | string | Buffer,
	signing: Signing = hmac(SECRET),
	headers?: Record<string, string>,
) => {
	const noted: Signing = (body) => {
		const signed = signing(body);
		const written = Object.values(signed).flatMap((value) => value.match(/[\w+/-]{20,}/g) ?? []);
		for (const signature of written) sentSignatures.add(signature);
		return signed;
	};
	return await deliverAsOftenAsAsked(workflows[workflow].url, content, noted, headers);
};

/** The executions of a workflow once there are so many; fails if there are more. */
const runs = async (workflow: WorkflowName, count: number) => {
	const executions = await n8n.rest.finishedExecutions(workflows[workflow].id, count);
	expect(executions).toHaveLength(count);
	expect(executions.every(({ status }) => status === 'success')).toBe(true);
	return executions;
};

/** What left the trigger in each run, oldest first: for each run the items of each output. */
const outputsOfRuns = async (workflow: WorkflowName, count: number) => {
	const executions = (await runs(workflow, count)).reverse();
	return await Promise.all(executions.map(({ id }) => n8n.rest.outputsOf(id, TRIGGER_NAME)));
};

/** The one item of each run, oldest first. */
const itemsOfRuns = async (workflow: WorkflowName, count: number) =>
	(await outputsOfRuns(workflow, count)).map((outputs) => {
		const items = outputs.flat();
		expect(items).toHaveLength(1);
		return items[0]?.json ?? {};
	});

/**
 * Checks that nothing ran so far: a genuine event sent after all the others is the only one that runs.
 * n8n stores runs in the order in which they come, so that none of the others can be on its way.
 */
const nothingElseRan = async (workflow: WorkflowName, signing: Signing = hmac(SECRET)) => {
	const event = jofiEvent('invitation.created');
	expect((await post(workflow, event, signing)).status).toBe(200);
	const [row] = await itemsOfRuns(workflow, 1);
	expect(row?.event_id).toBe(event.id);
};

describe('each of the five events', () => {
	const signings = { hmac: hmac(SECRET), basicAuth: basicAuth(USERNAME, PASSWORD) };

	test.each([
		['rows', 'hmac'],
		['rowsByBasicAuth', 'basicAuth'],
	] as const)('as a row: %s', async (workflow, method) => {
		const events = EVENT_TYPES.map((type) => jofiEvent(type));
		for (const event of events) {
			expect(await post(workflow, event, signings[method])).toMatchObject({
				status: 200,
				body: '',
			});
		}
		const rows = await itemsOfRuns(workflow, 5);
		for (const [index, row] of rows.entries()) {
			expect(Object.keys(row)).toEqual(COLUMN_NAMES);
			expect(row).toMatchObject({
				event_id: events[index]?.id,
				event_type: EVENT_TYPES[index],
				invitation_id: 12345,
				full_name: 'Linda Sample',
			});
		}
		expect(rows[3]).toMatchObject({
			assessments_completed: 2,
			latest_completed_assessment: 'JOFI Personality Traits',
		});
	});

	test.each([
		['wholeEvents', 'hmac'],
		['wholeEventsByBasicAuth', 'basicAuth'],
	] as const)('as JOFI sent it: %s', async (workflow, method) => {
		const events = EVENT_TYPES.map((type) => jofiEvent(type));
		for (const event of events) await post(workflow, event, signings[method]);
		const items = await itemsOfRuns(workflow, 5);
		expect(items.map((item) => JSON.stringify(item))).toEqual(
			events.map((event) => JSON.stringify(event)),
		);
	});
});

describe('separate outputs', () => {
	test('each event leaves through its own, and those JOFI adds later through the last', async () => {
		for (const type of EVENT_TYPES) await post('separate', jofiEvent(type));
		await post('separate', jofiEvent('invitation.created', { type: 'invitation.revoked' }));
		const executions = (await runs('separate', 6)).reverse();
		for (const [index, { id }] of executions.entries()) {
			const reached = await Promise.all(
				ALL_OUTPUTS.map(async (node) => (await n8n.rest.outputsOf(id, node)).flat().length),
			);
			expect(reached).toEqual(ALL_OUTPUTS.map((_node, output) => (output === index ? 1 : 0)));
		}
	});

	test('with some events selected', async () => {
		await post('someSeparate', jofiEvent('test_taker.assessment_completed'));
		await post('someSeparate', jofiEvent('invitation.accepted'));
		const outputs = await outputsOfRuns('someSeparate', 2);
		expect(outputs.map((run) => run.map((items) => items.length))).toEqual([[0, 1], [1]]);
	});
});

describe('what callers get', () => {
	const recent = () => ({ created_at: new Date().toISOString() });
	const allCompleted = () => {
		const event = jofiEvent('test_taker.assessment_completed', recent());
		const assignments = event.data.object.assigned_assessments as Array<Record<string, unknown>>;
		for (const assignment of assignments) assignment.completed_at ??= '2026-02-03T13:00:00Z';
		return event;
	};

	test('events that are not wanted: 200 with the reason, and no run', async () => {
		const otherTeam = jofiEvent('test_taker.created', recent());
		otherTeam.data.object.team = { id: 7, display_name: 'Sales' };
		const wanted = allCompleted();
		const cases = [
			[jofiEvent('invitation.created', recent()), 'event_not_selected'],
			[jofiEvent('test_taker.assessment_completed', recent()), 'assessments_not_all_completed'],
			[otherTeam, 'filtered_out'],
			[wanted, undefined],
			[wanted, 'seen_before'],
		] as const;
		for (const [event, ignored] of cases) {
			const answer = await post('notRun', event);
			expect(answer.status).toBe(200);
			expect(answer.body).toBe(ignored ? JSON.stringify({ received: true, ignored }) : '');
		}
		const old = jofiEvent('test_taker.created', { created_at: '2026-01-01T00:00:00Z' });
		const answer = await post('notRun', old);
		expect(answer.status).toBe(400);
		expect(JSON.parse(answer.body)).toEqual({
			error: 'event_too_old',
			message: expect.any(String),
		});
		const [row] = await itemsOfRuns('notRun', 1);
		expect(row).toMatchObject({ event_id: wanted.id, all_assessments_completed: true });
	});

	test.each(Object.entries(TEAMS) as Array<[TeamsName, { teams: string; passes: boolean }]>)(
		'Teams as %s: %j',
		async (name, { passes }) => {
			const answer = await post(name, jofiEvent('test_taker.created'));
			// An expression that n8n can't evaluate is n8n's own 500: refused as well.
			if (passes) expect(answer).toMatchObject({ status: 200, body: '' });
			else expect(answer.body).toMatch(/filter_without_value|filtered_out|"code":0/);
			await runs(name, passes ? 1 : 0);
		},
	);

	test('a Maximum Event Age that is no number: 503, and no run', async () => {
		const answer = await post('ageless', jofiEvent('test_taker.created'));
		expect(answer.status).toBe(503);
		expect(answer.body).toContain('maximum_age_unreadable');
		await runs('ageless', 0);
	});

	test('sent to another endpoint: 400, and no run', async () => {
		const { url } = workflows.confirmed;
		const behindProxy = url.replace(/^http:\/\/[^/]+/, 'https://n8n.example.com/hooks');
		const elsewhere = [
			{ webhook_url: url.replace('/webhook/', '/webhook-test/') },
			{ webhook_url: 'https://n8n.example.com/webhook/another/jofi' },
			{ webhook_url: behindProxy, webhook_verification_method: 'basic_auth' },
		];
		for (const named of elsewhere) {
			const answer = await post('confirmed', jofiEvent('invitation.created', named));
			expect(answer.status).toBe(400);
			expect(JSON.parse(answer.body)).toMatchObject({ error: 'sent_to_another_endpoint' });
		}
		const here = jofiEvent('invitation.created', {
			webhook_url: behindProxy,
			webhook_verification_method: 'hmac',
		});
		expect((await post('confirmed', here)).status).toBe(200);
		const [row] = await itemsOfRuns('confirmed', 1);
		expect(row?.event_id).toBe(here.id);
	});

	test('unverified: 401, the same whatever the reason, and no run', async () => {
		const event = jofiEvent('invitation.created');
		const stale = Date.now() - 6 * 60 * 1000;
		const answers = [
			await post('refusals', event, unsigned),
			await post('refusals', event, hmac(FORGERS_SECRET)),
			await post('refusals', event, hmac(`${SECRET} `)),
			await post('refusals', event, basicAuth(USERNAME, PASSWORD)),
			await post('refusals', event, stripeStyle(SECRET, stale)),
			await post('refusals', event, standardWebhooks(SECRET, stale)),
			await post('refusals', event, () => hmac(SECRET)(Buffer.from('another body'))),
			await post('refusals', '', unsigned),
			await post('refusals', '{"id":"evt_1"}', unsigned),
			await post('refusals', gzipSync('{}'), hmac(FORGERS_SECRET), { 'content-encoding': 'gzip' }),
			await post('basicRefusals', event, unsigned),
			await post('basicRefusals', event, basicAuth(USERNAME, 'wrong')),
			await post('basicRefusals', event, basicAuth('wrong', PASSWORD)),
			await post('basicRefusals', event, hmac(SECRET)),
			await post('pinned', event, hmac(SECRET, { header: 'x-other' })),
		];
		for (const { status, body, headers } of answers) {
			expect({ status, body }).toEqual({ status: 401, body: '{"error":"unauthorized"}' });
			expect(headers['www-authenticate']).toBe('Basic realm="JOFI"');
			expect(Object.keys(headers)).toEqual(Object.keys(answers[0]?.headers ?? {}));
		}
		await nothingElseRan('refusals');
		const genuine = basicAuth(USERNAME, PASSWORD);
		await nothingElseRan('basicRefusals', (body) => ({
			authorization: (genuine(body).authorization ?? '').replace('Basic', 'bAsIc'),
		}));
	});

	test('a GET of the Production URL is a page that tells nothing, whatever is asked', async () => {
		const { url } = workflows.visited;
		const queries = ['', '?sample=invitation.created', '?sample=*', '?test=1&mode=manual'];
		const signed = hmac(SECRET)(Buffer.alloc(0));
		for (const query of queries) {
			for (const headers of [{}, { ...signed, 'x-http-method-override': 'POST' }]) {
				const page = await send('GET', url + query, Buffer.alloc(0), headers);
				expect(page.status).toBe(200);
				expect(page.body).toContain('This endpoint is live');
				expect(page.body).not.toMatch(/sample|visited|workflow|secret|evt_/i);
				expect(page.headers).toMatchObject({
					'content-security-policy': expect.stringMatching(
						/^default-src 'none'; style-src 'sha256-/,
					),
					'x-content-type-options': 'nosniff',
					'referrer-policy': 'no-referrer',
					'cache-control': 'no-store',
				});
			}
		}
		await nothingElseRan('visited');
	});

	test('no method, query or header gets a sample or a run out of the Production URL', async () => {
		const { url } = workflows.anyMethod;
		const event = Buffer.from(JSON.stringify(jofiEvent('invitation.created')));
		const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'POST'];
		const asked: Array<Record<string, string>> = [
			{},
			{ 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' },
			{ 'x-http-method-override': 'GET' },
			{ 'x-forwarded-proto': 'https', 'x-n8n-mode': 'manual', origin: 'https://jofiscore.com' },
			{ 'access-control-request-method': 'POST', origin: 'https://jofiscore.com' },
		];
		for (const method of methods) {
			for (const query of ['', '?sample=invitation.created&_method=POST']) {
				for (const headers of asked) {
					const body = method === 'TRACE' || method === 'HEAD' ? Buffer.alloc(0) : event;
					const answer = await send(method, url + query, body, {
						'content-type': 'application/json',
						...headers,
					});
					expect(answer.body).not.toContain('evt_');
					if (method === 'POST') expect(answer.status).toBe(401);
				}
			}
		}
		await nothingElseRan('anyMethod');
	});
});

test('every accepted way to sign', async () => {
	const encodings = ['hex', 'base64', 'base64url'] as const;
	const bare = (['sha256', 'sha512'] as const).flatMap((hash) =>
		encodings.map((encoding) => hmac(SECRET, { hash, encoding })),
	);
	const signings = [
		...bare,
		hmac(SECRET, { header: 'authorization', write: (signature) => `HMAC ${signature}` }),
		hmac(SECRET, { header: 'x-hub-signature-256', write: (signature) => `sha256=${signature}` }),
		hmac(SECRET, { write: (signature) => `SHA256=${signature.toUpperCase()}` }),
		hmac(SECRET, { write: (signature) => `sha256 ${signature}` }),
		hmac(SECRET, { write: (signature) => `v1=${'0'.repeat(64)}, v1=${signature}` }),
		hmac(PREVIOUS_SECRET),
		stripeStyle(SECRET),
		standardWebhooks(SECRET),
	];
	for (const [index, signing] of signings.entries()) {
		const { status } = await post('styles', jofiEvent('invitation.created'), signing);
		expect({ index, status }).toEqual({ index, status: 200 });
	}
	await runs('styles', signings.length);

	await post('standard', jofiEvent('invitation.created'), standardWebhooks(STANDARD_SECRET));
	await post('standard', jofiEvent('invitation.created'), hmac(STANDARD_SECRET));
	await runs('standard', 2);

	await post('pinned', jofiEvent('invitation.created'), hmac(SECRET, { header: 'x-pinned' }));
	await runs('pinned', 1);
});

test('the signature is that of the raw bytes, whatever they are', async () => {
	const event = jofiEvent('invitation.created', { text: 'ü 🎉 =1+1 مرحبا' });
	const text = `{ "z" : 1.0, "big": 12345678901234567890,\n ${JSON.stringify(event).slice(1)}  `;
	const parsed = JSON.stringify(JSON.parse(text));
	const unique = () => text.replace(event.id, `${event.id}${Math.random()}`);
	const gzipped = unique();

	const taken = [
		await post('bodies', text),
		await post('bodies', unique(), hmac(SECRET), { 'content-type': 'application/vnd.jofi+json' }),
		await post('bodies', unique(), hmac(SECRET), { 'content-type': 'application/octet-stream' }),
		await post('bodies', unique(), hmac(SECRET), { 'content-type': 'text/plain' }),
		await post('bodies', unique(), hmac(SECRET), {
			'content-type': 'application/x-www-form-urlencoded',
		}),
		await post('bodies', unique(), hmac(SECRET), { 'content-type': '' }),
		// n8n unpacks the body, so the signature is that of what was packed.
		await post('bodies', gzipSync(gzipped), () => hmac(SECRET)(Buffer.from(gzipped)), {
			'content-encoding': 'gzip',
		}),
	];
	expect(taken.map(({ status }) => status)).toEqual(taken.map(() => 200));

	const boundary = 'multipart/form-data; boundary=x';
	const form = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
	const empty = await post('bodies', '');
	expect(empty.status).toBe(400);
	expect(JSON.parse(empty.body)).toMatchObject({ error: 'invalid_json' });
	for (const [content, error] of [
		['null', 'not_an_event'],
		['5', 'not_an_event'],
		['[{"type":"invitation.created"}]', 'not_an_event'],
		['{}', 'not_an_event'],
	] as const) {
		const answer = await post('bodies', content);
		expect(answer.status).toBe(400);
		expect(JSON.parse(answer.body)).toMatchObject({ error });
	}
	// n8n does not hand these to a node as they were sent.
	expect((await post('bodies', form, hmac(SECRET), { 'content-type': boundary })).status).toBe(401);
	expect((await post('bodies', '{"type":')).status).toBe(422);
	const { refusesByteOrderMark } = n8n.server.n8n.release;
	expect((await post('bodies', `\ufeff${unique()}`)).status).toBe(refusesByteOrderMark ? 422 : 200);

	const items = await itemsOfRuns('bodies', refusesByteOrderMark ? 7 : 8);
	expect(JSON.stringify(items[0])).toBe(parsed);
});

test('the same event twenty times at once runs once', async () => {
	const event = jofiEvent('invitation.created');
	const answers = await Promise.all(Array.from({ length: 20 }, () => post('parallel', event)));
	expect(answers.every(({ status }) => status === 200)).toBe(true);
	expect(answers.filter(({ body }) => body === '')).toHaveLength(1);
	expect(answers.filter(({ body }) => body.includes('seen_before'))).toHaveLength(19);
	await runs('parallel', 1);
});

testWithFiles('an event whose first attempts failed runs when it comes again', async () => {
	const { answersBeforeStoring } = n8n.server.n8n.release;
	const event = jofiEvent('invitation.created');
	await refuseNewRuns(n8n.server);
	try {
		const answers = await Promise.all(Array.from({ length: 5 }, () => post('failedFirst', event)));
		const status = answersBeforeStoring ? 200 : 500;
		expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
	} finally {
		await acceptNewRuns(n8n.server);
	}
	// There nobody knows that the event was not taken.
	if (answersBeforeStoring) return;
	expect(await post('failedFirst', event)).toMatchObject({ status: 200, body: '' });
	expect((await post('failedFirst', event)).body).toContain('seen_before');
	await runs('failedFirst', 1);
});

test("dates for spreadsheets are in the workflow's time zone, and the raw event comes along", async () => {
	const event = jofiEvent('test_taker.created');
	await post('spreadsheet', event);
	const [row] = await itemsOfRuns('spreadsheet', 1);
	expect(row).toMatchObject({
		event_created_at: '2026-02-03 05:43:36',
		invitation_created_at: '2026-02-03 05:41:35',
		raw_event: event,
	});
});

describe('the credential', () => {
	test('a changed secret works, and the old one no longer', async () => {
		const { rest } = n8n;
		const { id, name } = credentials.toBeChanged;
		const before = hmac(SECRET_BEFORE);
		const after = hmac(SECRET_AFTER);
		expect((await post('changed', jofiEvent('invitation.created'), before)).status).toBe(200);
		const data = { verificationMethod: 'hmac', signingSecret: SECRET_AFTER };
		await rest.updateCredential(id, 'jofiWebhookApi', name, data);
		expect((await post('changed', jofiEvent('invitation.created'), after)).status).toBe(200);
		expect((await post('changed', jofiEvent('invitation.created'), before)).status).toBe(401);
		await runs('changed', 2);
	});

	test('a secret that is no longer there stops working', async () => {
		for (const workflow of ['removed', 'blanked'] as const) {
			let accepted = BEFORE_TAKEN_AWAY;
			const deliverNow = async () => {
				const answer = await post(workflow, jofiEvent('invitation.created'));
				if (answer.status === 200) accepted += 1;
				return answer;
			};
			const answer = await eventually('a refusal', deliverNow, ({ status }) => status !== 200);
			expect(answer).toMatchObject({ status: 503, body: '{"error":"not_configured"}' });
			await runs(workflow, accepted);
		}
	});

	test('publishing is refused without one that can be used, with a sentence that says why', async () => {
		for (const [index, { says }] of UNUSABLE.entries()) {
			const { id = '', said } = notPublished[index] ?? {};
			// At once, or in its status.
			const sentence =
				said ??
				(await eventually(
					'the reason why it is not published',
					async () =>
						JSON.stringify(await n8n.rest.call('GET', `/workflows/${id}/publication-status`)),
					(status) => status.includes('rror'),
				));
			expect(sentence).toMatch(says);
		}
	});
});

// Stands last: it reads what n8n wrote during all of the above.
testWithFiles("n8n's log tells the reasons, and no secret, signature or data of a person", () => {
	const log = n8n.server.log.slice(logBefore);
	for (const reason of ['wrong_signature', 'no_signature', 'timestamp_too_old', 'invalid_json']) {
		expect(log).toContain(`JOFI Trigger did not run the workflow: ${reason}`);
	}
	const secrets = [
		...[SECRET, PREVIOUS_SECRET, STANDARD_SECRET, USERNAME, PASSWORD, FORGERS_SECRET],
		...[SECRET_BEFORE, SECRET_AFTER],
	];
	const persons = personalData();
	expect(persons).toEqual(
		expect.arrayContaining(['Linda', 'linda.sample@jofiscore.com', 'ABC123']),
	);
	expect(sentSignatures.size).toBeGreaterThan(100);
	const withheld = [...secrets, ...persons, ...sentSignatures];
	const lines = log.split('\n').filter((line) => withheld.some((text) => line.includes(text)));
	expect(lines).toEqual([]);
});
