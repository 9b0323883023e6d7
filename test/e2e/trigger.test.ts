/**
 * The JOFI Trigger on a real n8n: one delivery of each kind. Every reason for a refusal is tested in test/unit.
 * The tests run side by side, each with a workflow of its own, those that wait longest first; so the one test of
 * the JOFI node that waits for half a minute is among them.
 */
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
	stripeStyle,
	unsigned,
} from '../support/jofi';
import { acceptNewRuns, refuseNewRuns } from '../support/n8n/database';
import { eventually } from '../support/eventually';
import type { WorkflowNode } from '../support/n8n/rest';
import { sharedTestServer } from '../support/n8n/testServer';
import { FakeInternet } from '../support/outside/internet';
import { JOFI_HOST } from '../support/outside/jofiApi';
import { publish } from '../support/publish';
import {
	byHandWorkflow,
	jofiNode,
	jofiTrigger,
	noOp,
	runByHand,
	TRIGGER_NAME,
	triggerWorkflow,
} from '../support/workflows';

const SECRET = 'e2e-signing-secret-ü';
const PREVIOUS_SECRET = 'e2e-previous-secret';
const USERNAME = 'jofi-ü';
const PASSWORD = 'e2e:pass:wörd';
const FORGERS_SECRET = 'e2e-secret-of-a-forger';
const PERSONAL_FIELD = /^(first_name|last_name|email|phone|custom_id|person_id|\w+_url)$/;
const SECRETS = [SECRET, PREVIOUS_SECRET, USERNAME, PASSWORD, FORGERS_SECRET];

const genuine = hmac(SECRET);
const byHmac = (signingSecret: string, more: object = {}) => ({
	verificationMethod: 'hmac',
	signingSecret,
	...more,
});

/** An n8n at N8N_URL keeps its log and its database to itself, and does not reach our fakes. */
const isOutside = process.env.N8N_URL !== undefined;
const testWithFiles = isOutside ? test.skip : test;
const it = test.concurrent;

interface Receiver {
	id: string;
	url: string;
	credential: { id: string; name: string };
}

let n8n: Awaited<ReturnType<typeof sharedTestServer>>;
/** How much others had written into n8n's log before. */
let logBefore: number;

beforeAll(async () => {
	n8n = await sharedTestServer();
	logBefore = n8n.server.log.length;
});

async function publishReceiver(
	parameters: Record<string, unknown> = {},
	credentialFields: Record<string, unknown> = byHmac(SECRET),
	next?: WorkflowNode[],
): Promise<Receiver> {
	const credential = await n8n.rest.createCredential('jofiWebhookApi', credentialFields);
	const trigger = jofiTrigger(parameters, credential);
	const published = await publish(n8n, triggerWorkflow('JOFI events', trigger, next));
	return { ...published, credential };
}

/** Everything that proved a delivery in this file: no log may hold it. */
const sentSignatures = new Set<string>();

async function post(
	{ url }: Receiver,
	content: object | string | Buffer,
	signing: Signing = genuine,
	headers?: Record<string, string>,
) {
	const noted: Signing = (body) => {
		const signed = signing(body);
		const written = Object.values(signed).flatMap((value) => value.match(/[\w+/-]{20,}/g) ?? []);
		for (const signature of written) sentSignatures.add(signature);
		return signed;
	};
	return await deliverAsOftenAsAsked(url, content, noted, headers);
}

async function expectStatus(status: number, ...delivery: Parameters<typeof post>): Promise<void> {
	expect(await post(...delivery)).toMatchObject({ status });
}

/** The runs of a receiver once there are so many, oldest first; fails if there are more. */
async function runsOf({ id }: Receiver, count: number) {
	const runs = await n8n.rest.finishedExecutions(id, count);
	expect(runs.map(({ status }) => status)).toEqual(Array(count).fill('success'));
	return runs.reverse();
}

