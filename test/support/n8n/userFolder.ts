import execa from 'execa';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { madeOnce } from '../madeOnce';
import type { InstalledN8n } from './install';

/**
 * Makes a user folder with the database that n8n makes at its first start. That takes n8n some seconds, so
 * it is made once for each release, kept beside n8n, and copied.
 */
export async function newUserFolder(n8n: InstalledN8n): Promise<string> {
	const kept = await madeOnce(join(n8n.folder, 'new-user-folder'), async (begun) => {
		// Any command of n8n's brings the database up to date first.
		await execa(n8n.node, [n8n.bin, 'list:workflow'], {
			cwd: begun,
			env: { PATH: process.env.PATH ?? '', HOME: begun, N8N_USER_FOLDER: begun },
			extendEnv: false,
		});
	});
	const folder = await mkdtemp(join(tmpdir(), 'jofi-n8n-'));
	await cp(kept, folder, { recursive: true });
	return folder;
}
