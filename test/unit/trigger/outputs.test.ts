import { EVENT_CATALOGUE } from '../../../nodes/Jofi/events/catalogue';
import { atOutput, outputIndex, OUTPUTS_EXPRESSION } from '../../../nodes/Jofi/trigger/outputs';

/** What the editor draws: the expression, evaluated for these parameters. */
function drawnOutputs(events: unknown, separateOutputs: unknown) {
	const code = OUTPUTS_EXPRESSION.replace(/^=\{\{|\}\}$/g, '');
	const evaluate = new Function('$parameter', `return ${code}`) as (parameters: object) => unknown;
	return evaluate({ events, separateOutputs }) as Array<{ type: string; displayName?: string }>;
}

const names = (events: unknown) => drawnOutputs(events, true).map(({ displayName }) => displayName);

test('one output without a name unless they are separate', () => {
	expect(drawnOutputs(['*'], false)).toEqual([{ type: 'main' }]);
	expect(outputIndex('anything', ['*'], false)).toBe(0);
});

test('Any Event: one for each type, and Other Events last', () => {
	expect(names(['*'])).toEqual([
		'Invitation Created',
		'Invitation Accepted',
		'Test Taker Created',
		'Assessment Completed',
		'Career Navigation Profile Created',
		'Other Events',
	]);
	expect(names(['test_taker.created', '*'])).toEqual(names(['*']));
	expect(outputIndex('brand.new', ['*'], true)).toBe(5);
	expect(outputIndex(undefined, ['*'], true)).toBe(5);
});

test('the order is fixed, however the events were chosen', () => {
	expect(names(['test_taker.created', 'invitation.created'])).toEqual([
		'Invitation Created',
		'Test Taker Created',
	]);
});

test.each([[[]], [undefined]])('there is always an output, also for %j', (events) => {
	expect(names(events)).toEqual(['Other Events']);
});

const subsets = Array.from({ length: 2 ** 6 }, (_, bits) =>
	['*', ...EVENT_CATALOGUE.map(({ type }) => type)].filter((_type, index) => bits & (1 << index)),
).filter((events) => events.length > 0);

test.each(subsets.map((events) => [events]))(
	'every selected event leaves where it is drawn: %j',
	(events) => {
		const drawn = names(events);
		for (const { type, name } of EVENT_CATALOGUE) {
			if (!events.includes('*') && !events.includes(type)) continue;
			expect(drawn[outputIndex(type, events, true)]).toBe(name);
		}
	},
);

test.each([
	[0, [['item']]],
	[2, [[], [], ['item']]],
])('an item at output %i', (index, outputs) => {
	expect(atOutput(index, 'item')).toEqual(outputs);
});