/** The one item of each run, oldest first. */
async function itemsOf(receiver: Receiver, count: number) {
	const runs = await runsOf(receiver, count);
	return await Promise.all(
		runs.map(async ({ id }) => {
			const items = (await n8n.rest.outputsOf(id, TRIGGER_NAME)).flat();
			expect(items).toHaveLength(1);
			return items[0]?.json ?? {};
		}),
	);
}

/**
 * Checks that nothing ran so far: a genuine event sent after all the others is the only one that runs.
 * n8n stores runs in the order in which they come, so that none of the others can be on its way.
 */
async function expectNothingRan(receiver: Receiver, signing: Signing = genuine): Promise<void> {
	const event = jofiEvent('invitation.created');
	await expectStatus(200, receiver, event, signing);
	expect(await itemsOf(receiver, 1)).toMatchObject([{ event_id: event.id }]);
}

(isOutside ? it.skip : it)(
	'the JOFI node gives up when JOFI takes a request and never answers',
	async () => {
		const never = async () => await new Promise<never>(() => undefined);
		const internet = await FakeInternet.start({ [JOFI_HOST]: never }, n8n.internet);
		try {
			const credential = await n8n.rest.createCredential('jofiApi', { apiKey: 'sk_live_1' });
			const node = jofiNode({ resource: 'account', operation: 'get' }, credential);
			const workflow = await n8n.rest.createWorkflow(byHandWorkflow('No answer', [node]));
			const { id } = await runByHand(n8n.rest, workflow);
			const error = await n8n.rest.errorOf(id);
			expect(error).toContain('JOFI did not answer within 30 seconds for the account');
		} finally {
			await internet.stop();
		}
	},
);

it('a secret that is no longer there stops working', async () => {
	const receiver = await publishReceiver();
	const event = jofiEvent('invitation.created');
	await expectStatus(200, receiver, event);
	await n8n.rest.deleteCredential(receiver.credential.id);
	// A secret that the node has read once counts for ten seconds.
	const answer = await eventually(
		'a refusal',
		async () => await post(receiver, event),
		({ status }) => status !== 200,
	);
	expect(answer).toMatchObject({ status: 503, body: '{"error":"not_configured"}' });
});

it('publishing is refused without a usable secret, with a sentence that says why', async () => {
	const credential = await n8n.rest.createCredential('jofiWebhookApi', byHmac('sk_live_1'));
	const workflow = triggerWorkflow('Never published', jofiTrigger({}, credential));
	const { id } = await n8n.rest.createWorkflow(workflow);
	const refusal = await n8n.rest.publish({ id }).then(() => undefined, String);
	// n8n tries for a quarter of a minute before it says why it can't.
	await eventually(
		'the reason',
		async () =>
			refusal ?? JSON.stringify(await n8n.rest.call('GET', `/workflows/${id}/publication-status`)),
		(text) => text.includes('JOFI API key'),
	);
});

it('a changed secret works, and the old one no longer', async () => {
	const receiver = await publishReceiver();
	const { id, name } = receiver.credential;
	await expectStatus(200, receiver, jofiEvent('invitation.created'));
	const changed = { name, type: 'jofiWebhookApi', data: byHmac(PREVIOUS_SECRET) };
	await n8n.rest.call('PATCH', `/credentials/${id}`, changed);
	// It was read less than a second before it was changed.
	await eventually(
		'the new secret to be accepted',
		async () => await post(receiver, jofiEvent('invitation.created'), hmac(PREVIOUS_SECRET)),
		({ status }) => status === 200,
	);
	await expectStatus(401, receiver, jofiEvent('invitation.created'));
	await runsOf(receiver, 2);
});

