/**
 * Every scheme of test/fixtures/hmac/schemes.json against a real n8n, signed by Python at this moment and
 * with nothing configured but the secret.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { send } from '../support/jofi';
import { waitForWebhook } from '../support/n8n/rest';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { inParallel } from '../support/parallel';
import { jofiTrigger, productionUrl, triggerWorkflow } from '../support/workflows';
import schemes from '../fixtures/hmac/schemes.json';

const SECRET = 'Zk3m8Qp1Vt6yXw2Rb9Nc5Lh7Jd4Gf0Ka';

interface Delivery {
	provider: string;
	/** As a user would paste it. */
	secret: string;
	headers: Record<string, string>;
}

interface Signed {
	body: string;
	usual: Record<string, string>;
	deliveries: Delivery[];
}

function signedAt(seconds: number, secret = SECRET): Signed {
	const script = join(__dirname, '../fixtures/hmac/sign.py');
	const options = ['--json', '--secret', secret, '--now', String(seconds)];
	const output = execFileSync('python3', [script, ...options], { maxBuffer: 16 * 1024 * 1024 });
	return JSON.parse(output.toString()) as Signed;
}

const inHeaders = schemes.filter((scheme) => !('place' in scheme));
const providersOf = (list: Array<{ provider: string }>) => list.map(({ provider }) => provider);
const leftOut = providersOf(inHeaders.filter((scheme) => 'leftOut' in scheme));
const timed = providersOf(inHeaders.filter(({ signed }) => /\{ts\}/.test(signed)));

let n8n: TestServer;
/** The workflow that verifies with a secret. */
const workflows = new Map<string, { id: string; url: string }>();

beforeAll(async () => {
	// Hundreds of requests, each of which would take a sandbox of its own: that is tested elsewhere.
	n8n = await sharedTestServer('lazy');
	const { rest, server } = n8n;
	for (const secret of new Set(signedAt(0).deliveries.map((delivery) => delivery.secret))) {
		const data = { verificationMethod: 'hmac', signingSecret: secret };
		const credential = await rest.createCredential('jofiWebhookApi', data, secret.slice(0, 12));
		const trigger = jofiTrigger({ options: { skipDuplicates: false } }, credential);
		const workflow = await rest.createWorkflow(triggerWorkflow('Signing', trigger));
		await rest.publish(workflow);
		workflows.set(secret, { id: workflow.id, url: productionUrl(server.url, trigger) });
	}
	await Promise.all([...workflows.values()].map(({ url }) => waitForWebhook(url)));
});

/** Sends all that stand in a header, to the workflow of the secret that the user would paste. */
async function statusOfEach(signed: Signed, change = (body: Buffer) => body) {
	const body = change(Buffer.from(signed.body, 'base64'));
	const pasted = signedAt(0).deliveries.map(({ secret }) => secret);
	const sent = signed.deliveries
		.map((delivery, index) => ({ ...delivery, url: workflows.get(pasted[index] ?? '')?.url ?? '' }))
		.filter(({ provider }) => inHeaders.some((scheme) => scheme.provider === provider));
	const statuses = new Map<string, number>();
	await inParallel(sent, 4, async ({ provider, url, headers }) => {
		const answer = await send('POST', url, body, { ...signed.usual, ...headers });
		statuses.set(provider, answer.status);
	});
	return sent.map(({ provider }) => ({ provider, status: statuses.get(provider) }));
}

const withStatus = (wanted: number, answers: Array<{ provider: string; status?: number }>) =>
	providersOf(answers.filter(({ status }) => status === wanted));
const now = () => Date.now() / 1000;

test('all are accepted but those that are left out for a reason', async () => {
	const answers = await statusOfEach(signedAt(now()));
	expect(withStatus(401, answers)).toEqual(leftOut);
	expect(withStatus(200, answers)).toHaveLength(inHeaders.length - leftOut.length);
	expect(answers.length).toBeGreaterThan(125);
});

test('none with a changed body', async () => {
	const changed = (body: Buffer) => Buffer.from(body.toString().replace('tt_91', 'tt_92'));
	const answers = await statusOfEach(signedAt(now()), changed);
	expect(withStatus(401, answers)).toHaveLength(inHeaders.length);
});

test('none with another secret', async () => {
	const answers = await statusOfEach(signedAt(now(), 'Zk3m8Qp1Vt6yXw2Rb9Nc5Lh7Jd4Gf0Kb'));
	expect(withStatus(401, answers)).toHaveLength(inHeaders.length);
});

test('none that was signed with its time an hour ago', async () => {
	const answers = await statusOfEach(signedAt(now() - 3600));
	const accepted = withStatus(200, answers);
	expect(accepted.filter((provider) => timed.includes(provider))).toEqual([]);
	expect(accepted).toHaveLength(
		inHeaders.filter(({ provider }) => !timed.includes(provider) && !leftOut.includes(provider))
			.length,
	);
});

test('and only those that were accepted ran', async () => {
	const expected =
		2 * (inHeaders.length - leftOut.length) -
		timed.filter((provider) => !leftOut.includes(provider)).length;
	let ran = 0;
	for (const { id } of workflows.values()) ran += (await n8n.rest.executions(id)).length;
	expect(ran).toBe(expected);
});
