import execa from 'execa';
import { checkout } from '../support/n8n/packedPackage';

test('the demonstration shows a row for each genuine event, and nothing for a forgery or a repeat', async () => {
	const { stdout, exitCode } = await execa('npx', ['tsx', 'scripts/demo.ts', '--once'], {
		cwd: checkout,
		reject: false,
	});
	expect(stdout).toMatch(/another secret: 401/);
	expect(stdout.match(/'evt_/g)).toHaveLength(5);
	expect(stdout).toContain('✓ Each genuine event ran once, and nothing else did.');
	expect(exitCode).toBe(0);
});
