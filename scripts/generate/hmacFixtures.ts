import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Files } from './files';

const FOLDER = 'test/fixtures/hmac';

/**
 * Signed requests, made by Python so that the tests compare the package with something else than itself. Where
 * Python 3 is missing, they stay as they are; in CI that fails.
 */
export function hmacFixtures(): Files {
	try {
		return {
			[`${FOLDER}/vectors.json`]: python('make-vectors.py'),
			[`${FOLDER}/signed.json`]: python('sign.py', '--now', '1770122616.744'),
		};
	} catch (error) {
		const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		if (!isMissing || process.env.CI) throw error;
		process.stdout.write(`python3 is missing: ${FOLDER} is neither made again nor checked.\n`);
		return {};
	}
}

function python(script: string, ...options: string[]): string {
	const path = join(__dirname, '../..', FOLDER, script);
	return execFileSync('python3', [path, ...options], {
		encoding: 'utf8',
		maxBuffer: 16 * 1024 * 1024,
	});
}
