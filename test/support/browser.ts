import execa from 'execa';
import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';
import { withProgress } from './cachedInstall';

/**
 * Which build of Chromium: the one for pages without a screen, which n8n's editor takes a tenth less time in,
 * or the one that people have. The former rounds the width of letters, which shows in pictures.
 */
type Build = 'headless' | 'usual';

/** Debian's package, which is also the name of the command. */
const PACKAGES: Record<Build, string> = {
	headless: 'chromium-headless-shell',
	usual: 'chromium',
};

const USUAL_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Starts Chromium or Chrome without a window. */
export async function startBrowser(build: Build = 'headless'): Promise<Browser> {
	// n8n's own name for it.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: await installBrowser(build),
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

function findBrowser(build: Build): string | undefined {
	const wanted = [process.env.CHROMIUM_PATH ?? '', `/usr/bin/${PACKAGES[build]}`];
	return [...wanted, ...USUAL_PLACES].find((path) => path !== '' && existsSync(path));
}

/**
 * Finds Chromium or Chrome: the one that `CHROMIUM_PATH` names, or one in the usual places. On Debian, as
 * root, it is installed if it is missing.
 *
 * @returns The path of the browser.
 * @throws If there is none, with what to do, and why it could not be installed.
 */
export async function installBrowser(build: Build = 'headless'): Promise<string> {
	const found = findBrowser(build);
	if (found !== undefined) return found;
	let failure: unknown;
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		const installing = withProgress('Installing Chromium for the browser tests', async () => {
			await execa('apt-get', ['update']);
			await execa('apt-get', ['install', '--yes', '--no-install-recommends', PACKAGES[build]], {
				env: { DEBIAN_FRONTEND: 'noninteractive' },
			});
		});
		// Not every system that has apt has such a package.
		failure = await installing.catch((error: unknown) => error);
	}
	const installed = findBrowser(build);
	if (installed === undefined) {
		throw new Error(
			'The browser tests need Chromium or Chrome. On Debian: sudo apt-get install chromium. Elsewhere install Chrome, or set CHROMIUM_PATH to the browser.',
			{ cause: failure },
		);
	}
	return installed;
}
