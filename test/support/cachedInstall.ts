import execa from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

/** Where large programs that tests need are kept between runs, outside the checkout. */
const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'n8n-nodes-jofi');

export const NPM_OPTIONS = [
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
	// The checkout's own setting, which npm hands on to what it runs, would leave out peers that n8n needs.
	'--legacy-peer-deps=false',
];

export interface CachedInstall {
	/** Names the folder in the cache, with the version. */
	name: string;
	dependencies: Record<string, string>;
	/** npm's `overrides`, which a community node's own package.json must not have. */
	overrides?: Record<string, string>;
	/** What is left to do after npm, in the folder. It throws if the installation is of no use. */
	finish?(folder: string): Promise<void>;
}

/** The folder of an installation, whether it is there yet or not. */
export function folderOf({ name }: Pick<CachedInstall, 'name'>): string {
	return join(cacheFolder, name);
}

/** Whether an installation has been finished once, if perhaps in another way. */
export function isInstalled(name: string): boolean {
	return existsSync(join(folderOf({ name }), 'finished'));
}

/**
 * Installs npm packages into a folder of the cache, once. A broken or interrupted installation is begun
 * again, and so is one that was made in another way; two processes don't install at once. Says on standard
 * error what it does.
 *
 * @returns the folder
 */
export async function installOnce(wanted: CachedInstall): Promise<string> {
	const folder = folderOf(wanted);
	const finished = join(folder, 'finished');
	const { dependencies, overrides } = wanted;
	const way = JSON.stringify({ dependencies, overrides, options: NPM_OPTIONS });
	const isFinished = () => existsSync(finished) && readFileSync(finished, 'utf8') === way;
	if (isFinished()) return folder;

	await mkdir(folder, { recursive: true });
	const unlock = await lock(folder, {
		retries: { retries: 400, minTimeout: 2000, maxTimeout: 2000 },
	});
	try {
		if (isFinished()) return folder;
		say(`Installing ${wanted.name} into ${folder}, once.`);
		await rm(join(folder, 'node_modules'), { recursive: true, force: true });
		await writeFile(
			join(folder, 'package.json'),
			JSON.stringify({ private: true, dependencies, overrides }),
		);
		await withProgress('Downloading packages', () =>
			execa('npm', ['install', '--ignore-scripts', '--no-package-lock', ...NPM_OPTIONS], {
				cwd: folder,
				all: true,
			}),
		);
		await wanted.finish?.(folder);
		await writeFile(finished, way);
		say(`${wanted.name} is installed.`);
		return folder;
	} finally {
		await unlock();
	}
}

/** Says now and then that something is still going on. */
export async function withProgress(title: string, run: () => Promise<unknown>): Promise<void> {
	const startedAt = Date.now();
	const tick = setInterval(() => {
		say(`  ${title} … ${Math.round((Date.now() - startedAt) / 1000)} s`);
	}, 15_000);
	say(`  ${title} …`);
	try {
		await run();
	} finally {
		clearInterval(tick);
	}
}

function say(text: string): void {
	process.stderr.write(`${text}\n`);
}
