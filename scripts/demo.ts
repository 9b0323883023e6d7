/** `npm run demo`: a real n8n with the package, a workflow, and a small client in JOFI's place. */
import { randomBytes } from 'node:crypto';
import { deliver, EVENT_TYPES, hmac, jofiEvent } from '../test/support/jofi';
import { packPackage } from '../test/support/n8n/packedPackage';
import { OWNER } from '../test/support/n8n/rest';
import { startTestServer, type TestServer } from '../test/support/n8n/testServer';
import { publishTrigger } from '../test/support/publish';
import { TRIGGER_NAME } from '../test/support/workflows';

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
		const isRight = await Promise.race([demonstrate(n8n, console), interrupted]);
		if (!isRight) process.exitCode = 1;
		if (isRight === undefined) return;
		const { email, password } = OWNER;
		console.log(`Look around: ${n8n.server.url}, ${email}, ${password}. Press Ctrl-C to end.`);
		await interrupted;
	} finally {
		await n8n.server.dispose();
	}
}

/** @returns whether every answer and every row was right */
export async function demonstrate(
	n8n: TestServer,
	output: Pick<Console, 'log' | 'table'>,
): Promise<boolean> {
	const { rest } = n8n;
	const secret = randomBytes(24).toString('base64url');
	const { id, url } = await publishTrigger(n8n, secret);
	output.log(`A workflow is published. JOFI posts to ${url}\n`);

	const genuine = hmac(secret);
	const forged = hmac('somebody else');
	const events = EVENT_TYPES.map((type) => jofiEvent(type));
	const [first = jofiEvent('invitation.created')] = events;
	const ignored = '200 {"received":true,"ignored":"seen_before"}';
	const deliveries = [
		...events.map((event) => ({ what: event.type, event, signing: genuine, right: '200' })),
		{
			what: 'Another secret',
			event: first,
			signing: forged,
			right: '401 {"error":"unauthorized"}',
		},
		{ what: 'The first event once more', event: first, signing: genuine, right: ignored },
	];
	let isRight = true;
	for (const { what, event, signing, right } of deliveries) {
		const { status, body } = await deliver(url, event, signing);
		const answer = `${status} ${body}`.trim();
		output.log(`${what}: ${answer}${answer === right ? '' : `, ✗ should be ${right}`}`);
		isRight &&= answer === right;
	}

	const rows: Array<Record<string, unknown>> = [];
	for (const run of (await rest.finishedExecutions(id, events.length)).reverse()) {
		const outputs = await rest.outputsOf(run.id, TRIGGER_NAME);
		rows.push(...outputs.flat().map(({ json }) => json));
	}
	output.log(`\nThe workflow received ${rows.length} rows; some of their columns:`);
	output.table(rows, ['event_id', 'event_name', 'full_name', 'invitation_id', 'team_name']);
	isRight &&= rows.map((row) => row.event_id).join() === events.map((event) => event.id).join();
	output.log(
		isRight ? '✓ Each genuine event ran once, and nothing else did.' : '✗ Something was wrong.',
	);
	return isRight;
}

if (require.main === module) {
	main().catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	});
}
