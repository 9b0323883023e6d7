/**
 * `npm run demo`: a real n8n with the package, an example workflow, and JOFI played by a small client.
 * With `-- --once` it ends after the table: exit code 0 if everything was as it should be.
 */
import { randomBytes } from 'node:crypto';
import {
	deliver,
	EVENT_TYPES,
	hmac,
	jofiEvent,
	type SentEvent,
	type Signing,
} from '../test/support/jofi';
import { installN8n } from '../test/support/n8n/install';
import { packPackage } from '../test/support/n8n/packedPackage';
import { N8nRest, OWNER, waitForWebhook } from '../test/support/n8n/rest';
import { N8nServer } from '../test/support/n8n/server';
import {
	jofiTrigger,
	productionUrl,
	TRIGGER_NAME,
	triggerWorkflow,
} from '../test/support/workflows';

const once = process.argv.includes('--once');
const secret = randomBytes(24).toString('base64url');

interface DemoDelivery {
	what: string;
	event: SentEvent;
	signing: Signing;
	status: number;
	/** What the answer's body must contain; an accepted event is answered with an empty body. */
	answer: string;
}

async function main(): Promise<void> {
	say('JOFI Trigger for n8n: a demonstration', '');
	say('Starting n8n with the package installed …');
	await installN8n();
	const server = await N8nServer.start({
		// A package packed elsewhere can be demonstrated too.
		tarball: process.env.JOFI_TARBALL ?? (await packPackage()),
		hasEditor: !once,
		env: { N8N_LOG_LEVEL: 'warn' },
	});
	const interrupted = new Promise<void>((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
	try {
		const isAsItShouldBe = await Promise.race([show(server), interrupted]);
		if (!isAsItShouldBe) process.exitCode = 1;
		if (once || isAsItShouldBe === undefined) return;
		say(
			'Look around in the editor:',
			'',
			`  ${server.url}`,
			`  Email     ${OWNER.email}`,
			`  Password  ${OWNER.password}`,
			'',
			'Press Ctrl-C to end.',
		);
		await interrupted;
	} finally {
		say('', 'Ending n8n …');
		await server.dispose();
	}
}

/** Publishes the workflow, plays JOFI, and shows what came of it. Out: whether all was as it should be. */
async function show(server: N8nServer): Promise<boolean> {
	const rest = new N8nRest(server);
	await rest.setUpOwner();
	const credential = await rest.createCredential(
		'jofiWebhookApi',
		{ verificationMethod: 'hmac', signingSecret: secret },
		'JOFI (demo)',
	);
	const trigger = jofiTrigger({}, credential);
	const workflow = await rest.createWorkflow(triggerWorkflow('JOFI events (demo)', trigger));
	await rest.publish(workflow);
	const url = productionUrl(server.url, trigger);
	await waitForWebhook(url);
	say(`The workflow “JOFI events (demo)” is published. JOFI posts to`, `  ${url}`, '');

	say(`  ${'JOFI sends'.padEnd(44)} n8n answers`, '');
	let isAsItShouldBe = true;
	const deliveries = planDeliveries();
	for (const { what, event, signing, status, answer } of deliveries) {
		const received = await deliver(url, event, signing);
		const isRight =
			received.status === status &&
			(answer === '' ? received.body === '' : received.body.includes(answer));
		isAsItShouldBe &&= isRight;
		say(`  ${what.padEnd(44)} ${`${received.status} ${received.body}`.trim()}`);
		if (!isRight) {
			say(`  ${''.padEnd(44)} ✗ This should be ${status}${answer && ` with ${answer}`}`);
		}
	}

	const accepted = deliveries.filter(({ answer }) => answer === '');
	const executions = (await rest.finishedExecutions(workflow.id, accepted.length)).reverse();
	const rows: Array<Record<string, unknown>> = [];
	for (const { id } of executions) {
		const outputs = await rest.outputsOf(id, TRIGGER_NAME);
		rows.push(...outputs.flat().map(({ json }) => json));
	}
	say('', `What came out of the workflow: ${rows.length} rows (5 of their 32 columns)`, '');
	printTable(rows, ['event_id', 'event_name', 'full_name', 'invitation_id', 'team_name']);

	const ids = rows.map(({ event_id: id }) => id);
	const expected = accepted.map(({ event }) => event.id);
	isAsItShouldBe &&= JSON.stringify(ids) === JSON.stringify(expected);
	say(
		'',
		isAsItShouldBe
			? '✓ Everything was as it should be: each genuine event ran once, and nothing else did.'
			: '✗ Something was not as it should be. Please compare the lists above.',
		'',
	);
	return isAsItShouldBe;
}

function planDeliveries(): DemoDelivery[] {
	const genuine = hmac(secret);
	const example = jofiEvent('test_taker.created', { id: 'evt_1a2b3c4d5e6f' });
	const accepted = (what: string, event: SentEvent): DemoDelivery => ({
		what,
		event,
		signing: genuine,
		status: 200,
		answer: '',
	});
	return [
		accepted("The example on JOFI's events page", example),
		...EVENT_TYPES.map((type) => accepted(type, jofiEvent(type))),
		{
			what: 'A forgery: signed with another secret',
			event: jofiEvent('invitation.accepted'),
			signing: hmac('somebody else'),
			status: 401,
			answer: 'unauthorized',
		},
		{
			what: 'The example once more, as a sender may do',
			event: example,
			signing: genuine,
			status: 200,
			answer: 'seen_before',
		},
	];
}

function printTable(rows: Array<Record<string, unknown>>, columns: string[]): void {
	const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
	const widths = columns.map((_, index) =>
		Math.max(...cells.map((line) => line[index]?.length ?? 0)),
	);
	const write = (line: string[]) =>
		say(`  ${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
	for (const [index, line] of cells.entries()) {
		write(line);
		if (index === 0) write(widths.map((width) => '─'.repeat(width)));
	}
}

function say(...lines: string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
