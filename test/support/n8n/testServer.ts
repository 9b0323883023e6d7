import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressOfInternet, internetEnv, type InternetAddress } from '../outside/internet';
import type { N8nVersion } from './install';
import { N8nRest } from './rest';
import { LAZY_SANDBOXES, N8nServer, type Place, type StartOptions } from './server';

/** A running n8n with the package installed and its owner logged in. */
export interface TestServer {
	server: N8nServer;
	rest: N8nRest;
}

/** Starts n8n, in the version that `N8N_VERSION` asks for, with the package that was packed for this run. */
export async function startTestServer(options: StartOptions = {}): Promise<TestServer> {
	const server = await N8nServer.start({
		version: process.env.N8N_VERSION as N8nVersion | undefined,
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

/** n8n 2.x as it comes, or taking a sandbox for expressions only when there is one to evaluate. */
export type Sandboxes = 'shipped' | 'lazy';

const SANDBOXES: Record<Sandboxes, Record<string, string>> = {
	shipped: {},
	lazy: LAZY_SANDBOXES,
};

/** What stands in the file by which test files find an n8n that they share. */
interface Shared {
	place: Place;
	internet: InternetAddress;
}

/**
 * The n8n that test files share, one for each kind of sandboxes: the first that asks starts it. Only the one
 * as shipped has its editor. Whoever stops it starts it again; what the files before have left in it is to be
 * expected. Whoever plays the internet for it does so at `internet`.
 */
export async function sharedTestServer(
	sandboxes: Sandboxes = 'shipped',
): Promise<TestServer & { internet: InternetAddress }> {
	const file = join(sharedFolder(), `${sandboxes}.json`);
	if (existsSync(file)) {
		const { place, internet } = readShared(file);
		const server = await N8nServer.at(place);
		if (!server.isRunning) await server.launch();
		const rest = new N8nRest(server);
		await rest.logIn();
		await rest.leaveOutEarlierRuns();
		return { server, rest, internet };
	}
	const internet = await addressOfInternet();
	const env = { ...internetEnv(internet), ...SANDBOXES[sandboxes] };
	const { server, rest } = await startTestServer({ env, hasEditor: sandboxes === 'shipped' });
	const shared: Shared = { place: server.place, internet };
	writeFileSync(file, JSON.stringify(shared));
	return { server, rest, internet };
}

/**
 * Has the test files that run meanwhile share n8n, and ends it.
 *
 * @param work Runs the test files, in this process.
 */
export async function sharingTestServer(work: () => Promise<void>): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'jofi-shared-'));
	process.env.JOFI_SHARED_N8N = folder;
	try {
		await work();
	} finally {
		for (const file of readdirSync(folder)) {
			const shared = readShared(join(folder, file));
			await (await N8nServer.at(shared.place)).dispose();
			await rm(shared.internet.folder, { recursive: true, force: true });
		}
		await rm(folder, { recursive: true, force: true });
	}
}

function sharedFolder(): string {
	const folder = process.env.JOFI_SHARED_N8N;
	if (folder === undefined)
		throw new Error('Only test files that SerialRunner runs can share an n8n');
	return folder;
}

function readShared(file: string): Shared {
	return JSON.parse(readFileSync(file, 'utf8')) as Shared;
}
