import { answerTo, explain, logLine } from '../../../nodes/Jofi/trigger/answers';
import { REASONS, type NotRun, type Reason } from '../../../nodes/Jofi/trigger/reasons';
import { jofiEvent } from '../../support/jofi';

const url = 'https://n8n.example.com/webhook/1/jofi';

const IGNORED: Reason[] = [
	'event_not_selected',
	'assessments_not_all_completed',
	'filtered_out',
	'seen_before',
	'filter_without_value',
];
const FAULTY: Reason[] = [
	'invalid_json',
	'not_an_event',
	'sent_to_another_endpoint',
	'event_too_old',
];
const NOT_NOW: Reason[] = ['credential_not_usable', 'event_in_progress', 'maximum_age_unreadable'];
const ALL = Object.keys(REASONS) as Reason[];
const REFUSED = ALL.filter((reason) => ![...IGNORED, ...FAULTY, ...NOT_NOW].includes(reason));

test.each(REFUSED)('%s: the same 401 whatever the reason', (reason) => {
	expect(answerTo(reason)).toEqual({
		status: 401,
		body: { error: 'unauthorized' },
		headers: { 'WWW-Authenticate': 'Basic realm="JOFI"' },
	});
});

test.each(IGNORED)('%s: 200 with the reason', (reason) => {
	const body = { received: true, ignored: reason };
	expect(answerTo(reason)).toEqual({ status: 200, body, headers: {} });
});

test.each(FAULTY)('%s: 400 with a sentence', (reason) => {
	const body = { error: reason, message: expect.stringMatching(/^The .+\.$/) };
	expect(answerTo(reason)).toEqual({ status: 400, body, headers: {} });
});

test.each([
	['credential_not_usable', { error: 'not_configured' }],
	[
		'event_in_progress',
		{ error: 'event_in_progress', message: expect.stringMatching(/send it again/) },
	],
	[
		'maximum_age_unreadable',
		{ error: 'maximum_age_unreadable', message: expect.stringMatching(/send it again/) },
	],
] as Array<[Reason, object]>)('%s: 503, so that the sender tries again', (reason, body) => {
	expect(answerTo(reason)).toEqual({ status: 503, body, headers: {} });
});

test("the internet's noise and what nobody asked for don't fill the log", () => {
	const quiet = ALL.filter((reason) => REASONS[reason].logLevel === 'debug');
	const unwanted = IGNORED.filter((reason) => reason !== 'filter_without_value');
	expect(quiet.sort()).toEqual([...unwanted, 'no_signature'].sort());
});

describe('in words', () => {
	const event = jofiEvent('test_taker.created');
	const outcomes = ALL.map((reason): NotRun => ({ reason, event }));

	test.each(outcomes)('$reason says what happened, and what to do', (outcome) => {
		const { message, description } = explain(outcome, url);
		expect(message).toMatch(/^[A-Z].{20,}[^.]$/);
		expect(description).toMatch(/^[A-Z].{40,}\.$/);
		expect(`${message} ${description}`).not.toMatch(/Linda|jofiscore\.com|evt_|[{}]/);
	});

	test('each reason has words of its own', () => {
		const messages = new Set(outcomes.map((outcome) => explain(outcome, url).message));
		expect(messages.size).toBe(ALL.length);
	});

	test.each([
		[event, '“Test Taker Created”'],
		[{ object: 'event' }, 'an event without a type'],
	])('they name the event that is not selected: %#', (sent, name) => {
		const outcome: NotRun = { reason: 'event_not_selected', event: sent as NotRun['event'] };
		expect(explain(outcome, url).message).toContain(name);
	});

	test('the filters without a value are in them', () => {
		const outcome: NotRun = { reason: 'filter_without_value', event, detail: 'Teams, Custom IDs' };
		expect(explain(outcome, url).description).toContain('under Filters: Teams, Custom IDs.');
	});

	test('the header report is in them', () => {
		const detail = 'x-signature carries 8 characters';
		expect(explain({ reason: 'wrong_signature', detail }, url).description).toMatch(
			/^Seen: x-signature carries 8 characters\. .*the secret is not JOFI's.*signing scheme/,
		);
	});

	test.each([
		[
			{ webhook_url: 'https://x.example/<b>1', webhook_verification_method: 'hmac' },
			'https://x.example/b1, verified by hmac',
		],
		[{}, 'nothing, verified by nothing'],
	])('both addresses of an event that was sent to another endpoint: %j', (sent, named) => {
		const event = { type: 'x', ...sent };
		const outcome: NotRun = { reason: 'sent_to_another_endpoint', event };
		expect(explain(outcome, url).description).toContain(
			`The event names ${named}. It came to https://n8n.example.com/webhook/1/jofi. `,
		);
	});
});

test.each<[NotRun, string]>([
	[{ reason: 'no_signature' }, 'no_signature'],
	[
		{ reason: 'wrong_signature', detail: 'x-signature carries 8 characters' },
		'wrong_signature (x-signature carries 8 characters)',
	],
	[
		{ reason: 'filter_without_value', detail: 'Teams, Custom IDs' },
		'filter_without_value (Teams, Custom IDs)',
	],
])("the line in n8n's log %#", (outcome, line) => {
	expect(logLine(outcome)).toBe(`JOFI Trigger did not run the workflow: ${line}`);
});
