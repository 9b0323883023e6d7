import execa from 'execa';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { madeOnce } from './install';

export const checkout = resolve(__dirname, '../../..');

/** Packs the built checkout as it would be published, and returns the path of the .tgz. */
export async function packPackage(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'jofi-package-'));
	const { stdout } = await execa('npm', ['pack', '--silent', '--pack-destination', folder], {
		cwd: checkout,
	});
	return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}

/**
 * Installs a packed package into n8n's user folder as the README says to do by hand: `npm install` in
 * the `nodes` folder. n8n itself provides n8n-workflow, so the peer is left out. npm is run once for each
 * packed package, and what it made is copied.
 */
export async function installPackage(userFolder: string, tarball: string): Promise<void> {
	const installed = await madeOnce(`${tarball}-installed`, async (begun) => {
		await writeFile(join(begun, 'package.json'), '{ "private": true }');
		await execa(
			'npm',
			['install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=peer', tarball],
			{ cwd: begun },
		);
	});
	await cp(installed, join(userFolder, '.n8n', 'nodes'), { recursive: true });
}
