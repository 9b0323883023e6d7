/** The configurations of docs/setup.md for reverse proxies, taken from that page and run. */
import execa from 'execa';
import getPort from 'get-port';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { eventually } from '../support/eventually';
import { hmac, jofiEvent } from '../support/jofi';
import { checkout } from '../support/n8n/packedPackage';
import { sharedTestServer } from '../support/n8n/testServer';
import { hmacCredential, publishTrigger } from '../support/publish';
import { cannotHave, installProgram } from '../support/requirements';
import { jofiTrigger, testUrl, triggerWorkflow } from '../support/workflows';

const SECRET = 'behind-a-proxy';
/** The host name in the configurations of docs/setup.md. */
const HOST = 'n8n.example.com';
/** The reverse proxies of docs/setup.md, by the language of their code blocks there. */
const KINDS = ['nginx', 'caddyfile'] as const;
type ProxyKind = (typeof KINDS)[number];
const PATH = '/webhook/3f2a6c0e-0000-4000-8000-000000000000/jofi';

const isMissing = !process.env.CI && (cannotHave('nginx') || cannotHave('caddy'));
if (isMissing)
	process.stderr.write('The reverse proxies are not tested: nginx or Caddy is missing.\n');
const describeProxies = isMissing ? describe.skip : describe;

describeProxies.each(KINDS)('%s, in front of a server that keeps what it receives', (kind) => {
	let proxy: Awaited<ReturnType<typeof startReverseProxy>>;
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

/** Starts a reverse proxy on loopback in front of a port, with the configuration of docs/setup.md. */
async function startReverseProxy(kind: ProxyKind, targetPort: number) {
	const folder = await mkdtemp(join(tmpdir(), `jofi-${kind}-`));
	const port = await getPort({ host: '127.0.0.1' });
	const page = await readFile(join(checkout, 'docs/setup.md'), 'utf8');
	const [block, another] = page.matchAll(new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\`$`, 'gm'));
	if (!block?.[1] || another) throw new Error(`docs/setup.md should have one block of ${kind}`);
	const site = replaceOnce(block[1], '127.0.0.1:5678', `127.0.0.1:${targetPort}`);
	const prepare = kind === 'nginx' ? prepareNginx : prepareCaddy;
	const { program, options, certificate } = await prepare(folder, site, port);
	const child = execa(await installProgram(program), options, {
		all: true,
		reject: false,
		env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
	});

	/** Sends a request as from the internet: by name, over HTTPS, with the certificate checked. */
	const visit = async (method: string, path: string, body = Buffer.alloc(0), more = {}) => {
		const ca = await readFile(certificate, 'utf8');
		const headers = { host: HOST, 'content-length': String(body.length), ...more };
		const target = { host: '127.0.0.1', port, servername: HOST, ca, agent: false };
		const outgoing = request({ ...target, method, path, headers });
		// `once` rejects for what goes wrong before the response, and `text` for what goes wrong after.
		outgoing.on('error', () => undefined).end(body);
		const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
		return { status: response.statusCode, body: await text(response) };
	};
	await eventually(
		`${kind} and its certificate`,
		async () => {
			if (child.exitCode !== null) throw new Error(`${kind} ended: ${(await child).all}`);
			// Caddy takes connections before it has made the certificate of the site.
			return await visit('GET', '/').catch((error: Error) => error.message);
		},
		(outcome) => typeof outcome === 'object',
	);
	const stop = async () => {
		child.kill();
		await child;
		await rm(folder, { recursive: true, force: true });
	};
	return { visit, stop };
}

async function prepareNginx(folder: string, site: string, port: number) {
	const certificate = join(folder, 'certificate.pem');
	const key = join(folder, 'key.pem');
	const made = await generate([{ name: 'commonName', value: HOST }], {
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
	});
	await writeFile(certificate, made.cert);
	await writeFile(key, made.private);
	let server = replaceOnce(site, 'listen 443 ssl', `listen 127.0.0.1:${port} ssl`);
	server = replaceOnce(server, `/etc/ssl/${HOST}.crt`, certificate);
	server = replaceOnce(server, `/etc/ssl/${HOST}.key`, key);
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(name) => `${name}_temp_path ${join(folder, name)};`,
	);
	const file = join(folder, 'nginx.conf');
	const global = ['daemon off;', 'user root;', `pid ${join(folder, 'nginx.pid')};`];
	global.push('error_log stderr;', 'events {}');
	const http = ['http {', 'access_log off;', ...temporary, server, '}'];
	await writeFile(file, [...global, ...http].join('\n'));
	return { program: 'nginx' as const, options: ['-p', folder, '-c', file], certificate };
}

async function prepareCaddy(folder: string, site: string, port: number) {
	const file = join(folder, 'Caddyfile');
	const httpPort = await getPort({ host: '127.0.0.1' });
	// A local certificate: no CA can check example.com here.
	const global = ['admin off', 'local_certs', 'skip_install_trust', 'default_bind 127.0.0.1'];
	global.push(`http_port ${httpPort}`, `https_port ${port}`);
	await writeFile(file, `{\n\t${global.join('\n\t')}\n}\n\n${site}\n`);
	const options = ['run', '--config', file, '--adapter', 'caddyfile'];
	const certificate = join(folder, 'caddy/pki/authorities/local/root.crt');
	return { program: 'caddy' as const, options, certificate };
}

function replaceOnce(configuration: string, old: string, by: string): string {
	const parts = configuration.split(old);
	if (parts.length !== 2) throw new Error(`“${old}” should stand once in the configuration`);
	return parts.join(by);
}
