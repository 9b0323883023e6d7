import { installBrowser } from '../browser';
import { installVerdaccio } from '../registry';
import prepareN8n from './n8n';

/** Before the tests in a browser: the same, and what they need beside n8n. */
export default async function prepareBrowser(): Promise<void> {
	await prepareN8n();
	await installVerdaccio();
	await installBrowser();
}
