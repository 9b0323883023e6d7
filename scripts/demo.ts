/**
 * `npm run demo`: a real n8n with the package, a workflow, and a small client in JOFI's place.
 * With `-- --once` it ends after the rows: exit code 0 if every answer and every row was right.
 */
import { randomBytes } from 'node:crypto';
import { deliver, EVENT_TYPES, hmac, jofiEvent } from '../test/support/jofi';
import { packPackage } from '../test/support/n8n/packedPackage';
import { N8nRest, OWNER } from '../test/support/n8n/rest';
import { N8nServer } from '../test/support/n8n/server';
import { publishTrigger } from '../test/support/publish';
import { TRIGGER_NAME } from '../test/support/workflows';

const once = process.argv.includes('--once');
const secret = randomBytes(24).toString('base64url');

async function main(): Promise<void> {
	say('Starting n8n with the package installed …');
	const server = await N8nServer.start({
		tarball: process.env.JOFI_TARBALL ?? (await packPackage()),
		hasEditor: !once,
		env: { N8N_LOG_LEVEL: 'warn' },
	});
	const interrupted = new Promise<void>((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
	try {
		const isRight = await Promise.race([show(server), interrupted]);
		if (!isRight) process.exitCode = 1;
		if (once || isRight === undefined) return;
		say(`Look around: ${server.url}, ${OWNER.email}, ${OWNER.password}. Press Ctrl-C to end.`);
		await interrupted;
	} finally {
		await server.dispose();
	}
}

/** @returns whether every answer and every row was right */
async function show(server: N8nServer): Promise<boolean> {
	const rest = new N8nRest(server);
	await rest.setUpOwner();
	const { id, url } = await publishTrigger({ rest, server }, secret);
	say(`A workflow is published. JOFI posts to ${url}`, '');

	const genuine = hmac(secret);
	const events = EVENT_TYPES.map((type) => jofiEvent(type));
	const [first = jofiEvent('invitation.created')] = events;
	const deliveries = [
		...events.map((event) => ({ what: event.type, event, signing: genuine, right: '200' })),
		{
			what: 'Signed with another secret',
			event: jofiEvent('invitation.accepted'),
			signing: hmac('somebody else'),
			right: '401 {"error":"unauthorized"}',
		},
		{
			what: 'The first event once more',
			event: first,
			signing: genuine,
			right: '200 {"received":true,"ignored":"seen_before"}',
		},
	];
	let isRight = true;
	for (const { what, event, signing, right } of deliveries) {
		const { status, body } = await deliver(url, event, signing);
		const answer = `${status} ${body}`.trim();
		say(`${what}: ${answer}${answer === right ? '' : `, ✗ should be ${right}`}`);
		isRight &&= answer === right;
	}

	const rows: Array<Record<string, unknown>> = [];
	for (const run of (await rest.finishedExecutions(id, events.length)).reverse()) {
		const outputs = await rest.outputsOf(run.id, TRIGGER_NAME);
		rows.push(...outputs.flat().map(({ json }) => json));
	}
	say('', `The workflow received ${rows.length} rows; some of their columns:`);
	console.table(rows, ['event_id', 'event_name', 'full_name', 'invitation_id', 'team_name']);
	isRight &&= rows.map((row) => row.event_id).join() === events.map((event) => event.id).join();
	say(isRight ? '✓ Each genuine event ran once, and nothing else did.' : '✗ Something was wrong.');
	return isRight;
}

function say(...lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
