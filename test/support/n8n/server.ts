import execa, { type ExecaChildProcess } from 'execa';
import getPort from 'get-port';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n, type InstalledN8n, type N8nVersion } from './install';
import { installPackage } from './packedPackage';

export interface StartOptions {
	version?: N8nVersion;
	/** The packed package to install before the first start. */
	tarball?: string;
	/** An existing user folder, to share it or to start again on it; otherwise a new one. */
	userFolder?: string;
	/** More settings, or others in place of the usual ones. */
	env?: Record<string, string>;
	/** n8n's command: `start`, `webhook` or `worker`. */
	command?: string[];
	/** How long it may take to be ready. */
	readyWithinMs?: number;
}

/** A real n8n process on loopback. */
export class N8nServer {
	private process: ExecaChildProcess | undefined;
	private output = '';

	private constructor(
		readonly n8n: InstalledN8n,
		readonly userFolder: string,
		readonly port: number,
		private readonly env: Record<string, string>,
		private readonly command: string[],
		private readonly readyWithinMs: number,
	) {}

	/** Installs what is missing, starts n8n and waits until it is ready. */
	static async start(options: StartOptions = {}): Promise<N8nServer> {
		const n8n = await installN8n(options.version);
		const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'jofi-n8n-')));
		if (options.tarball !== undefined) await installPackage(userFolder, options.tarball);
		const port = await getPort({ host: '127.0.0.1' });
		const env: Record<string, string> = {
			...environment(userFolder, port, await getPort({ host: '127.0.0.1' })),
			...n8n.release.env,
			...options.env,
		};
		const command = options.command ?? ['start'];
		const server = new N8nServer(
			n8n,
			userFolder,
			port,
			env,
			command,
			options.readyWithinMs ?? 120_000,
		);
		await server.launch();
		return server;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get pid(): number {
		if (this.process?.pid === undefined) throw new Error('n8n is not running');
		return this.process.pid;
	}

	/** Everything that n8n has written so far, over all starts. */
	get log(): string {
		return this.output;
	}

	/** Starts n8n on its user folder and port and waits until it is ready. */
	async launch(): Promise<void> {
		const child = execa(this.n8n.node, [this.n8n.bin, ...this.command], {
			cwd: this.userFolder,
			env: this.env,
			extendEnv: false,
			all: true,
			buffer: false,
			reject: false,
		});
		child.all?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		this.process = child;
		await this.waitUntilReady(child);
	}

	/** Ends n8n the regular way; by force if it has not ended after ten seconds. */
	async stop(): Promise<void> {
		const child = this.process;
		if (!child) return;
		child.kill('SIGTERM', { forceKillAfterTimeout: 10_000 });
		await child;
		this.process = undefined;
	}

	/** Ends n8n at once, as a crash does. */
	async crash(): Promise<void> {
		const child = this.process;
		child?.kill('SIGKILL');
		await child;
		this.process = undefined;
	}

	/** Ends n8n and deletes its user folder. */
	async dispose(): Promise<void> {
		await this.stop();
		await rm(this.userFolder, { recursive: true, force: true });
	}

	private async waitUntilReady(child: ExecaChildProcess): Promise<void> {
		const deadline = Date.now() + this.readyWithinMs;
		while (Date.now() < deadline) {
			if (child.exitCode !== null) break;
			const response = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
			if (response?.ok) return;
			await new Promise((resolve) => setTimeout(resolve, 250));
		}
		await this.stop();
		throw new Error(`n8n did not get ready. Its output:\n${this.output}`);
	}
}

function environment(userFolder: string, port: number, brokerPort: number): Record<string, string> {
	return {
		PATH: process.env.PATH ?? '',
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_LOG_LEVEL: 'debug',
		GENERIC_TIMEZONE: 'America/Denver',
		// A worker has no page but this.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
	};
}
