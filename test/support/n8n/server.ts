import execa from 'execa';
import getPort from 'get-port';
import { existsSync, readFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../eventually';
import {
	installN8n,
	locateN8n,
	newUserFolder,
	type InstalledN8n,
	type N8nVersion,
} from './install';
import { installPackage } from './packedPackage';

export interface StartOptions {
	version?: N8nVersion;
	/** The packed package to install before the first start. */
	tarball?: string;
	/** An existing user folder, to share it or to start again on it; otherwise a new one. */
	userFolder?: string;
	/** Whether n8n serves its editor and its node types. Without them it starts a third sooner. */
	hasEditor?: boolean;
	/** More settings, or others in place of the usual ones. */
	env?: Record<string, string>;
	/** n8n's command: `start`, `webhook` or `worker`. */
	command?: string[];
}

/** What is needed to start n8n again, and to find it. */
export interface Place {
	version: N8nVersion;
	url: string;
	userFolder: string;
	port: number;
	env: Record<string, string>;
	command: string[];
}

/** Has n8n 2.x take an isolate for expressions only when there is one to evaluate. */
export const LAZY_ISOLATES = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** A real n8n process on loopback. */
export class N8nServer {
	private constructor(
		readonly n8n: InstalledN8n,
		readonly place: Place,
		private running: number | undefined,
	) {}

	/** Installs what is missing, starts n8n and waits until it is ready. */
	static async start(options: StartOptions = {}): Promise<N8nServer> {
		const n8n = await installN8n(options.version);
		const userFolder = options.userFolder ?? (await newUserFolder(n8n));
		const port = await getPort({ host: '127.0.0.1' });
		const { N8N_EXPRESSION_ENGINE } = process.env;
		const env: Record<string, string> = {
			...environment(userFolder, port, await getPort({ host: '127.0.0.1' })),
			// Saves compiling n8n again at the next start.
			NODE_COMPILE_CACHE: join(n8n.folder, 'compiled'),
			...(options.hasEditor !== true && { N8N_DISABLE_UI: 'true' }),
			...(N8N_EXPRESSION_ENGINE && { N8N_EXPRESSION_ENGINE }),
			...n8n.release.env,
			...options.env,
		};
		const command = options.command ?? ['start'];
		const url = `http://127.0.0.1:${port}`;
		const place = { version: n8n.version, url, userFolder, port, env, command };
		const server = new N8nServer(n8n, place, undefined);
		try {
			if (options.tarball !== undefined) await installPackage(userFolder, options.tarball);
			await server.launch();
			return server;
		} catch (error) {
			if (options.userFolder === undefined) await server.dispose();
			throw error;
		}
	}

	/** An n8n that another process started. Without `pid`, its process and its files are out of reach. */
	static at(place: Place, pid?: number): N8nServer {
		return new N8nServer(locateN8n(place.version), place, pid);
	}

	get url(): string {
		return this.place.url;
	}

	get userFolder(): string {
		return this.place.userFolder;
	}

	get pid(): number {
		if (this.running === undefined) throw new Error('n8n is not running');
		return this.running;
	}

	/** Everything that n8n has written so far, over all starts. */
	get log(): string {
		return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
	}

	/** Starts n8n in its place and waits until it is ready. */
	async launch(): Promise<void> {
		const log = await open(this.logFile, 'a');
		const child = execa(this.n8n.node, [this.n8n.bin, ...this.place.command], {
			cwd: this.userFolder,
			env: this.place.env,
			extendEnv: false,
			stdio: ['ignore', log.fd, log.fd],
			reject: false,
		});
		const { pid } = child;
		if (pid === undefined) throw new Error(`n8n could not be started: ${(await child).stderr}`);
		this.running = pid;
		await log.close();
		try {
			await eventually(
				`n8n to be ready at ${this.url}`,
				async () => {
					if (!isAlive(pid)) throw new Error(`n8n ended while it started`);
					return (await fetch(`${this.url}/healthz/readiness`).catch(() => undefined))?.status;
				},
				(status) => status === 200,
			);
		} catch (error) {
			await this.stop();
			throw new Error(`${String(error)}\nn8n ${this.place.command.join(' ')} wrote:\n${this.log}`);
		}
	}

	/** Ends n8n the regular way; by force if it has not ended after half a minute. */
	async stop(): Promise<void> {
		const pid = this.running;
		if (pid === undefined || !isAlive(pid)) return;
		process.kill(pid, 'SIGTERM');
		for (let tries = 0; tries < 300 && isAlive(pid); tries++) await wait(100);
		await this.crash();
	}

	/** Ends n8n at once, as a crash does. */
	async crash(): Promise<void> {
		const pid = this.running;
		if (pid === undefined) return;
		if (isAlive(pid)) process.kill(pid, 'SIGKILL');
		await eventually(
			'n8n to be gone',
			() => isAlive(pid),
			(alive) => !alive,
		);
		this.running = undefined;
	}

	/** Ends n8n and deletes its user folder. */
	async dispose(): Promise<void> {
		await this.stop();
		await rm(this.userFolder, { recursive: true, force: true });
	}

	private get logFile(): string {
		return join(this.userFolder, `n8n-${this.place.port}.log`);
	}
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
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
		// On a busy machine a ping takes longer than n8n's five seconds, and it answers that its database is not ready.
		DB_PING_TIMEOUT_MS: '600000',
		GENERIC_TIMEZONE: 'America/Denver',
		// A worker has no page but this.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
	};
}
