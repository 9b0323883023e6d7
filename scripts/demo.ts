/** `npm run demo`: a real n8n with the package, a workflow, and a small client in JOFI's place. */
import { randomBytes } from 'node:crypto';
import { deliver, EVENT_TYPES, hmac, jofiEvent } from '../test/support/jofi';
import { packPackage } from '../test/support/n8n/packedPackage';
import { OWNER } from '../test/support/n8n/rest';
import { startTestServer, type TestServer } from '../test/support/n8n/testServer';
import { publishTrigger } from '../test/support/publish';

async function main(): Promise<void> {
	console.log('Starting n8n with the package installed …');
	const n8n = await startTestServer({
		tarball: await packPackage(),
		hasEditor: true,
		env: { N8N_LOG_LEVEL: 'warn' },
	});
	const interrupted = new Promise<void>((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
	try {
		await Promise.race([demonstrate(n8n, console.log), interrupted]);
		const { email, password } = OWNER;
		console.log(`Look around: ${n8n.server.url}, ${email}, ${password}. Press Ctrl-C to end.`);
		await interrupted;
	} finally {
		await n8n.server.dispose();
	}
}

/** Publishes a workflow, sends it each event, and a forgery and a repeat; logs the answers. */
export async function demonstrate(n8n: TestServer, log: (line: string) => void): Promise<void> {
	const secret = randomBytes(24).toString('base64url');
	const { url } = await publishTrigger(n8n, secret);
	log(`A workflow is published. JOFI posts to ${url}\n`);
	const send = async (what: string, event: object, signing = hmac(secret)) => {
		const { status, body } = await deliver(url, event, signing);
		log(`${what}: ${status} ${body}`.trim());
	};
	for (const type of EVENT_TYPES) await send(type, jofiEvent(type));
	const event = jofiEvent('invitation.created');
	await send('Another secret', event, hmac('somebody else'));
	await send('One more event', event);
	await send('The same event again', event);
}

if (require.main === module) {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	});
}
