import { explain, REASONS } from '../../../nodes/Jofi/trigger/answers';
import type { IgnoreReason, RejectReason } from '../../../nodes/Jofi/trigger/outcome';
import { jofiEvent } from '../../support/jofi';

const reject = (reason: RejectReason) => ({ kind: 'reject', reason }) as const;
const event = jofiEvent('test_taker.created') as never;
const ignore = (reason: IgnoreReason) => ({ kind: 'ignore', reason, event }) as const;

const REFUSALS: RejectReason[] = [
	'no_signature',
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

test.each(['invalid_json', 'not_an_event', 'event_too_old'] as const)('%s: 400', (reason) => {
	const { status, body } = REASONS[reason].answer;
	expect(status).toBe(400);
	expect(body).toEqual({ error: reason, message: expect.stringMatching(/^The .+\.$/) });
});

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
		const { message, description } = explain(outcome, { body: undefined });
		expect(message).toMatch(/^[A-Z].{20,}[^.]$/);
		expect(description).toMatch(/^[A-Z].{40,}\.$/);
	});

	test('each reason has words of its own', () => {
		expect(
			new Set(outcomes.map((outcome) => explain(outcome, { body: undefined }).message)).size,
		).toBe(outcomes.length);
	});

	test('no data of the person is in them', () => {
		const text = outcomes
			.map((outcome) => JSON.stringify(explain(outcome, { body: undefined })))
			.join();
		expect(text).not.toMatch(/Linda|jofiscore\.com|evt_/);
	});

	test('they name the event that is not selected', () => {
		expect(explain(ignore('event_not_selected'), { body: undefined }).message).toContain(
			'“Test Taker Created”',
		);
		const nameless = {
			kind: 'ignore',
			reason: 'filtered_out',
			event: { object: 'event' },
		} as const;
		expect(explain(nameless as never, { body: undefined }).message).toContain(
			'an event without a type',
		);
	});

	test('a missing Authorization header is told from a missing signature', () => {
		const body = Buffer.from('{"webhook_verification_method":"basic_auth"}');
		expect(explain(reject('no_signature'), { body }).description).toMatch(
			/removes the Authorization header/,
		);
		for (const other of [
			'{"webhook_verification_method":"hmac"}',
			'{"webhook_verification_method":1}',
			'null',
			'{',
		]) {
			expect(explain(reject('no_signature'), { body: Buffer.from(other) }).message).toMatch(
				/without a signature/,
			);
		}
		expect(explain(reject('wrong_signature'), { body }).message).toMatch(/differs/);
	});
});
