import { installReverseProxies } from '../reverseProxies';
import prepareN8n from './n8n';

/** Before the tests on a real n8n: n8n, and the reverse proxies that stand before it in the docs. */
export default async function prepareE2e(): Promise<void> {
	await prepareN8n();
	await installReverseProxies();
}