it('each event becomes a row at its own output, and one that JOFI adds later at the last', async () => {
	const outputs = [...EVENT_CATALOGUE.map(({ name }) => name), 'Other Events'];
	const next = outputs.map((name) => noOp(name));
	const receiver = await publishReceiver({ separateOutputs: true }, byHmac(SECRET), next);
	const events = [...EVENT_TYPES, 'invitation.revoked'].map((type, index) =>
		jofiEvent(EVENT_TYPES[index] ?? 'invitation.created', { type }),
	);
	for (const event of events) {
		expect(await post(receiver, event)).toMatchObject({ status: 200, body: '' });
	}
	for (const [index, row] of (await itemsOf(receiver, 6)).entries()) {
		const { id: event_id, type: event_type } = events[index] ?? {};
		expect(Object.keys(row)).toEqual(COLUMN_NAMES);
		expect(row).toMatchObject({ event_id, event_type, invitation_id: 12345 });
		expect(row.full_name).toBe('Linda Sample');
	}
	for (const [index, { id }] of (await runsOf(receiver, 6)).entries()) {
		const reached = await Promise.all(
			outputs.map(async (node) => (await n8n.rest.outputsOf(id, node)).flat().length),
		);
		expect(reached).toEqual(outputs.map((_node, output) => (output === index ? 1 : 0)));
	}
});

it("dates for spreadsheets are in the workflow's time zone, and the raw event comes along", async () => {
	const options = { dateFormat: 'spreadsheet', includeRawEvent: true };
	const receiver = await publishReceiver({ options });
	const event = jofiEvent('test_taker.created');
	await post(receiver, event);
	expect(await itemsOf(receiver, 1)).toMatchObject([
		{ event_created_at: '2026-02-03 05:43:36', raw_event: event },
	]);
});

it('an event that is not wanted gets the reason, and does not run', async () => {
	const receiver = await publishReceiver({
		events: ['test_taker.created'],
		options: { maxEventAge: 60 },
	});
	const created_at = new Date().toISOString();
	const wanted = jofiEvent('test_taker.created', { created_at });
	for (const [event, status, body] of [
		[jofiEvent('invitation.created'), 200, '{"received":true,"ignored":"event_not_selected"}'],
		[jofiEvent('test_taker.created'), 400, expect.stringContaining('"event_too_old"')],
		[wanted, 200, ''],
		[wanted, 200, '{"received":true,"ignored":"seen_before"}'],
	] as const) {
		expect(await post(receiver, event)).toMatchObject({ status, body });
	}
	expect(await itemsOf(receiver, 1)).toMatchObject([{ event_id: wanted.id }]);
});

// An expression that n8n can't evaluate is n8n's own 500, with the code 0: refused as well.
it.each([
	['a list with the team', { filters: { teams: "={{ ['Recruiting'] }}" } }, /^$/],
	['a list without it', { filters: { teams: "={{ ['Sales'] }}" } }, /filtered_out/],
	['undefined', { filters: { teams: '={{ undefined }}' } }, /filter_without_value|"code":0/],
	['a missing field', { filters: { teams: '={{ $json.no }}' } }, /filter_without_value|"code":0/],
])('an expression that gives %s', async (_what, parameters, body) => {
	const receiver = await publishReceiver(parameters);
	const answer = await post(receiver, jofiEvent('test_taker.created'));
	expect(answer.body).toMatch(body);
	await runsOf(receiver, answer.body === '' ? 1 : 0);
});

it('an event that names another endpoint is refused if this is to be confirmed', async () => {
	const receiver = await publishReceiver({ options: { confirmEndpoint: "={{ 'true' }}" } });
	const behindProxy = receiver.url.replace(/^http:\/\/[^/]+/, 'https://n8n.example.com/hooks');
	const naming = (webhook_url: string) => jofiEvent('invitation.created', { webhook_url });
	const elsewhere = naming(receiver.url.replace('/webhook/', '/webhook-test/'));
	expect(await post(receiver, elsewhere)).toMatchObject({
		status: 400,
		body: expect.stringContaining('"sent_to_another_endpoint"'),
	});
	const here = naming(behindProxy);
	await expectStatus(200, receiver, here);
	expect(await itemsOf(receiver, 1)).toMatchObject([{ event_id: here.id }]);
});

