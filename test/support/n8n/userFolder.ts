import execa from 'execa';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledN8n } from './install';

/**
 * Makes a user folder with the database that n8n makes at its first start. That takes n8n some seconds, so
 * it is made once for each release, kept beside n8n, and copied.
 */
export async function newUserFolder(n8n: InstalledN8n): Promise<string> {
	const kept = join(n8n.folder, 'new-user-folder');
	if (!existsSync(kept)) await keep(n8n, kept);
	const folder = await mkdtemp(join(tmpdir(), 'jofi-n8n-'));
	await cp(kept, folder, { recursive: true });
	return folder;
}

async function keep(n8n: InstalledN8n, kept: string): Promise<void> {
	const folder = await mkdtemp(`${kept}-`);
	// Any command of n8n's brings the database up to date first.
	await execa(n8n.node, [n8n.bin, 'list:workflow'], {
		cwd: folder,
		env: { PATH: process.env.PATH ?? '', HOME: folder, N8N_USER_FOLDER: folder },
		extendEnv: false,
	});
	try {
		await rename(folder, kept);
	} catch (error) {
		await rm(folder, { recursive: true });
		// Somebody else was quicker.
		if (!existsSync(kept)) throw error;
	}
}
