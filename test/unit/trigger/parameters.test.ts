import { SUBTITLE_EXPRESSION } from '../../../nodes/Jofi/trigger/parameters';

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
