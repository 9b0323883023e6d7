import execa from 'execa';
import { cp, mkdtemp, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { checkout, packPackage } from '../support/n8n/packedPackage';

let tarball: string;
let unpacked: string;

beforeAll(async () => {
	tarball = await packPackage();
	unpacked = await mkdtemp(join(tmpdir(), 'jofi-unpacked-'));
	await execa('tar', ['xzf', tarball, '--strip-components=1', '-C', unpacked]);
});

afterAll(async () => {
	await rm(unpacked, { recursive: true, force: true });
});

// n8n's scanner of community packages is an ES module, so it runs in a process of its own.
test("n8n's scanner passes the sources and what is published, but no file that reads the environment", async () => {
	const bad = await mkdtemp(join(tmpdir(), 'jofi-scan-'));
	await writeFile(join(bad, 'bad.js'), 'module.exports = process.env;\n');
	const script = `
		import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
		const [sources, published, bad] = ${JSON.stringify([checkout, unpacked, bad])};
		console.log(JSON.stringify({
			sources: await analyzePackage(sources, SOURCE_FILE_PATTERNS),
			published: await analyzePackage(published),
			bad: await analyzePackage(bad),
		}));
	`;
	const { stdout } = await execa('node', ['--input-type=module', '--eval', script], {
		cwd: checkout,
		// Jest's own value makes n8n's rules pretend that every file is called Test.node.ts.
		env: { NODE_ENV: 'production' },
	});
	expect(JSON.parse(stdout.split('\n').at(-1) ?? '')).toEqual({
		sources: { passed: true },
		published: { passed: true },
		bad: expect.objectContaining({ passed: false }),
	});
	await rm(bad, { recursive: true });
});

test('the package holds what is needed, and nothing else', async () => {
	const files = (await readdir(unpacked, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => relative(unpacked, join(entry.parentPath, entry.name)))
		.filter((file) => !/^dist\/(nodes\/.+\.(js|d\.ts)|credentials\/.+\.js)$/.test(file))
		// What README links to, and the templates; which files those are is tested with the docs.
		.filter((file) => !/^(docs\/[\w-]+\.md|examples\/[\w-]+\.json)$/.test(file));
	expect(files.sort()).toEqual([
		'CHANGELOG.md',
		'CONTRIBUTING.md',
		'LICENSE',
		'README.md',
		'REVIEWING.md',
		'SECURITY.md',
		'dist/icons/jofi.dark.svg',
		'dist/icons/jofi.svg',
		'dist/nodes/Jofi/Jofi.node.json',
		'dist/nodes/Jofi/JofiTrigger.node.json',
		'index.d.ts',
		'index.js',
		'package.json',
	]);
	expect((await stat(tarball)).size).toBeLessThan(200 * 1024);
});

test('it brings types for TypeScript users', async () => {
	const modules = join(unpacked, 'node_modules');
	await mkdir(modules);
	await symlink(unpacked, join(modules, 'n8n-nodes-jofi'));
	await symlink(join(checkout, 'node_modules/n8n-workflow'), join(modules, 'n8n-workflow'));
	await cp(join(checkout, 'test/types/consumer.ts'), join(unpacked, 'consumer.ts'));
	const options = ['--noEmit', '--strict', '--skipLibCheck', '--preserveSymlinks'];
	options.push('--module', 'nodenext', '--target', 'es2022');
	const tsc = join(checkout, 'node_modules/.bin/tsc');
	const inPackage = { cwd: unpacked, reject: false };
	const { stdout } = await execa(tsc, [...options, 'consumer.ts'], inPackage);
	expect(stdout).toBe('');
});

test('index.js hands out the node and the credential', () => {
	const { JofiTrigger, JofiWebhookApi } =
		jest.requireActual<Record<string, new () => object>>(checkout);
	expect(JofiTrigger && new JofiTrigger()).toHaveProperty('description.name', 'jofiTrigger');
	expect(JofiWebhookApi && new JofiWebhookApi()).toHaveProperty('name', 'jofiWebhookApi');
});
