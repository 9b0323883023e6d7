import execa from 'execa';
import { mkdtemp, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
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

/** Runs n8n's scanner of community packages over a folder. It is an ES module, so in a process of its own. */
async function scan(folder: string, patterns?: string) {
	const script = `
		import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
		console.log(JSON.stringify(await analyzePackage(${JSON.stringify(folder)}, ${patterns ?? 'undefined'})));
	`;
	const { stdout } = await execa('node', ['--input-type=module', '--eval', script], {
		cwd: checkout,
		// Jest's own value makes n8n's rules pretend that every file is called Test.node.ts.
		env: { NODE_ENV: 'production' },
	});
	return JSON.parse(stdout.split('\n').at(-1) ?? '') as { passed: boolean; details?: string };
}

test("n8n's scanner passes the sources", async () => {
	expect(await scan(checkout, 'SOURCE_FILE_PATTERNS')).toEqual({ passed: true });
});

test("n8n's scanner passes what is published", async () => {
	expect(await scan(unpacked)).toEqual({ passed: true });
});

test("n8n's scanner can fail: it objects to a file that reads the environment", async () => {
	const folder = await mkdtemp(join(tmpdir(), 'jofi-scan-'));
	await writeFile(join(folder, 'bad.js'), 'module.exports = process.env;\n');
	expect((await scan(folder)).passed).toBe(false);
	await rm(folder, { recursive: true });
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
	const consumer = await mkdtemp(join(tmpdir(), 'jofi-consumer-'));
	const modules = join(consumer, 'node_modules');
	await mkdir(modules);
	await symlink(unpacked, join(modules, 'n8n-nodes-jofi'));
	await symlink(join(checkout, 'node_modules/n8n-workflow'), join(modules, 'n8n-workflow'));
	await execa('cp', [join(checkout, 'test/types/consumer.ts'), consumer]);
	const options = ['--noEmit', '--strict', '--skipLibCheck', '--preserveSymlinks'];
	const tsc = join(checkout, 'node_modules/.bin/tsc');
	const { stdout, exitCode } = await execa(
		tsc,
		[...options, '--module', 'nodenext', '--target', 'es2022', 'consumer.ts'],
		{ cwd: consumer, reject: false },
	);
	expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
	await rm(consumer, { recursive: true });
});

test('index.js hands out the node and the credential', () => {
	const { JofiTrigger, JofiWebhookApi } =
		jest.requireActual<Record<string, new () => object>>(checkout);
	expect(JofiTrigger && new JofiTrigger()).toHaveProperty('description.name', 'jofiTrigger');
	expect(JofiWebhookApi && new JofiWebhookApi()).toHaveProperty('name', 'jofiWebhookApi');
});
