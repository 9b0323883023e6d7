import { firesOnCompletion, isSelected } from '../../../nodes/Jofi/trigger/selection';
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
