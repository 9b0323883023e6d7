import { answerTo, explain, logLine, REASONS } from '../../../nodes/Jofi/trigger/answers';
import type { RejectReason } from '../../../nodes/Jofi/trigger/outcome';
import type { IgnoreReason } from '../../../nodes/Jofi/trigger/rules';
import { jofiEvent } from '../../support/jofi';

const reject = (reason: RejectReason) => ({ kind: 'reject', reason }) as const;
const url = 'https://n8n.example.com/webhook/1/jofi';
const event = jofiEvent('test_taker.created') as never;
const ignore = (reason: IgnoreReason) => ({ kind: 'ignore', reason, event }) as const;

const REFUSALS: RejectReason[] = [
	'no_signature',
	'unknown_signature',
	'signature_header_missing',
	'wrong_signature',
	'authorization_removed',
	'secret_has_pasted_extras',
	'timestamp_too_old',
	'basic_auth_sent_but_hmac_set',
	'hmac_sent_but_basic_auth_set',
	'wrong_username_or_password',
	'body_unreadable',
];
const IGNORED: IgnoreReason[] = [
	'event_not_selected',
	'assessments_not_all_completed',
	'filtered_out',
	'seen_before',
];

test.each(REFUSALS)('%s: the same 401 whatever the reason', (reason) => {
	expect(answerTo(reason)).toEqual({
		status: 401,
		body: { error: 'unauthorized' },
		headers: { 'WWW-Authenticate': 'Basic realm="JOFI"' },
	});
});

test.each(IGNORED)('%s: 200 with the reason', (reason) => {
	expect(answerTo(reason)).toEqual({
		status: 200,
		body: { received: true, ignored: reason },
		headers: {},
	});
});

test.each(['invalid_json', 'not_an_event', 'sent_to_another_endpoint', 'event_too_old'] as const)(
	'%s: 400',
	(reason) => {
		const { status, body } = answerTo(reason);
		expect(status).toBe(400);
		expect(body).toEqual({ error: reason, message: expect.stringMatching(/^The .+\.$/) });
	},
);

test('without a credential: 503', () => {
	expect(answerTo('credential_not_usable')).toMatchObject({
		status: 503,
		body: { error: 'not_configured' },
	});
});

test('the first delivery of the same event is not finished: 503, so that the sender tries again', () => {
	expect(answerTo('event_in_progress')).toMatchObject({
		status: 503,
		body: { error: 'event_in_progress', message: expect.stringMatching(/send it again/) },
	});
});

test("the internet's noise and what nobody asked for don't fill the log", () => {
	const quiet = Object.entries(REASONS).filter(([, { logLevel }]) => logLevel === 'debug');
	expect(quiet.map(([reason]) => reason).sort()).toEqual([...IGNORED, 'no_signature'].sort());
});

describe('in words', () => {
	const outcomes = [
		...[
			...REFUSALS,
			'credential_not_usable',
			'invalid_json',
			'not_an_event',
			'event_too_old',
			'event_in_progress',
		].map((reason) => reject(reason as RejectReason)),
		...IGNORED.map(ignore),
	];

	test.each(outcomes)('$reason says what happened, and what to do', (outcome) => {
		const { message, description } = explain(outcome, url);
		expect(message).toMatch(/^[A-Z].{20,}[^.]$/);
		expect(description).toMatch(/^[A-Z].{40,}\.$/);
	});

	test('each reason has words of its own', () => {
		expect(new Set(outcomes.map((outcome) => explain(outcome, url).message)).size).toBe(
			outcomes.length,
		);
	});

	test('no data of the person is in them', () => {
		const text = outcomes.map((outcome) => JSON.stringify(explain(outcome, url))).join();
		expect(text).not.toMatch(/Linda|jofiscore\.com|evt_/);
	});

	test('they name the event that is not selected', () => {
		expect(explain(ignore('event_not_selected'), url).message).toContain('“Test Taker Created”');
		const nameless = {
			kind: 'ignore',
			reason: 'filtered_out',
			event: { object: 'event' },
		} as const;
		expect(explain(nameless as never, url).message).toContain('an event without a type');
	});

	test('the header report is in them', () => {
		const outcome = {
			...reject('wrong_signature'),
			headerReport: 'x-signature carries 8 characters',
		};
		expect(explain(outcome, url).description).toMatch(
			/^Seen: x-signature carries 8 characters\. .*the secret is not JOFI's.*signing scheme/,
		);
	});

	test('both addresses of an event that was sent to another endpoint', () => {
		const odd = { webhook_url: 'https://x.example/<b>1', webhook_verification_method: 'hmac' };
		const outcome = { ...reject('sent_to_another_endpoint'), event: odd as never };
		expect(explain(outcome, url).description).toMatch(
			/^The event names https:\/\/x\.example\/b1, verified by hmac\. It came to https:\/\/n8n\.example\.com\/webhook\/1\/jofi\. /,
		);
		expect(explain({ ...outcome, event: {} as never }, url).description).toMatch(
			/^The event names nothing, verified by nothing\. /,
		);
	});
});

test.each([
	[reject('no_signature'), 'no_signature'],
	[
		{ ...reject('wrong_signature'), headerReport: 'x-signature carries 8 characters' },
		'wrong_signature (x-signature carries 8 characters)',
	],
	[
		{ ...ignore('filter_without_value'), filters: ['Teams', 'Custom IDs'] },
		'filter_without_value (Teams, Custom IDs)',
	],
])("the line in n8n's log %#", (outcome, line) => {
	expect(logLine(outcome)).toBe(`JOFI Trigger did not run the workflow: ${line}`);
});
