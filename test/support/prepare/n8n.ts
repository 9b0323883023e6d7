import { installN8n } from '../n8n/install';
import { packPackage } from '../n8n/packedPackage';

/** Before the tests on a real n8n: brings n8n if it is not there yet, and packs the built package once. */
export default async function prepareN8n(): Promise<void> {
	await installN8n(requestedVersion());
	process.env.JOFI_TARBALL ??= await packPackage();
}

/** The n8n to test on: `N8N_VERSION`, or the usual one. */
function requestedVersion() {
	return process.env.N8N_VERSION as Parameters<typeof installN8n>[0];
}