it('what is not verified gets the same 401 whatever the reason, and does not run', async () => {
	const byBasicAuth = { verificationMethod: 'basicAuth', username: USERNAME, password: PASSWORD };
	const receiver = await publishReceiver();
	const basicReceiver = await publishReceiver({}, byBasicAuth);
	const event = jofiEvent('invitation.created');
	// At once: the node reads its credential once a second to see whether the secret has changed.
	const answers = await Promise.all([
		post(receiver, event, unsigned),
		post(receiver, '', unsigned),
		post(receiver, event, hmac(FORGERS_SECRET)),
		post(receiver, event, basicAuth(USERNAME, PASSWORD)),
		post(receiver, event, stripeStyle(SECRET, Date.now() - 6 * 60_000)),
		post(receiver, event, () => genuine(Buffer.from('another body'))),
		post(receiver, gzipSync('{}'), hmac(FORGERS_SECRET), { 'content-encoding': 'gzip' }),
		post(basicReceiver, event, unsigned),
		post(basicReceiver, event, basicAuth(USERNAME, 'wrong')),
		post(basicReceiver, event, genuine),
	]);
	for (const { status, body, headers } of answers) {
		expect({ status, body }).toEqual({ status: 401, body: '{"error":"unauthorized"}' });
		expect(headers['www-authenticate']).toBe('Basic realm="JOFI"');
		expect(Object.keys(headers)).toEqual(Object.keys(answers[0]?.headers ?? {}));
	}
	await expectNothingRan(receiver);
	await expectNothingRan(basicReceiver, (body) => {
		const { authorization = '' } = basicAuth(USERNAME, PASSWORD)(body);
		return { authorization: authorization.replace('Basic', 'bAsIc') };
	});
});

it('no method, query or header gets a sample or a run out of the Production URL', async () => {
	const receiver = await publishReceiver();
	const event = Buffer.from(JSON.stringify(jofiEvent('invitation.created')));
	const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'POST'];
	const tricks: Array<Record<string, string>> = [
		{},
		{ 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' },
		{ 'x-forwarded-proto': 'https', 'x-n8n-mode': 'manual', origin: 'https://jofiscore.com' },
		{ 'access-control-request-method': 'POST', origin: 'https://jofiscore.com' },
	];
	for (const method of methods) {
		for (const query of ['', '?sample=invitation.created&_method=POST&mode=manual']) {
			for (const headers of tricks) {
				const body = ['GET', 'HEAD', 'TRACE'].includes(method) ? Buffer.alloc(0) : event;
				const answer = await send(method, receiver.url + query, body, {
					'content-type': 'application/json',
					...headers,
				});
				expect(answer.body).not.toContain('evt_');
				if (method === 'POST') expect(answer.status).toBe(401);
				if (method === 'GET') expectLivePage(answer);
			}
		}
	}
	await expectNothingRan(receiver);
});

function expectLivePage({ status, headers, body }: Awaited<ReturnType<typeof send>>): void {
	expect(status).toBe(200);
	expect(body).toContain('This endpoint is live');
	expect(body).not.toMatch(/sample|JOFI events|workflow|secret/);
	expect(headers).toMatchObject({
		'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'cache-control': 'no-store',
	});
}

// signing.test.ts sends every signing scheme.
it.each<[string, Record<string, unknown>, Signing, number]>([
	['the previous secret', { previousSigningSecret: PREVIOUS_SECRET }, hmac(PREVIOUS_SECRET), 200],
	['the named header', { signatureHeader: 'X-Pinned' }, hmac(SECRET, { header: 'x-pinned' }), 200],
	['another header', { signatureHeader: 'X-Pinned' }, genuine, 401],
])('a signature by %s', async (_what, credentialFields, signing, status) => {
	const receiver = await publishReceiver({}, byHmac(SECRET, credentialFields));
	await expectStatus(status, receiver, jofiEvent('invitation.created'), signing);
	await runsOf(receiver, status === 200 ? 1 : 0);
});

