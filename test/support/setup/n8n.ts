import { installN8n, requestedVersion } from '../n8n/install';
import { packPackage } from '../n8n/packedPackage';
import { shareServers, type Isolates } from '../n8n/testServer';

/** Installs n8n if it is not there yet, packs the built package, and starts the n8n that test files share. */
export async function setUp(shared: Isolates[]): Promise<void> {
	if (process.env.N8N_URL !== undefined) return;
	await installN8n(requestedVersion());
	process.env.JOFI_TARBALL ??= await packPackage();
	await shareServers(shared);
}
