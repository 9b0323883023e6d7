import { explain, logLine, REASONS } from '../../../nodes/Jofi/trigger/answers';
import type { RejectReason } from '../../../nodes/Jofi/trigger/outcome';
import type { IgnoreReason } from '../../../nodes/Jofi/trigger/rules';
import { delivery } from '../../support/delivery';
import { hmac, jofiEvent } from '../../support/jofi';

const reject = (reason: RejectReason) => ({ kind: 'reject', reason }) as const;
const event = jofiEvent('test_taker.created') as never;
const ignore = (reason: IgnoreReason) => ({ kind: 'ignore', reason, event }) as const;

const REFUSALS: RejectReason[] = [
	'no_signature',
	'unknown_signature',
	'signature_header_missing',
	'wrong_signature',
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
	expect(REASONS[reason].answer).toEqual({
		status: 401,
		body: { error: 'unauthorized' },
		headers: { 'WWW-Authenticate': 'Basic realm="JOFI"' },
	});
});

test.each(IGNORED)('%s: 200 with the reason', (reason) => {
	expect(REASONS[reason].answer).toEqual({
		status: 200,
		body: { received: true, ignored: reason },
		headers: {},
	});
});

test.each(['invalid_json', 'not_an_event', 'sent_to_another_endpoint', 'event_too_old'] as const)(
	'%s: 400',
	(reason) => {
		const { status, body } = REASONS[reason].answer;
		expect(status).toBe(400);
		expect(body).toEqual({ error: reason, message: expect.stringMatching(/^The .+\.$/) });
	},
);

test('without a credential: 503', () => {
	expect(REASONS.credential_not_usable.answer).toMatchObject({
		status: 503,
		body: { error: 'not_configured' },
	});
});

test('the first delivery of the same event is not finished: 503, so that the sender tries again', () => {
	expect(REASONS.event_in_progress.answer).toMatchObject({
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
		const { message, description } = explain(outcome, delivery());
		expect(message).toMatch(/^[A-Z].{20,}[^.]$/);
		expect(description).toMatch(/^[A-Z].{40,}\.$/);
	});

	test('each reason has words of its own', () => {
		expect(new Set(outcomes.map((outcome) => explain(outcome, delivery()).message)).size).toBe(
			outcomes.length,
		);
	});

	test('no data of the person is in them', () => {
		const text = outcomes.map((outcome) => JSON.stringify(explain(outcome, delivery()))).join();
		expect(text).not.toMatch(/Linda|jofiscore\.com|evt_/);
	});

	test('they name the event that is not selected', () => {
		expect(explain(ignore('event_not_selected'), delivery()).message).toContain(
			'“Test Taker Created”',
		);
		const nameless = {
			kind: 'ignore',
			reason: 'filtered_out',
			event: { object: 'event' },
		} as const;
		expect(explain(nameless as never, delivery()).message).toContain('an event without a type');
	});

	test('a missing Authorization header is told from a missing signature', () => {
		const body = Buffer.from('{"webhook_verification_method":"basic_auth"}');
		expect(explain(reject('no_signature'), delivery({ body })).description).toMatch(
			/removes the Authorization header/,
		);
		for (const other of [
			'{"webhook_verification_method":"hmac"}',
			'{"webhook_verification_method":1}',
			'null',
			'{',
		]) {
			expect(
				explain(reject('no_signature'), delivery({ body: Buffer.from(other) })).message,
			).toMatch(/without a signature/);
		}
		expect(explain(reject('wrong_signature'), delivery({ body })).message).toMatch(/does not fit/);
	});

	test('what was seen of a signature is told, without its value', () => {
		const signature = hmac('s')(Buffer.from('{}'));
		const headers = { ...signature, 'x-jofi-timestamp': '1770122616' };
		const { description } = explain(reject('wrong_signature'), delivery({ headers }));
		expect(description).toContain(
			'Seen: x-jofi-signature carries 64 hexadecimal digits, the length of SHA-256; x-jofi-timestamp carries a time in Unix seconds. ',
		);
		expect(description).not.toContain(signature['x-jofi-signature']);
		expect(description).toMatch(
			/the secret is not JOFI's.*Or JOFI signs in a way that this node does/,
		);
	});

	test('both addresses of an event that was sent to another endpoint', () => {
		const odd = { webhook_url: 'https://x.example/<b>1', webhook_verification_method: 'hmac' };
		const outcome = { ...reject('sent_to_another_endpoint'), event: odd as never };
		expect(explain(outcome, delivery()).description).toMatch(
			/^The event names https:\/\/x\.example\/b1, verified by hmac\. It came to https:\/\/n8n\.example\.com\/webhook\/1\/jofi\. /,
		);
		expect(explain({ ...outcome, event: {} as never }, delivery()).description).toMatch(
			/^The event names nothing, verified by nothing\. /,
		);
	});
});

describe("the line in n8n's log", () => {
	const headers = { ...hmac('s')(Buffer.from('{}')), authorization: 'Basic dTpw' };

	test('names the form of what looked like a signature', () => {
		expect(logLine(reject('wrong_signature'), { headers })).toBe(
			'JOFI Trigger did not run the workflow: wrong_signature (x-jofi-signature carries 64 hexadecimal digits, the length of SHA-256)',
		);
		const ecdsa = {
			'x-signature': Buffer.from(`304402${'00'.repeat(67)}`, 'hex').toString('base64'),
		};
		expect(logLine(reject('unknown_signature'), { headers: ecdsa })).toMatch(/x-signature carries/);
	});

	test.each(['no_signature', 'not_an_event', 'sent_to_another_endpoint'] as const)(
		'is only the reason for %s',
		(reason) => {
			expect(logLine(reject(reason), { headers })).toBe(
				`JOFI Trigger did not run the workflow: ${reason}`,
			);
		},
	);
});
