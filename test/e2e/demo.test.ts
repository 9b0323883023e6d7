import execa from 'execa';
import { checkout } from '../support/n8n/packedPackage';

test('the demonstration ends well and shows a row for each genuine event', async () => {
	const { stdout, exitCode } = await execa('npx', ['tsx', 'scripts/demo.ts', '--once'], {
		cwd: checkout,
	});
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/A forgery.*401/);
	expect(stdout).toMatch(/once more.*seen_before/);
	expect(stdout.match(/^ {2}evt_/gm)).toHaveLength(6);
	expect(stdout).toContain('Everything was as it should be');
});
