import { EVENT_CATALOGUE } from '../../../../nodes/Jofi/events/catalogue';
import type { Settings } from '../../../../nodes/Jofi/trigger/settings';
import { answerVisit } from '../../../../nodes/Jofi/trigger/sample/visit';
import { filters, settings } from '../../../support/delivery';

const visit = (sample: unknown, changes: Partial<Settings> = {}) =>
	answerVisit(sample, settings(changes), Date.parse('2026-11-23T10:00:00Z'));

test.each(EVENT_CATALOGUE)('$name goes to its output as a row', ({ type, name }) => {
	const { page, emitted } = visit(type, { separateOutputs: true });
	expect(page).toMatchObject({
		status: 200,
		html: expect.stringContaining(`“${name}” was sent to n8n`),
	});
	expect(emitted).toMatchObject({
		output: EVENT_CATALOGUE.findIndex((row) => row.type === type),
		item: { event_id: expect.stringMatching(/^evt_sample_/), event_type: type },
	});
});

test('a sample has the form that the options give it', () => {
	const { emitted } = visit('invitation.created', { dateFormat: 'spreadsheet' });
	expect(emitted?.item).toMatchObject({ event_created_at: '2026-11-23 03:00:00' });
});

test('filters and ages do not hold back invented people', () => {
	const { emitted } = visit('invitation.created', {
		filters: filters({ teams: 'Sales' }),
		maxEventAgeMinutes: 1,
	});
	expect(emitted).toBeDefined();
});

const UNKNOWN: unknown[] = ['', 'nope', '*', ['a', 'b'], { a: '1' }, { toString: 'x' }];

test.each([
	[undefined, ['*'], 200, 'Choose a sample event'],
	['invitation.created', ['invitation.accepted'], 409, 'is not selected'],
	...UNKNOWN.map((sample) => [sample, ['*'], 404, 'There is no such sample'] as const),
] as const)('a visit for %j with %j selected sends nothing: %i', (sample, events, status, text) => {
	expect(visit(sample, { events })).toEqual({
		page: { status, html: expect.stringContaining(text) },
	});
});
