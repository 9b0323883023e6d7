/** The set-ups of docs/setup.md for reverse proxies, taken out of that page and run. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { hmac, jofiEvent, type ReceivedAnswer } from '../support/jofi';
import { checkout } from '../support/n8n/packedPackage';

import { startTestServer, type TestServer } from '../support/n8n/testServer';
import { HOST, ReverseProxy, type ProxyKind } from '../support/reverseProxies';
import { jofiTrigger, TRIGGER_NAME, triggerWorkflow } from '../support/workflows';

const SECRET = 'behind-a-proxy';
const KINDS: ProxyKind[] = ['nginx', 'caddyfile'];
const PATH = '/webhook/3f2a6c0e-0000-4000-8000-000000000000/jofi';

/** The one code block of a language on the page. */
function setUpFor(kind: ProxyKind): string {
	const page = readFileSync(join(checkout, 'docs/setup.md'), 'utf8');
	const blocks = [...page.matchAll(new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\`$`, 'gm'))];
	expect(blocks).toHaveLength(1);
	return blocks[0]?.[1] ?? '';
}

/** Sends a request to the proxy as from the internet: by name, over HTTPS, with its certificate checked. */
async function visit(
	proxy: ReverseProxy,
	method: string,
	path: string,
	body: Buffer = Buffer.alloc(0),
	headers: Record<string, string> = {},
): Promise<ReceivedAnswer> {
	return await new Promise((resolve, reject) => {
		const outgoing = request(
			{
				host: '127.0.0.1',
				port: proxy.port,
				servername: HOST,
				ca: proxy.certificate,
				agent: false,
				method,
				path,
				headers: { host: HOST, 'content-length': String(body.length), ...headers },
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						body: Buffer.concat(chunks).toString('utf8'),
					}),
				);
			},
		);
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

describe.each(KINDS)('%s, in front of a server that keeps what it gets', (kind) => {
	let proxy: ReverseProxy;
	let server: Server;
	const received: Array<{ path?: string; headers: Record<string, unknown>; body: Buffer }> = [];

	beforeAll(async () => {
		server = createServer((incoming, response) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('end', () => {
				const { url, headers } = incoming;
				received.push({ path: url, headers, body: Buffer.concat(chunks) });
				response.end('taken');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('No port');
		proxy = await ReverseProxy.start(kind, setUpFor(kind), address.port);
	});

	afterAll(async () => {
		await proxy.dispose();
		await new Promise((resolve) => server.close(resolve));
	});

	test.each([
		['a usual event', Buffer.from(JSON.stringify(jofiEvent('invitation.created'), null, '  '))],
		['bytes that are no text', randomBytes(5000)],
		['nothing', Buffer.alloc(0)],
		['15 MB', randomBytes(15 * 1024 * 1024)],
	])('%s arrives byte for byte, with its headers', async (_, body) => {
		const headers = {
			authorization: 'Basic dTpwOndpdGgtY29sb24=',
			'content-type': 'application/json; charset=utf-8',
			'x-jofi-signature': 'sha256=abc+/==',
			jofi_signature: 't=1,v1=0f',
			'x-jofi-timestamp': '1700000000',
			'stripe-signature': 't=1700000000, v1=00, v0=11',
			'user-agent': 'JOFI',
		};
		received.length = 0;
		const answer = await visit(proxy, 'POST', `${PATH}?a=%20b`, body, headers);
		expect(answer).toMatchObject({ status: 200, body: 'taken' });
		expect(received).toHaveLength(1);
		expect(received[0]?.path).toBe(`${PATH}?a=%20b`);
		expect(received[0]?.headers).toMatchObject({
			...headers,
			host: HOST,
			'x-forwarded-proto': 'https',
		});
		expect(received[0]?.body.equals(body)).toBe(true);
	});

	test.each([
		['GET', '/'],
		['GET', '/signin'],
		['GET', '/healthz'],
		['GET', '/rest/settings'],
		['POST', '/rest/login'],
		['POST', '/webhook/another'],
		['POST', '/webhook/'],
		['GET', '/webhook-waiting/1'],
		['POST', '/webhook/a/b/jofi'],
		['POST', '/webhook/../rest/login'],
		['POST', '/webhook/%2e%2e/jofi/../../rest/login'],
		['POST', '/rest/login?x=/webhook/a/jofi'],
		['PUT', PATH],
		['DELETE', PATH],
		['OPTIONS', PATH],
	])('%s %s does not get through', async (method, path) => {
		received.length = 0;
		const { status } = await visit(proxy, method, path);
		expect([400, 403, 404]).toContain(status);
		expect(received).toEqual([]);
	});
});

describe('in front of a real n8n', () => {
	let n8n: TestServer;

	beforeAll(async () => {
		n8n = await startTestServer({
			env: { WEBHOOK_URL: `https://${HOST}/`, N8N_PROXY_HOPS: '1' },
		});
	});

	afterAll(async () => {
		await n8n?.server.dispose();
	});

	test.each(KINDS)('%s: events run, and both pages are shown', async (kind) => {
		const proxy = await ReverseProxy.start(kind, setUpFor(kind), n8n.server.place.port);
		try {
			const data = { verificationMethod: 'hmac', signingSecret: SECRET };
			const credential = await n8n.rest.createCredential('jofiWebhookApi', data);
			const trigger = jofiTrigger({ events: ['*'] }, credential);
			const workflow = await n8n.rest.createWorkflow(triggerWorkflow('Behind a proxy', trigger));
			const live = `/webhook/${trigger.webhookId}/jofi`;
			const test = `/webhook-test/${trigger.webhookId}/jofi`;

			await n8n.rest.call('POST', `/workflows/${workflow.id}/run`, {
				triggerToStartFrom: { name: TRIGGER_NAME },
				workflowData: workflow,
			});
			const samples = await visit(proxy, 'GET', test);
			expect(samples.status).toBe(200);
			expect(samples.body).toContain('<h1>Choose a sample event</h1>');
			const sent = await visit(proxy, 'GET', `${test}?sample=invitation.accepted`);
			expect(sent.body).toContain('was sent to n8n');

			await n8n.rest.publish(workflow);
			const page = await eventually(
				'the live page',
				async () => await visit(proxy, 'GET', live),
				({ status }) => status === 200,
			);
			expect(page.body).toContain('This endpoint is live');
			expect(page.body).toContain('You came here over HTTPS');

			const post = async (secret: string, header: string) => {
				const body = Buffer.from(JSON.stringify(jofiEvent('invitation.accepted')));
				const headers = { 'content-type': 'application/json', ...hmac(secret, { header })(body) };
				return await visit(proxy, 'POST', live, body, headers);
			};
			expect(await post(SECRET, 'x-jofi-signature')).toMatchObject({ status: 200, body: '' });
			expect(await post(SECRET, 'jofi_signature')).toMatchObject({ status: 200, body: '' });
			expect(await post('another', 'x-jofi-signature')).toMatchObject({ status: 401 });
			const production = (await n8n.rest.finishedExecutions(workflow.id, 2)).filter(
				({ mode }) => mode === 'webhook',
			);
			expect(production.map(({ status }) => status)).toEqual(['success', 'success']);
		} finally {
			await proxy.dispose();
		}
	});
});
