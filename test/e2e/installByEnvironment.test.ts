/**
 * The package installed by environment variables, as docs/setup.md does it for Docker, on an n8n that does
 * not allow unverified packages, as n8n 3 doesn't by default.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deliver, hmac, jofiEvent } from '../support/jofi';
import { startTestServer, type TestServer } from '../support/n8n/testServer';
import { FakeInternet } from '../support/outside/internet';
import { publishTrigger } from '../support/publish';
import { NpmRegistry, REGISTRY_HOST } from '../support/outside/npmRegistry';
import { TRIGGER_TYPE } from '../support/workflows';
import { name as PACKAGE, version } from '../../package.json';

const SECRET = 'install-by-environment';

let internet: FakeInternet;
let n8n: TestServer;
/** Why an n8n without a checksum in its list does not start. */
let refusal: string;
let checksum: string;

beforeAll(async () => {
	const registry = new NpmRegistry();
	checksum = await registry.publish(process.env.JOFI_TARBALL ?? '', version);
	internet = await FakeInternet.start({ [REGISTRY_HOST]: registry.api });
	const wrong = checksum.replace(/^sha512-..../, 'sha512-AAAA');
	const withoutChecksum = startWith({ name: PACKAGE, version }).then(async ({ server }) => {
		await server.dispose();
		return 'It started.';
	}, String);
	n8n = await startWith({ name: PACKAGE, version, checksum: wrong });
	refusal = await withoutChecksum;
});

async function startWith(listed: Record<string, string>): Promise<TestServer> {
	return await startTestServer({
		tarball: undefined,
		hasEditor: true,
		env: {
			...internet.env,
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'false',
			N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV: 'true',
			N8N_COMMUNITY_PACKAGES: JSON.stringify([listed]),
		},
	});
}

afterAll(async () => {
	await n8n?.server.dispose();
	await internet?.stop();
});

async function restartWith(packages: Array<Record<string, string>>): Promise<void> {
	const { server, rest } = n8n;
	await server.stop();
	server.place.env.N8N_COMMUNITY_PACKAGES = JSON.stringify(packages);
	await server.launch();
	await rest.logIn();
}

async function expectInstalled(isInstalled: boolean): Promise<void> {
	const folder = join(n8n.server.userFolder, '.n8n/nodes/node_modules', PACKAGE);
	expect({
		isOnDisk: existsSync(join(folder, 'package.json')),
		isLoaded: (await n8n.rest.nodeTypes()).some(({ name }) => name === TRIGGER_TYPE),
	}).toEqual({ isOnDisk: isInstalled, isLoaded: isInstalled });
}

test('starts without the package when the checksum is wrong, and says so in the log', async () => {
	expect(n8n.server.log).toContain(
		`Failed to install community package '${PACKAGE}@${version}' from env`,
	);
	await expectInstalled(false);
});

test('installs and loads the package with the right checksum', async () => {
	await restartWith([{ name: PACKAGE, version, checksum }]);
	await expectInstalled(true);
	const { url } = await publishTrigger(n8n, SECRET);
	expect((await deliver(url, jofiEvent('invitation.created'), hmac(SECRET))).status).toBe(200);
});

test('uninstalls what is not in the list', async () => {
	await restartWith([]);
	await expectInstalled(false);
});

test('does not start without a checksum', () => {
	const why = `no checksum available for '${PACKAGE}@${version}' and unverified packages are disabled`;
	expect(refusal).toContain(why);
});
