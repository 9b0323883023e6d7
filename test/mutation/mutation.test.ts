/** A short form of `npm run test:mutation`: one file, which must reach the score that all of them must. */
import execa from 'execa';
import { checkout } from '../support/n8n/packedPackage';

test('the tests notice when Basic Auth is changed', async () => {
	const { all, exitCode } = await execa(
		'npx',
		['stryker', 'run', '--mutate', 'nodes/Jofi/trigger/verification/basicAuth.ts'],
		{ cwd: checkout, all: true, reject: false },
	);
	expect(all).toMatch(/basicAuth\.ts/);
	expect({ exitCode, report: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, report: '' });
});
