import type { N8nVersion } from './install';
import { N8nRest } from './rest';
import { N8nServer, type StartOptions } from './server';

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
