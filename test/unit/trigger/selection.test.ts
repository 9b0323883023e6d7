import {
	firesOnCompletion,
	isSelected,
	isTooOld,
	SUBTITLE_EXPRESSION,
} from '../../../nodes/Jofi/trigger/selection';
import { jofiEvent } from '../../support/jofi';

test.each([
	['invitation.created', ['*'], true],
	['brand.new', ['*'], true],
	[undefined, ['*'], true],
	['invitation.created', ['test_taker.created', 'invitation.created'], true],
	['invitation.created', ['test_taker.created', '*'], true],
	['invitation.created', ['invitation.accepted'], false],
	['brand.new', ['invitation.accepted'], false],
	[undefined, ['invitation.accepted'], false],
	['invitation.created', [], false],
])('%p with %j is selected: %p', (type, selected, isChosen) => {
	expect(isSelected(type, selected)).toBe(isChosen);
});

describe('the completion rule', () => {
	const completed = (...done: boolean[]) =>
		({
			type: 'test_taker.assessment_completed',
			data: {
				object: {
					assigned_assessments: done.map((is) => ({ id: 1, completed_at: is ? 'x' : null })),
				},
			},
		}) as never;

	test.each([
		[completed(true, false), 'each', true],
		[completed(true, false), 'all', false],
		[completed(true, true), 'all', true],
		[{ type: 'test_taker.assessment_completed' } as never, 'all', false],
		[{ type: 'test_taker.assessment_completed' } as never, 'each', true],
		[jofiEvent('test_taker.created') as never, 'all', true],
		[jofiEvent('invitation.created') as never, 'all', true],
	] as const)('%# %p', (event, rule, fires) => {
		expect(firesOnCompletion(event, rule)).toBe(fires);
	});
});

describe('age', () => {
	const at = (created_at: unknown) => ({ type: 'x', created_at }) as never;
	const now = Date.parse('2026-02-03T13:00:00Z');

	test.each([
		['2026-02-03T12:50:00Z', 10, false],
		['2026-02-03T12:49:59.999Z', 10, true],
		['2026-02-03T14:00:00Z', 10, false],
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

test.each([
	[['*'], 'Any Event'],
	[['invitation.created', '*'], 'Any Event'],
	[
		['invitation.created', 'test_taker.assessment_completed'],
		'Invitation Created, Assessment Completed',
	],
	[['typed.by_hand'], 'typed.by_hand'],
	[undefined, ''],
])('the subtitle of %j is %p', (events, subtitle) => {
	const code = SUBTITLE_EXPRESSION.replace(/^=\{\{|\}\}$/g, '');
	const evaluate = new Function('$parameter', `return ${code}`) as (parameters: object) => unknown;
	expect(evaluate({ events })).toBe(subtitle);
});
