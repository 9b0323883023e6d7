/** The configurations of docs/setup.md for reverse proxies, taken from that page and run. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { hmac, jofiEvent } from '../support/jofi';
import { sharedTestServer } from '../support/n8n/testServer';
import { hmacCredential, publishTrigger } from '../support/publish';
import { cannotHave } from '../support/requirements';
import {
	HOST,
	startReverseProxy,
	type ProxyKind,
	type ReverseProxy,
} from '../support/reverseProxies';
import { jofiTrigger, testUrl, triggerWorkflow } from '../support/workflows';

const SECRET = 'behind-a-proxy';
const KINDS: ProxyKind[] = ['nginx', 'caddyfile'];
const PATH = '/webhook/3f2a6c0e-0000-4000-8000-000000000000/jofi';

const isMissing = !process.env.CI && (cannotHave('nginx') || cannotHave('caddy'));
if (isMissing)
	process.stderr.write('The reverse proxies are not tested: nginx or Caddy is missing.\n');
const describeProxies = isMissing ? describe.skip : describe;

describeProxies.each(KINDS)('%s, in front of a server that keeps what it receives', (kind) => {
	let proxy: ReverseProxy;
	let server: Server;
	const received: Array<{ path?: string; headers: Record<string, unknown>; body: Buffer }> = [];

	beforeAll(async () => {
		server = createServer((incoming, response) => {
			const { url: path, headers } = incoming;
			void buffer(incoming).then((body) => {
				received.push({ path, headers, body });
				response.end('taken');
			});
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		proxy = await startReverseProxy(kind, (server.address() as AddressInfo).port);
	});

	beforeEach(() => {
		received.length = 0;
	});

	afterAll(async () => {
		await proxy?.stop();
		server.close();
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
		const answer = await proxy.visit('POST', `${PATH}?a=%20b`, body, headers);
		expect(answer).toEqual({ status: 200, body: 'taken' });
		const forwarded = { ...headers, host: HOST, 'x-forwarded-proto': 'https' };
		expect(received).toMatchObject([{ path: `${PATH}?a=%20b`, headers: forwarded }]);
		expect(received[0]?.body.equals(body)).toBe(true);
	});

	test.each([
		['GET', '/'],
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
		const { status } = await proxy.visit(method, path);
		expect([400, 403, 404]).toContain(status);
		expect(received).toEqual([]);
	});
});

describeProxies('in front of a real n8n', () => {
	test.each(KINDS)('%s: events run, and both pages are shown', async (kind) => {
		const n8n = await sharedTestServer();
		const { rest, server } = n8n;
		const proxy = await startReverseProxy(kind, Number(new URL(server.url).port));
		try {
			const trigger = jofiTrigger({}, await hmacCredential(rest, SECRET));
			const workflow = await rest.createWorkflow(triggerWorkflow('Behind a proxy', trigger));
			await rest.call('POST', `/workflows/${workflow.id}/run`, {
				triggerToStartFrom: { name: trigger.name },
				workflowData: workflow,
			});
			const test = testUrl('', trigger);
			expect((await proxy.visit('GET', test)).body).toContain('<h1>Choose a sample event</h1>');
			const sent = await proxy.visit('GET', `${test}?sample=invitation.accepted`);
			expect(sent.body).toContain('was sent to n8n');

			const { id, url } = await publishTrigger(n8n, SECRET);
			const live = new URL(url).pathname;
			expect((await proxy.visit('GET', live)).body).toContain('You came here over HTTPS');
			const post = async (secret: string, header: string) => {
				const body = Buffer.from(JSON.stringify(jofiEvent('invitation.accepted')));
				const headers = { 'content-type': 'application/json', ...hmac(secret, { header })(body) };
				return await proxy.visit('POST', live, body, headers);
			};
			expect(await post(SECRET, 'x-jofi-signature')).toEqual({ status: 200, body: '' });
			expect(await post(SECRET, 'jofi_signature')).toEqual({ status: 200, body: '' });
			expect((await post('another', 'x-jofi-signature')).status).toBe(401);
			const runs = await rest.finishedExecutions(id, 2);
			expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		} finally {
			await proxy.stop();
		}
	});
});