it('the signature is that of the raw bytes, whatever they are', async () => {
	const receiver = await publishReceiver({ simplify: false });
	const event = jofiEvent('invitation.created', { text: 'ü 🎉 =1+1 مرحبا' });
	const text = `{ "z" : 1.0, "big": 12345678901234567890,\n ${JSON.stringify(event).slice(1)}  `;
	const unique = () => text.replace(event.id, `${event.id}${Math.random()}`);
	await expectStatus(200, receiver, text);
	for (const type of [
		'application/vnd.jofi+json',
		'application/octet-stream',
		'text/plain',
		'application/x-www-form-urlencoded',
		'',
	]) {
		await expectStatus(200, receiver, unique(), genuine, { 'content-type': type });
	}
	// n8n unpacks the body, so the signature is that of what was packed.
	const gzipped = unique();
	const signature = genuine(Buffer.from(gzipped));
	const encoding = { 'content-encoding': 'gzip' };
	await expectStatus(200, receiver, gzipSync(gzipped), () => signature, encoding);

	for (const [content, error] of [
		['', 'invalid_json'],
		['null', 'not_an_event'],
		['[{"type":"invitation.created"}]', 'not_an_event'],
	] as const) {
		expect(await post(receiver, content)).toMatchObject({
			status: 400,
			body: expect.stringContaining(`"${error}"`),
		});
	}
	// n8n does not hand these to a node as they were sent.
	const form = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
	const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
	await expectStatus(401, receiver, form, genuine, multipart);
	await expectStatus(422, receiver, '{"type":');
	const { refusesByteOrderMark } = n8n.server.n8n.release;
	await expectStatus(refusesByteOrderMark ? 422 : 200, receiver, `\ufeff${unique()}`);

	const [first] = await itemsOf(receiver, refusesByteOrderMark ? 7 : 8);
	expect(JSON.stringify(first)).toBe(JSON.stringify(JSON.parse(text)));
});

it('the same event twenty times at once runs once', async () => {
	const receiver = await publishReceiver();
	const event = jofiEvent('invitation.created');
	const answers = await Promise.all(Array.from({ length: 20 }, () => post(receiver, event)));
	expect(answers.every(({ status }) => status === 200)).toBe(true);
	expect(answers.filter(({ body }) => body === '')).toHaveLength(1);
	expect(answers.filter(({ body }) => body.includes('seen_before'))).toHaveLength(19);
	await runsOf(receiver, 1);
});

testWithFiles('an event whose first attempts failed runs when it comes again', async () => {
	const { answersBeforeStoring } = n8n.server.n8n.release;
	const receiver = await publishReceiver();
	const event = jofiEvent('invitation.created');
	await refuseNewRuns(n8n.server);
	try {
		const answers = await Promise.all(Array.from({ length: 5 }, () => post(receiver, event)));
		const status = answersBeforeStoring ? 200 : 500;
		expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
	} finally {
		await acceptNewRuns(n8n.server);
	}
	// There nobody knows that the event was not taken.
	if (answersBeforeStoring) return;
	expect(await post(receiver, event)).toMatchObject({ status: 200, body: '' });
	expect((await post(receiver, event)).body).toContain('seen_before');
	await runsOf(receiver, 1);
});

// Stands last: it reads what n8n wrote during all of the above.
testWithFiles("n8n's log tells the reasons, and no secret, signature or data of a person", () => {
	const log = n8n.server.log.slice(logBefore);
	for (const reason of ['wrong_signature', 'no_signature', 'timestamp_too_old', 'invalid_json']) {
		expect(log).toContain(`JOFI Trigger did not run the workflow: ${reason}`);
	}
	/** Names, email addresses, ids in other systems and personal links. */
	const persons: string[] = [];
	for (const type of EVENT_TYPES) {
		JSON.stringify(jofiEvent(type).data.object, (field, value: unknown) => {
			if (typeof value === 'string' && PERSONAL_FIELD.test(field)) persons.push(value);
			return value;
		});
	}
	expect(persons).toEqual(
		expect.arrayContaining(['Linda', 'linda.sample@jofiscore.com', 'ABC123']),
	);
	expect(sentSignatures.size).toBeGreaterThan(40);
	const withheld = [...SECRETS, ...persons, ...sentSignatures];
	const lines = log.split('\n').filter((line) => withheld.some((text) => line.includes(text)));
	expect(lines).toEqual([]);
});
