import { isTooOld } from '../../../nodes/Jofi/trigger/age';

describe('age', () => {
	const at = (created_at: unknown) => ({ type: 'x', created_at }) as never;
	const now = Date.parse('2026-02-03T13:00:00Z');

	test.each([
		['2026-02-03T12:50:00Z', 10, false],
		['2026-02-03T12:49:59.999Z', 10, true],
		['2026-02-03T14:00:00Z', 10, false],
		['2026-02-03T12:50:00', 10, false],
		['2026-02-03 12:49:59', 10, true],
		['2026-02-03T14:49:59+02:00', 10, true],
		['2001-01-01T00:00:00Z', 0, false],
		['2001-01-01T00:00:00Z', -5, false],
		['2001-01-01T00:00:00Z', NaN, false],
		['soon', 10, false],
		[undefined, 10, false],
		[5, 10, false],
	])('%p with a limit of %p minutes is too old: %p', (created, minutes, isOld) => {
		expect(isTooOld(at(created), minutes, now)).toBe(isOld);
	});
});
