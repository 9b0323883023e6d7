import { EVENT_CATALOGUE } from '../../../../nodes/Jofi/events/catalogue';
import { answerVisit } from '../../../../nodes/Jofi/trigger/sample/visit';
import { filters, settings } from '../../../support/delivery';

const now = Date.parse('2026-11-23T10:00:00Z');

test('a visit without a choice shows the samples and emits nothing', () => {
	expect(answerVisit(undefined, settings(), now)).toEqual({
		page: { status: 200, html: expect.stringContaining('Choose a sample event') },
	});
});

test.each(EVENT_CATALOGUE)('$name goes to its output as a row', ({ type, name }) => {
	const { page, emitted } = answerVisit(type, settings({ separateOutputs: true }), now);
	expect(page).toMatchObject({
		status: 200,
		html: expect.stringContaining(`“${name}” was sent to n8n`),
	});
	expect(emitted).toMatchObject({
		output: EVENT_CATALOGUE.findIndex((row) => row.type === type),
		item: { event_id: expect.stringMatching(/^evt_sample_/), event_type: type },
	});
});

test('options show what they do', () => {
	const whole = answerVisit('invitation.created', settings({ simplify: false }), now).emitted;
	expect(whole?.item).toMatchObject({
		type: 'invitation.created',
		data: { object: { id: 12346 } },
	});
	const dated = answerVisit(
		'invitation.created',
		settings({ dateFormat: 'spreadsheet' }),
		now,
	).emitted;
	expect(dated?.item).toMatchObject({ event_created_at: '2026-11-23 03:00:00' });
});

test('filters and ages do not hold back invented people', () => {
	const { emitted } = answerVisit(
		'invitation.created',
		settings({ filters: filters({ teams: 'Sales' }), maxEventAgeMinutes: 1 }),
		now,
	);
	expect(emitted).toBeDefined();
});

test('an event type that is not selected is explained, not sent', () => {
	const visit = answerVisit(
		'invitation.created',
		settings({ events: ['invitation.accepted'] }),
		now,
	);
	expect(visit).toEqual({
		page: { status: 409, html: expect.stringContaining('is not selected') },
	});
});

const UNKNOWN: unknown[] = ['', 'nope', '*', ['a', 'b'], { a: '1' }, { toString: 'x' }];

test.each(UNKNOWN.map((sample) => [sample]))('unknown sample %j', (sample) => {
	expect(answerVisit(sample, settings(), now)).toEqual({
		page: { status: 404, html: expect.stringContaining('There is no such sample') },
	});
});
