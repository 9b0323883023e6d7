import execa from 'execa';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from './internet';

/** The host to pass to `FakeInternet.start`: `{ [REGISTRY_HOST]: registry.api }`. */
export const REGISTRY_HOST = 'registry.npmjs.org';

/** A fake of the npm registry that holds what is published to it, and nothing else. */
export class NpmRegistry {
	private readonly versions: Record<string, { name: string; version: string; dist: object }> = {};
	private readonly tarballs = new Map<string, Buffer>();
	private latest = '';

	readonly api: Service = ({ url: { pathname } }) => {
		const [, name, version] = pathname.split('/');
		const tarball = this.tarballs.get(pathname);
		if (tarball) return tarball;
		const { latest, versions } = this;
		if (name !== versions[latest]?.name) return { status: 404, json: { error: 'Not found' } };
		if (version !== undefined) return { json: versions[version] };
		return { json: { name, 'dist-tags': { latest }, versions } };
	};

	/**
	 * Publishes a packed package under a version.
	 *
	 * @returns its checksum
	 */
	async publish(packed: string, version: string): Promise<string> {
		const folder = await mkdtemp(join(tmpdir(), 'jofi-publish-'));
		await execa('tar', ['-xzf', packed, '-C', folder]);
		const file = join(folder, 'package/package.json');
		const manifest = JSON.parse(await readFile(file, 'utf8')) as { name: string };
		await writeFile(file, JSON.stringify({ ...manifest, version }));
		await execa('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder });
		const content = await readFile(join(folder, 'package.tgz'));
		await rm(folder, { recursive: true });

		const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
		const path = `/${manifest.name}/-/${version}.tgz`;
		this.tarballs.set(path, content);
		const dist = { tarball: `https://${REGISTRY_HOST}${path}`, integrity };
		this.versions[version] = { ...manifest, version, dist };
		this.latest = version;
		return integrity;
	}
}
