import { rm } from 'node:fs/promises';
import { addressOfInternet, internetEnv, type InternetAddress } from '../outside/internet';
import { requestedVersion } from './install';
import { N8nRest } from './rest';
import { LAZY_ISOLATES, N8nServer, type Place, type StartOptions } from './server';

/** A running n8n with the package installed and its owner logged in. */
export interface TestServer {
	server: N8nServer;
	rest: N8nRest;
}

/** When n8n takes an isolate to evaluate expressions in: for each execution, its default, or when there is an expression. */
export type Isolates = 'default' | 'lazy';

/** What test files need to use a server that another process started. */
interface Shared {
	place: Place;
	pid?: number;
	internet: InternetAddress;
}

/** Of this process: those that Jest's globalTeardown ends. */
const started: Array<{ server: N8nServer; internet: InternetAddress }> = [];

/** Starts an n8n of a test file's own, with the package that was packed for this run. */
export async function startTestServer(options: StartOptions = {}): Promise<TestServer> {
	const server = await N8nServer.start({
		version: requestedVersion(),
		tarball: process.env.JOFI_TARBALL,
		...options,
	});
	try {
		const rest = new N8nRest(server);
		await rest.setUpOwner();
		return { server, rest };
	} catch (error) {
		await server.dispose();
		throw error;
	}
}

/** Starts the servers that test files share, unless they run already. The default one has its editor. */
export async function shareServers(kinds: Isolates[]): Promise<void> {
	const missing = kinds.filter((kind) => process.env[variableOf(kind)] === undefined);
	await Promise.all(
		missing.map(async (kind) => {
			const internet = await addressOfInternet();
			const isDefault = kind === 'default';
			const env = { ...internetEnv(internet), ...(isDefault ? {} : LAZY_ISOLATES) };
			const { server } = await startTestServer({ env, hasEditor: isDefault });
			started.push({ server, internet });
			const shared: Shared = { place: server.place, pid: server.pid, internet };
			process.env[variableOf(kind)] = JSON.stringify(shared);
		}),
	);
}

export async function disposeServers(): Promise<void> {
	for (const { server, internet } of started.splice(0)) {
		await server.dispose();
		await rm(internet.folder, { recursive: true, force: true });
	}
}

/**
 * @returns an n8n that test files share; it has what earlier files left in it, and must not be stopped. A test
 * can fake services at `internet`. With `N8N_URL` it is the n8n there.
 */
export async function sharedTestServer(
	kind: Isolates = 'default',
): Promise<TestServer & { internet: InternetAddress }> {
	const { place, pid, internet } = sharedServer(kind);
	const server = N8nServer.at(place, pid);
	const rest = new N8nRest(server);
	await rest.logIn();
	await rest.leaveOutEarlierRuns();
	return { server, rest, internet };
}

function sharedServer(kind: Isolates): Shared {
	const { N8N_URL } = process.env;
	if (N8N_URL === undefined) return JSON.parse(process.env[variableOf(kind)] ?? '{}') as Shared;
	const place = { version: requestedVersion(), url: N8N_URL.replace(/\/$/, '') };
	return {
		place: { ...place, userFolder: '', port: 0, env: {}, command: [] },
		// That n8n trusts no certificates of ours.
		internet: { port: 0, ca: { key: '', cert: '' }, folder: '' },
	};
}

const variableOf = (kind: Isolates) => `SHARED_N8N_${kind.toUpperCase()}`;
