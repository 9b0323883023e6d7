import execa from 'execa';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../support/n8n/packedPackage';

const demonstrate = async (env: Record<string, string> = {}) =>
	await execa('npx', ['tsx', 'scripts/demo.ts', '--once'], { cwd: checkout, env, reject: false });

/** A package that takes every signed delivery for genuine. Out: its .tgz, in a new folder. */
async function packGulliblePackage(tarball: string) {
	const folder = await mkdtemp(join(tmpdir(), 'jofi-gullible-'));
	await execa('tar', ['-xzf', tarball, '-C', folder]);
	const unpacked = join(folder, 'package');
	const verify = join(unpacked, 'dist/nodes/Jofi/trigger/verification/verify.js');
	await appendFile(
		verify,
		'\nexports.verify = async () => ({ verifiedBy: "anything", method: "hmac" });\n',
	);
	const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
	const { stdout } = await execa('npm', pack, { cwd: unpacked });
	return { folder, tarball: join(folder, stdout.trim()) };
}

test.concurrent('the demonstration ends well and shows a row for each genuine event', async () => {
	const { stdout, exitCode } = await demonstrate();
	expect(stdout).toMatch(/A forgery.*401/);
	expect(stdout).toMatch(/once more.*seen_before/);
	expect(stdout.match(/^ {2}evt_/gm)).toHaveLength(6);
	expect(stdout).toContain('Everything was as it should be');
	expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
	expect(exitCode).toBe(0);
});

test.concurrent(
	'the demonstration fails, and says where, if the package takes a forgery',
	async () => {
		const gullible = await packGulliblePackage(String(process.env.JOFI_TARBALL));
		try {
			const { stdout, exitCode } = await demonstrate({ JOFI_TARBALL: gullible.tarball });
			expect(stdout).toMatch(/A forgery.*200\n.*✗ This should be 401/);
			expect(stdout.match(/^ {2}evt_/gm)).toHaveLength(7);
			expect(stdout).toContain('Something was not as it should be');
			expect(exitCode).toBe(1);
		} finally {
			await rm(gullible.folder, { recursive: true, force: true });
		}
	},
);
