/** The configurations of docs/setup.md for reverse proxies, taken from that page and run. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { hmac, jofiEvent, type ReceivedAnswer } from '../support/jofi';
import { checkout } from '../support/n8n/packedPackage';
import { startTestServer, type TestServer } from '../support/n8n/testServer';
import { cannotHave } from '../support/requirements';
import { HOST, ReverseProxy, type ProxyKind } from '../support/reverseProxies';
import { jofiTrigger, triggerWorkflow } from '../support/workflows';

const SECRET = 'behind-a-proxy';
const KINDS: ProxyKind[] = ['nginx', 'caddyfile'];
const PATH = '/webhook/3f2a6c0e-0000-4000-8000-000000000000/jofi';

const isMissing = !process.env.CI && (cannotHave('nginx') || cannotHave('caddy'));
if (isMissing)
	process.stderr.write('The reverse proxies are not tested: nginx or Caddy is missing.\n');
const describeProxies = isMissing ? describe.skip : describe;

/** The one code block of a language on the page. */
function configurationOf(kind: ProxyKind): string {
	const page = readFileSync(join(checkout, 'docs/setup.md'), 'utf8');
	const blocks = [...page.matchAll(new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\`$`, 'gm'))];
	expect(blocks).toHaveLength(1);
	return blocks[0]?.[1] ?? '';
}

/** Sends a request as from the internet: by name, over HTTPS, with the certificate checked. */
async function visit(
	{ port, certificate: ca }: ReverseProxy,
	method: string,
	path: string,
	body: Buffer = Buffer.alloc(0),
	headers: Record<string, string> = {},
): Promise<Pick<ReceivedAnswer, 'status' | 'body'>> {
	return await new Promise((resolve, reject) => {
		const all = { host: HOST, 'content-length': String(body.length), ...headers };
		const target = { host: '127.0.0.1', port, servername: HOST, ca, agent: false, method, path };
		const outgoing = request({ ...target, headers: all }, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			response.on('error', reject);
			response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
		});
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

describeProxies.each(KINDS)('%s, in front of a server that keeps what it receives', (kind) => {
	let proxy: ReverseProxy;
	let server: Server;
	const received: Array<{ path?: string; headers: Record<string, unknown>; body: Buffer }> = [];

	beforeAll(async () => {
		server = createServer((incoming, response) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('end', () => {
				const { url: path, headers } = incoming;
				received.push({ path, headers, body: Buffer.concat(chunks) });
				response.end('taken');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		proxy = await ReverseProxy.start(kind, configurationOf(kind), port);
	});

	afterAll(async () => {
		await proxy.dispose();
		await new Promise((resolve) => server.close(resolve));
	});

	test.each([
		['an event', Buffer.from(JSON.stringify(jofiEvent('invitation.created'), null, '  '))],
		['15 MB of bytes that are no text', randomBytes(15 * 1024 * 1024)],
		['an empty body', Buffer.alloc(0)],
	])('passes %s on byte for byte, with its headers', async (_, body) => {
		const headers = {
			authorization: 'Basic dTpwOndpdGgtY29sb24=',
			'content-type': 'application/json; charset=utf-8',
			'x-jofi-signature': 'sha256=abc+/==',
			jofi_signature: 't=1,v1=0f',
			'stripe-signature': 't=1700000000, v1=00, v0=11',
		};
		received.length = 0;
		const answer = await visit(proxy, 'POST', `${PATH}?a=%20b`, body, headers);
		expect(answer).toEqual({ status: 200, body: 'taken' });
		expect(received).toHaveLength(1);
		expect(received[0]?.path).toBe(`${PATH}?a=%20b`);
		const forwarded = { ...headers, host: HOST, 'x-forwarded-proto': 'https' };
		expect(received[0]?.headers).toMatchObject(forwarded);
		expect(received[0]?.body.equals(body)).toBe(true);
	});

	test.each([
		['GET', '/'],
		['GET', '/healthz'],
		['GET', '/rest/settings'],
		['POST', '/rest/login'],
		['POST', '/webhook/another'],
		['GET', '/webhook-waiting/1'],
		['POST', '/webhook/a/b/jofi'],
		['POST', '/webhook/../rest/login'],
		['POST', '/webhook/%2e%2e/jofi/../../rest/login'],
		['POST', '/rest/login?x=/webhook/a/jofi'],
		['PUT', PATH],
		['OPTIONS', PATH],
	])('does not let %s %s through', async (method, path) => {
		received.length = 0;
		const { status } = await visit(proxy, method, path);
		expect([400, 403, 404]).toContain(status);
		expect(received).toEqual([]);
	});
});

describeProxies('in front of a real n8n', () => {
	let n8n: TestServer;

	beforeAll(async () => {
		n8n = await startTestServer({ env: { WEBHOOK_URL: `https://${HOST}/`, N8N_PROXY_HOPS: '1' } });
	});

	afterAll(async () => {
		await n8n?.server.dispose();
	});

	test.each(KINDS)('%s: events run, and both pages are shown', async (kind) => {
		const { rest, server } = n8n;
		const proxy = await ReverseProxy.start(kind, configurationOf(kind), server.place.port);
		try {
			const data = { verificationMethod: 'hmac', signingSecret: SECRET };
			const credential = await rest.createCredential('jofiWebhookApi', data);
			const trigger = jofiTrigger({ events: ['*'] }, credential);
			const workflow = await rest.createWorkflow(triggerWorkflow('Behind a proxy', trigger));
			const live = `/webhook/${trigger.webhookId}/jofi`;
			const test = `/webhook-test/${trigger.webhookId}/jofi`;

			await rest.call('POST', `/workflows/${workflow.id}/run`, {
				triggerToStartFrom: { name: trigger.name },
				workflowData: workflow,
			});
			expect((await visit(proxy, 'GET', test)).body).toContain('<h1>Choose a sample event</h1>');
			const sent = await visit(proxy, 'GET', `${test}?sample=invitation.accepted`);
			expect(sent.body).toContain('was sent to n8n');

			await rest.publish(workflow);
			const page = await eventually(
				'the live page',
				async () => await visit(proxy, 'GET', live),
				({ status }) => status === 200,
			);
			expect(page.body).toContain('You came here over HTTPS');

			const post = async (secret: string, header: string) => {
				const body = Buffer.from(JSON.stringify(jofiEvent('invitation.accepted')));
				const headers = { 'content-type': 'application/json', ...hmac(secret, { header })(body) };
				return await visit(proxy, 'POST', live, body, headers);
			};
			expect(await post(SECRET, 'x-jofi-signature')).toEqual({ status: 200, body: '' });
			expect(await post(SECRET, 'jofi_signature')).toEqual({ status: 200, body: '' });
			expect((await post('another', 'x-jofi-signature')).status).toBe(401);
			const runs = await rest.finishedExecutions(workflow.id, 2);
			const production = runs.filter(({ mode }) => mode === 'webhook');
			expect(production.map(({ status }) => status)).toEqual(['success', 'success']);
		} finally {
			await proxy.dispose();
		}
	});
});
