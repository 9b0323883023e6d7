import execa, { type ExecaChildProcess } from 'execa';
import getPort from 'get-port';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce, type CachedInstall } from './cachedInstall';
import { eventually } from './eventually';

const VERDACCIO: CachedInstall = {
	name: 'verdaccio-6.7.2',
	dependencies: { verdaccio: '6.7.2' },
	// One of its dependencies asks for the tag `cjs` of node-fetch, which not every registry has.
	overrides: { 'node-fetch': '2.7.0' },
};

/** An npm registry on loopback that holds what is published to it, and nothing else. */
export class LocalRegistry {
	private constructor(
		private readonly folder: string,
		private readonly process: ExecaChildProcess,
		readonly url: string,
	) {}

	static async start(): Promise<LocalRegistry> {
		const folder = await mkdtemp(join(tmpdir(), 'jofi-registry-'));
		const port = await getPort({ host: '127.0.0.1' });
		const url = `http://127.0.0.1:${port}`;
		const config = join(folder, 'config.yaml');
		await writeFile(
			config,
			`storage: ./storage
packages:
  '**':
    access: $all
    publish: $all
log: { type: stdout, format: json, level: warn }
`,
		);
		const folderOfVerdaccio = await installOnce(VERDACCIO);
		const verdaccio = join(folderOfVerdaccio, 'node_modules/verdaccio/bin/verdaccio');
		const child = execa('node', [verdaccio, '--config', config, '--listen', url], {
			cwd: folder,
			all: true,
			reject: false,
		});
		await eventually(
			`the local registry at ${url}`,
			async () => {
				if (child.exitCode !== null)
					throw new Error(`The local registry ended: ${(await child).all}`);
				return (await fetch(`${url}/-/ping`).catch(() => undefined))?.status;
			},
			(status) => status === 200,
		);
		return new LocalRegistry(folder, child, url);
	}

	/** Publishes a packed package, as it is or under another version. */
	async publish(tarball: string, version?: string): Promise<void> {
		const source = await mkdtemp(join(this.folder, 'publish-'));
		await execa('tar', ['-xzf', tarball, '-C', source, '--strip-components=1']);
		const manifest = join(source, 'package.json');
		const content = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, unknown>;
		// Provenance can only be had from a public CI, and these are scripts of the checkout.
		const changed = { ...content, ...(version && { version }), publishConfig: {}, scripts: {} };
		await writeFile(manifest, JSON.stringify(changed));
		const { host } = new URL(this.url);
		await writeFile(join(source, '.npmrc'), `//${host}/:_authToken=anybody\n`);
		await execa('npm', ['publish', `--registry=${this.url}`, '--provenance=false'], {
			cwd: source,
		});
	}

	/**
	 * A folder with an `npm` that asks this registry, to be put first in the PATH of n8n: it passes the
	 * public registry on the command line, and takes another one only with a licence.
	 */
	async folderWithNpm(): Promise<string> {
		const bin = join(this.folder, 'bin');
		await mkdir(bin, { recursive: true });
		const { stdout: npm } = await execa('sh', ['-c', 'command -v npm']);
		const shim = join(bin, 'npm');
		await writeFile(
			shim,
			`#!/bin/sh
for argument do
	shift
	case "$argument" in
		--registry=*) ;;
		*) set -- "$@" "$argument" ;;
	esac
done
exec '${npm}' "$@" --registry=${this.url}
`,
		);
		await chmod(shim, 0o755);
		return bin;
	}

	async dispose(): Promise<void> {
		this.process.kill();
		await this.process;
		await rm(this.folder, { recursive: true, force: true });
	}
}
