import type { Config } from '@jest/types';
import { installN8n, requestedVersion } from './n8n/install';
import { packPackage } from './n8n/packedPackage';
import { shareServers, type Isolates } from './n8n/testServer';

/** The n8n that the test files of a project share. */
const SHARED: Record<string, Isolates[]> = {
	e2e: ['default', 'lazy'],
	browser: ['default'],
	queue: [],
};

/** Jest's globalSetup of a project: brings n8n if it is not there yet, packs the built package, starts n8n. */
export default async function setUp(
	_: Config.GlobalConfig,
	{ displayName }: Config.ProjectConfig,
): Promise<void> {
	if (process.env.N8N_URL === undefined) {
		await installN8n(requestedVersion());
		process.env.JOFI_TARBALL ??= await packPackage();
	}
	await shareServers(SHARED[displayName?.name ?? ''] ?? []);
}
