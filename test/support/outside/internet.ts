import getPort from 'get-port';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
	createServer as createProxy,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createSecureContext, type TlsOptions } from 'node:tls';
import { generate } from 'selfsigned';

/** A host whose certificate has expired. */
export const EXPIRED_HOST = 'expired.example.com';

/** An answer: JSON, or any text. `hangUp` closes the connection without one. */
export type Reply =
	| { status?: number; json: unknown }
	| { status: number; text: string; headers?: Record<string, string> }
	| { hangUp: true };

export interface Visit {
	method: string;
	url: URL;
	headers: IncomingMessage['headers'];
	body: string;
}

/** A fake service: answers a request; with bytes for what is no text. */
export type Service = (visit: Visit) => Reply | Buffer | Promise<Reply | Buffer>;

/** Where the fake internet listens, and the CA of its certificates: n8n must know both when it starts. */
export interface InternetAddress {
	port: number;
	ca: { key: string; cert: string };
	/** Holds the certificate of the CA. */
	folder: string;
}

/** Reserves an address; `folder` is to be deleted when it is no longer used. */
export async function addressOfInternet(): Promise<InternetAddress> {
	const ca = await generate([{ name: 'commonName', value: 'Fake internet' }], {
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, critical: true },
		],
	});
	const folder = await mkdtemp(join(tmpdir(), 'jofi-internet-'));
	await writeFile(join(folder, 'ca.pem'), ca.cert);
	const port = await getPort({ host: '127.0.0.1' });
	return { port, ca: { key: ca.private, cert: ca.cert }, folder };
}

/** What sends n8n to an internet. */
export function internetEnv({ port, folder }: InternetAddress): Record<string, string> {
	const certificate = join(folder, 'ca.pem');
	return {
		HTTPS_PROXY: `http://127.0.0.1:${port}`,
		NO_PROXY: '127.0.0.1,localhost',
		NODE_EXTRA_CA_CERTS: certificate,
		// The machine's own npm may be set to another file.
		npm_config_cafile: certificate,
	};
}

/**
 * The part of the internet that workflows call, on loopback: a proxy that leads to services of our own,
 * with certificates that n8n trusts. So n8n's nodes speak real HTTPS to `sheets.googleapis.com`, and
 * nothing leaves the machine: a host without a fake is refused.
 */
export class FakeInternet {
	readonly refusedHosts: string[] = [];
	/** Node does not close these connections together with the proxy. */
	private readonly tunnels: Socket[] = [];

	private constructor(
		private readonly proxy: Server,
		private readonly tls: Server,
		private readonly address: InternetAddress,
		private readonly ownFolder: string | undefined,
	) {}

	/**
	 * Starts it.
	 *
	 * @param services What answers for each host name.
	 * @param at An address that n8n knows already; a new one by default.
	 */
	static async start(
		services: Record<string, Service>,
		at?: InternetAddress,
	): Promise<FakeInternet> {
		const address = at ?? (await addressOfInternet());
		const hosts = Object.keys(services);
		const certificate = await certificateOf(hosts, address);
		const expired = await certificateOf(hosts, address, new Date('2020-01-01'));

		const SNICallback: TlsOptions['SNICallback'] = (host, use) => {
			use(null, createSecureContext(host === EXPIRED_HOST ? expired : certificate));
		};
		const answer = async (request: IncomingMessage, response: ServerResponse) => {
			const body = await text(request).catch(() => undefined);
			// n8n was killed meanwhile.
			if (body === undefined) return;
			const { method = '', headers } = request;
			const { host = '' } = headers;
			const url = new URL(request.url ?? '/', `https://${host}`);
			const unknown = { status: 404, json: { error: 'no such service' } };
			send(response, (await services[host]?.({ method, url, headers, body })) ?? unknown);
		};
		const tls = createTlsServer({ ...certificate, SNICallback }, (request, response) => {
			void answer(request, response);
		});
		const proxy = createProxy((_request, response) => response.writeHead(405).end());
		const internet = new FakeInternet(proxy, tls, address, at ? undefined : address.folder);
		proxy.on('connect', ({ url }: IncomingMessage, socket: Socket) => {
			const host = (url ?? '').replace(/:443$/, '');
			internet.tunnels.push(socket);
			socket.on('error', () => socket.destroy());
			if (!hosts.includes(host)) {
				internet.refusedHosts.push(host);
				socket.end('HTTP/1.1 502 No Such Fake\r\n\r\n');
				return;
			}
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			tls.emit('connection', socket);
		});
		proxy.listen(address.port, '127.0.0.1');
		await once(proxy, 'listening');
		return internet;
	}

	/** The certificate that has to be trusted. */
	get certificateFile(): string {
		return join(this.address.folder, 'ca.pem');
	}

	/** What sends n8n here. */
	get env(): Record<string, string> {
		return internetEnv(this.address);
	}

	async stop(): Promise<void> {
		this.proxy.closeAllConnections();
		this.tls.closeAllConnections();
		for (const tunnel of this.tunnels) tunnel.destroy();
		await new Promise((resolve) => this.proxy.close(resolve));
		if (this.ownFolder !== undefined) await rm(this.ownFolder, { recursive: true, force: true });
	}
}

/** Answers an OAuth2 sign-in with a token, once the user has consented. */
export function signInAs(token: string): Service {
	return ({ body }) => {
		if (new URLSearchParams(body).get('grant_type') !== 'authorization_code') {
			return { status: 400, json: { error: 'unsupported_grant_type' } };
		}
		const lifetime = { refresh_token: 'refresh', expires_in: 3599 };
		return { json: { access_token: token, token_type: 'Bearer', ...lifetime } };
	};
}

/** Makes a certificate, and its key, for these hosts. */
async function certificateOf(hosts: string[], { ca }: InternetAddress, notAfterDate?: Date) {
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'A service' }], {
		ca,
		...(notAfterDate && { notBeforeDate: new Date('2019-01-01'), notAfterDate }),
		extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) }],
	});
	return { key, cert };
}

function send(response: ServerResponse, reply: Reply | Buffer): void {
	if (Buffer.isBuffer(reply)) {
		response.end(reply);
	} else if ('hangUp' in reply) {
		response.destroy();
	} else if ('text' in reply) {
		response.writeHead(reply.status, { 'content-type': 'text/plain', ...reply.headers });
		response.end(reply.text);
	} else {
		response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' });
		response.end(JSON.stringify(reply.json));
	}
}
