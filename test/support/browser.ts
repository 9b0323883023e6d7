import { chromium, selectors, type Browser } from 'playwright-core';
import { installProgram } from './requirements';

/** Starts Chromium or Chrome without a window. */
export async function startBrowser(program: 'browser' | 'chromium' = 'browser'): Promise<Browser> {
	// n8n's own name for it.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: await installProgram(program),
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
