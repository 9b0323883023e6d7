import execa, { type ExecaChildProcess } from 'execa';
import getPort from 'get-port';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { generate } from 'selfsigned';
import { eventually } from './eventually';
import { installProgram } from './requirements';

/** The host name in the configurations of docs/setup.md. */
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
	 * Starts a reverse proxy.
	 *
	 * @param configuration - as docs/setup.md has it. Replaced are the address of n8n, the certificate and the port.
	 */
	static async start(
		kind: ProxyKind,
		configuration: string,
		n8nPort: number,
	): Promise<ReverseProxy> {
		const folder = await mkdtemp(join(tmpdir(), `jofi-${kind}-`));
		const port = await getPort({ host: '127.0.0.1' });
		const forHere = replaceOnce(configuration, '127.0.0.1:5678', `127.0.0.1:${n8nPort}`);
		const start = kind === 'nginx' ? startNginx : startCaddy;
		const { child, certificate } = await start(folder, forHere, port);
		let output = '';
		child.all?.on('data', (chunk: Buffer) => (output += chunk.toString()));
		const text = await eventually(
			`${kind} and its certificate`,
			async () => {
				if (child.exitCode !== null) throw new Error(`${kind} ended: ${output}`);
				// Caddy takes connections before it has made the certificate of the site.
				if (!(await canHandshake(port))) return '';
				return await readFile(certificate, 'utf8').catch(() => '');
			},
			(content) => content !== '',
		);
		return new ReverseProxy(port, text, folder, child);
	}

	async dispose(): Promise<void> {
		this.process.kill();
		await this.process;
		await rm(this.folder, { recursive: true, force: true });
	}
}

async function canHandshake(port: number): Promise<boolean> {
	const socket = connect({ host: '127.0.0.1', port, servername: HOST, rejectUnauthorized: false });
	try {
		await once(socket, 'secureConnect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

interface StartedProxy {
	child: ExecaChildProcess;
	/** The file of the certificate to trust. */
	certificate: string;
}

const OPTIONS = { all: true, buffer: false, reject: false } as const;

async function startNginx(folder: string, server: string, port: number): Promise<StartedProxy> {
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
	].reduce((text, [old = '', by = '']) => replaceOnce(text, old, by), server);
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(name) => `${name}_temp_path ${join(folder, name)};`,
	);
	const file = join(folder, 'nginx.conf');
	const main = `daemon off;\nuser root;\npid ${join(folder, 'nginx.pid')};\nerror_log stderr;\nevents {}\n`;
	const http = `http {\naccess_log off;\n${temporary.join('\n')}\n${replaced}\n}\n`;
	await writeFile(file, main + http);
	const program = await installProgram('nginx');
	return { child: execa(program, ['-p', folder, '-c', file], OPTIONS), certificate };
}

async function startCaddy(folder: string, site: string, port: number): Promise<StartedProxy> {
	const file = join(folder, 'Caddyfile');
	const httpPort = await getPort({ host: '127.0.0.1' });
	// A local certificate: no CA can check example.com here.
	const options = ['admin off', 'local_certs', 'skip_install_trust', 'default_bind 127.0.0.1'];
	options.push(`http_port ${httpPort}`, `https_port ${port}`);
	await writeFile(file, `{\n\t${options.join('\n\t')}\n}\n\n${site}\n`);
	const child = execa(
		await installProgram('caddy'),
		['run', '--config', file, '--adapter', 'caddyfile'],
		{ ...OPTIONS, env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } },
	);
	return { child, certificate: join(folder, 'caddy/pki/authorities/local/root.crt') };
}

function replaceOnce(text: string, old: string, by: string): string {
	const parts = text.split(old);
	if (parts.length !== 2) throw new Error(`“${old}” should stand once in the configuration`);
	return parts.join(by);
}
