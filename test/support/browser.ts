import execa from 'execa';
import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';
import { withProgress } from './cachedInstall';

const USUAL_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Starts a headless Chromium or Chrome. */
export async function startBrowser(): Promise<Browser> {
	// n8n's own name for it.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: await installBrowser(),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

function findBrowser(): string | undefined {
	return [process.env.CHROMIUM_PATH ?? '', ...USUAL_PLACES].find(
		(path) => path !== '' && existsSync(path),
	);
}

/**
 * Finds Chromium or Chrome: the one that `CHROMIUM_PATH` names, or one in the usual places. On Debian or
 * Ubuntu, as root, it is installed if it is missing.
 *
 * @returns The path of the browser.
 * @throws If there is none, with what to do.
 */
export async function installBrowser(): Promise<string> {
	const found = findBrowser();
	if (found !== undefined) return found;
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		await withProgress('Installing Chromium for the browser tests', async () => {
			await execa('apt-get', ['update']);
			await execa('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], {
				env: { DEBIAN_FRONTEND: 'noninteractive' },
			});
		});
	}
	const installed = findBrowser();
	if (installed === undefined) {
		throw new Error(
			'The browser tests need Chromium or Chrome. On Debian or Ubuntu: sudo apt-get install chromium. Elsewhere install Chrome, or set CHROMIUM_PATH to the browser.',
		);
	}
	return installed;
}
