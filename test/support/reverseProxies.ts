import execa from 'execa';
import getPort from 'get-port';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { eventually } from './eventually';
import { checkout } from './n8n/packedPackage';
import { installProgram } from './requirements';

/** The host name in the configurations of docs/setup.md. */
export const HOST = 'n8n.example.com';

/** The reverse proxies of docs/setup.md, by the language of their code blocks there. */
export type ProxyKind = 'nginx' | 'caddyfile';

/** A running reverse proxy on loopback, with the configuration of docs/setup.md. */
export interface ReverseProxy {
	/** Sends a request as from the internet: by name, over HTTPS, with the certificate checked. */
	visit(
		method: string,
		path: string,
		body?: Buffer,
		headers?: Record<string, string>,
	): Promise<{ status?: number; body: string }>;
	stop(): Promise<void>;
}

/** Starts a reverse proxy in front of a port. */
export async function startReverseProxy(
	kind: ProxyKind,
	targetPort: number,
): Promise<ReverseProxy> {
	const folder = await mkdtemp(join(tmpdir(), `jofi-${kind}-`));
	const port = await getPort({ host: '127.0.0.1' });
	const configuration = replaceOnce(
		configurationOf(kind),
		'127.0.0.1:5678',
		`127.0.0.1:${targetPort}`,
	);
	const prepare = kind === 'nginx' ? prepareNginx : prepareCaddy;
	const { program, options, certificate } = await prepare(folder, configuration, port);
	const child = execa(await installProgram(program), options, {
		all: true,
		reject: false,
		env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
	});

	const visit: ReverseProxy['visit'] = async (method, path, body = Buffer.alloc(0), more = {}) => {
		const ca = await readFile(certificate, 'utf8');
		const headers = { host: HOST, 'content-length': String(body.length), ...more };
		return await new Promise((resolve, reject) => {
			const target = { host: '127.0.0.1', port, servername: HOST, ca, agent: false };
			request({ ...target, method, path, headers }, (response) => {
				text(response).then((answer) => {
					resolve({ status: response.statusCode, body: answer });
				}, reject);
			})
				.on('error', reject)
				.end(body);
		});
	};
	await eventually(
		`${kind} and its certificate`,
		async () => {
			if (child.exitCode !== null) throw new Error(`${kind} ended: ${(await child).all}`);
			// Caddy takes connections before it has made the certificate of the site.
			return await visit('GET', '/').then(
				() => 'an answer',
				(error: Error) => error.message,
			);
		},
		(outcome) => outcome === 'an answer',
	);
	const stop = async () => {
		child.kill();
		await child;
		await rm(folder, { recursive: true, force: true });
	};
	return { visit, stop };
}

/** The one code block of a language in docs/setup.md. */
function configurationOf(kind: ProxyKind): string {
	const page = readFileSync(join(checkout, 'docs/setup.md'), 'utf8');
	const [block, another] = page.matchAll(new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\`$`, 'gm'));
	if (!block?.[1] || another) throw new Error(`docs/setup.md should have one block of ${kind}`);
	return block[1];
}

async function prepareNginx(folder: string, server: string, port: number) {
	const certificate = join(folder, 'certificate.pem');
	const key = join(folder, 'key.pem');
	const made = await generate([{ name: 'commonName', value: HOST }], {
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
	});
	await writeFile(certificate, made.cert);
	await writeFile(key, made.private);
	const replaced = [
		['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
		[`/etc/ssl/${HOST}.crt`, certificate],
		[`/etc/ssl/${HOST}.key`, key],
	].reduce((configuration, [old = '', by = '']) => replaceOnce(configuration, old, by), server);
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(name) => `${name}_temp_path ${join(folder, name)};`,
	);
	const file = join(folder, 'nginx.conf');
	await writeFile(
		file,
		`daemon off;
user root;
pid ${join(folder, 'nginx.pid')};
error_log stderr;
events {}
http {
access_log off;
${temporary.join('\n')}
${replaced}
}
`,
	);
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
