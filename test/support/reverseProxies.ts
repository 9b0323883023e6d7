import execa, { type ExecaChildProcess } from 'execa';
import getPort from 'get-port';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { eventually } from './eventually';
import { installProgram } from './requirements';

/** The name that the set-ups of docs/setup.md are for. */
export const HOST = 'n8n.example.com';

/** The reverse proxies of docs/setup.md, by the language of their code blocks there. */
export type ProxyKind = 'nginx' | 'caddyfile';

/** A running reverse proxy on loopback. */
export class ReverseProxy {
	private constructor(
		readonly port: number,
		/** The certificate to trust for HTTPS. */
		readonly certificate: string,
		private readonly folder: string,
		private readonly process: ExecaChildProcess,
	) {}

	/**
	 * Starts a reverse proxy with a set-up as the docs have it. Only what everybody has to put in is put in:
	 * where n8n is, the files of the certificate, and here also a port other than 443.
	 */
	static async start(kind: ProxyKind, setUp: string, n8nPort: number): Promise<ReverseProxy> {
		const folder = await mkdtemp(join(tmpdir(), `jofi-${kind}-`));
		const port = await getPort({ host: '127.0.0.1' });
		const forHere = replaceOnce(setUp, '127.0.0.1:5678', `127.0.0.1:${n8nPort}`);
		const start = kind === 'nginx' ? startNginx : startCaddy;
		const child = await start(folder, forHere, port);
		await eventually(
			`${kind} to take connections. It said: ${child.said()}`,
			async () => await takesConnections(port),
			(isThere) => isThere || child.process.exitCode !== null,
		);
		if (child.process.exitCode !== null) throw new Error(`${kind} ended: ${child.said()}`);
		const certificate = await eventually(
			`the certificate of ${kind}`,
			async () => await readFile(child.certificate, 'utf8').catch(() => ''),
			(text) => text !== '',
		);
		return new ReverseProxy(port, certificate, folder, child.process);
	}

	async dispose(): Promise<void> {
		this.process.kill();
		await this.process;
		await rm(this.folder, { recursive: true, force: true });
	}
}

interface StartedProxy {
	process: ExecaChildProcess;
	said: () => string;
	/** The file of the certificate to trust. */
	certificate: string;
}

async function startNginx(folder: string, setUp: string, port: number): Promise<StartedProxy> {
	const certificate = join(folder, 'certificate.pem');
	const key = join(folder, 'key.pem');
	const made = await generate([{ name: 'commonName', value: HOST }], {
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
	});
	await writeFile(certificate, made.cert);
	await writeFile(key, made.private);

	let server = replaceOnce(setUp, 'listen 443 ssl', `listen 127.0.0.1:${port} ssl`);
	server = replaceOnce(server, `/etc/ssl/${HOST}.crt`, certificate);
	server = replaceOnce(server, `/etc/ssl/${HOST}.key`, key);
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(name) => `${name}_temp_path ${join(folder, name)};`,
	);
	const main = join(folder, 'nginx.conf');
	await writeFile(
		main,
		`daemon off;
user root;
pid ${join(folder, 'nginx.pid')};
error_log stderr;
events {}
http {
access_log off;
${temporary.join('\n')}
${server}
}
`,
	);
	// The packages of a distribution read /etc/nginx; here only what stands in the folder counts.
	return { ...run(await installProgram('nginx'), ['-p', folder, '-c', main], {}), certificate };
}

async function startCaddy(folder: string, setUp: string, port: number): Promise<StartedProxy> {
	const main = join(folder, 'Caddyfile');
	const unusedPort = await getPort({ host: '127.0.0.1' });
	// Certificates of its own, since nobody can prove here that example.com is theirs.
	await writeFile(
		main,
		`{
	admin off
	local_certs
	skip_install_trust
	http_port ${unusedPort}
	https_port ${port}
	default_bind 127.0.0.1
}

${setUp}
`,
	);
	const started = run(
		await installProgram('caddy'),
		['run', '--config', main, '--adapter', 'caddyfile'],
		{
			HOME: folder,
			XDG_DATA_HOME: folder,
			XDG_CONFIG_HOME: folder,
		},
	);
	return { ...started, certificate: join(folder, 'caddy/pki/authorities/local/root.crt') };
}

function run(program: string, options: string[], env: Record<string, string>) {
	const child = execa(program, options, { env, all: true, buffer: false, reject: false });
	let output = '';
	child.all?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	return { process: child, said: () => output };
}

function replaceOnce(text: string, old: string, by: string): string {
	const parts = text.split(old);
	if (parts.length !== 2) throw new Error(`“${old}” should stand once in the set-up`);
	return parts.join(by);
}

async function takesConnections(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect({ host: '127.0.0.1', port });
		socket.on('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});
}
