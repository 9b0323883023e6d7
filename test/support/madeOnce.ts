import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';

/**
 * Makes a folder unless it is there. It appears whole, and several may ask for it at once.
 *
 * @param folder Where it is to be.
 * @param make Fills a new folder, which then becomes that one.
 * @returns The folder.
 */
export async function madeOnce(
	folder: string,
	make: (begun: string) => Promise<unknown>,
): Promise<string> {
	if (existsSync(folder)) return folder;
	const begun = await mkdtemp(`${folder}-`);
	try {
		await make(begun);
		await rename(begun, folder);
	} catch (error) {
		await rm(begun, { recursive: true, force: true });
		// Somebody else was quicker.
		if (!existsSync(folder)) throw error;
	}
	return folder;
}
