/**
 * Every signing scheme of test/fixtures/hmac/schemes.json against a real n8n, signed by Python at this moment
 * and with nothing configured but the secret.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { send } from '../support/jofi';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { publishTrigger, type Published } from '../support/publish';
import schemes from '../fixtures/hmac/schemes.json';

const SECRET = 'Zk3m8Qp1Vt6yXw2Rb9Nc5Lh7Jd4Gf0Ka';
const OTHER_SECRET = 'Zk3m8Qp1Vt6yXw2Rb9Nc5Lh7Jd4Gf0Kb';

interface Signed {
	/** In base64. */
	body: string;
	usual: Record<string, string>;
	/** With the secret as a user would paste it. */
	deliveries: Array<{ provider: string; secret: string; headers: Record<string, string> }>;
}

function signedAt(ms: number, secret = SECRET): Signed {
	const script = join(__dirname, '../fixtures/hmac/sign.py');
	const options = ['--secret', secret, '--now', String(ms / 1000)];
	const output = execFileSync('python3', [script, ...options], { maxBuffer: 16 * 1024 * 1024 });
	return JSON.parse(output.toString()) as Signed;
}

const inHeaders = schemes.filter((scheme) => !('place' in scheme));
const known = inHeaders.filter((scheme) => !('leftOut' in scheme));
const untimed = known.filter(({ signed }) => !/\{ts\}/.test(signed));
const providersOf = (list: Array<{ provider: string }>) =>
	list.map(({ provider }) => provider).sort();

let n8n: TestServer;
/** The secret that the user of a provider would paste. */
const pasted = new Map(signedAt(0).deliveries.map(({ provider, secret }) => [provider, secret]));
const workflows = new Map<string, Published>();

beforeAll(async () => {
	// Hundreds of requests, each of which would take an isolate of its own: that is tested elsewhere.
	n8n = await sharedTestServer('lazy');
	for (const secret of new Set(pasted.values())) {
		const parameters = { options: { skipDuplicates: false } };
		workflows.set(secret, await publishTrigger(n8n, secret, parameters));
	}
});

/** Sends the deliveries that are signed in a header. Returns the providers whose scheme was accepted. */
async function accepted({ body, usual, deliveries }: Signed, change = (text: string) => text) {
	const sent = Buffer.from(change(Buffer.from(body, 'base64').toString()));
	const wanted = providersOf(inHeaders);
	const found: Signed['deliveries'] = [];
	for (const delivery of deliveries) {
		const { provider, headers } = delivery;
		if (!wanted.includes(provider)) continue;
		const url = workflows.get(pasted.get(provider) ?? '')?.url ?? '';
		const { status } = await send('POST', url, sent, { ...usual, ...headers });
		expect([200, 401]).toContain(status);
		if (status === 200) found.push(delivery);
	}
	return providersOf(found);
}

test('all are accepted but those that are left out for a reason', async () => {
	expect(inHeaders.length).toBeGreaterThan(125);
	expect(await accepted(signedAt(Date.now()))).toEqual(providersOf(known));
});

test('none with a changed body or another secret', async () => {
	const change = (body: string) => body.replace('tt_91', 'tt_92');
	expect(await accepted(signedAt(Date.now()), change)).toEqual([]);
	expect(await accepted(signedAt(Date.now(), OTHER_SECRET))).toEqual([]);
});

test('of those signed an hour ago only those without a time', async () => {
	expect(await accepted(signedAt(Date.now() - 3_600_000))).toEqual(providersOf(untimed));
});

test('and only those that were accepted ran', async () => {
	let ran = 0;
	for (const { id } of workflows.values()) ran += (await n8n.rest.executions(id)).length;
	expect(ran).toBe(known.length + untimed.length);
});
