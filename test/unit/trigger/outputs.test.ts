import { EVENT_CATALOGUE } from '../../../nodes/Jofi/events/catalogue';
import {
	atOutput,
	outputIndex,
	outputsOf,
	OUTPUTS_EXPRESSION,
} from '../../../nodes/Jofi/trigger/outputs';
import { isSelected } from '../../../nodes/Jofi/trigger/rules';

/** What the editor draws: the expression, evaluated for these parameters. */
function drawnOutputs(events: unknown, separateOutputs: unknown) {
	const code = OUTPUTS_EXPRESSION.replace(/^=\{\{|\}\}$/g, '');
	const evaluate = new Function('$parameter', '$nodeVersion', `return ${code}`);
	return evaluate({ events, separateOutputs }, 1.1) as Array<{ displayName?: string }>;
}

const indexOf = (type: unknown, events: string[], separateOutputs = true) =>
	outputIndex(type, { events, separateOutputs, nodeVersion: 1.1 });

const names = (events: unknown) => drawnOutputs(events, true).map(({ displayName }) => displayName);

test('one output without a name unless they are separate', () => {
	expect(drawnOutputs(['*'], false)).toEqual([{ type: 'main' }]);
	expect(indexOf('anything', ['*'], false)).toBe(0);
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
	expect(indexOf('brand.new', ['*'])).toBe(5);
	expect(indexOf(undefined, ['*'])).toBe(5);
});

test.each([[[]], [undefined]])('there is always an output, also for %j', (events) => {
	expect(names(events)).toEqual(['Other Events']);
});

describe('a type that was added after the workflow was saved', () => {
	const later = [
		{ type: 'invitation.created', name: 'Invitation Created', since: 1.1 },
		{ type: 'invitation.declined', name: 'Invitation Declined', since: 1.2 },
		{ type: 'test_taker.created', name: 'Test Taker Created', since: 1.1 },
	];
	const drawn = (events: string[], nodeVersion: number) =>
		outputsOf({ events, separateOutputs: true }, nodeVersion, later).map(
			({ displayName }) => displayName,
		);

	test('moves no output, and has its own in new workflows only', () => {
		expect(drawn(['*'], 1.1)).toEqual(['Invitation Created', 'Test Taker Created', 'Other Events']);
		expect(drawn(['*'], 1.2)).toEqual([
			'Invitation Created',
			'Invitation Declined',
			'Test Taker Created',
			'Other Events',
		]);
	});

	test('leaves through Other Events if it is chosen by name all the same', () => {
		expect(drawn(['test_taker.created', 'invitation.declined'], 1.1)).toEqual([
			'Test Taker Created',
			'Other Events',
		]);
	});
});

const subsets = Array.from({ length: 2 ** 6 }, (_, bits) =>
	['*', ...EVENT_CATALOGUE.map(({ type }) => type)].filter((_type, index) => bits & (1 << index)),
).filter((events) => events.length > 0);

test.each(subsets.map((events) => [events]))(
	'every selected event leaves where it is drawn: %j',
	(events) => {
		const drawn = names(events);
		const own = EVENT_CATALOGUE.filter(({ type }) => isSelected(type, events));
		expect(own.map(({ type }) => drawn[indexOf(type, events)])).toEqual(
			own.map(({ name }) => name),
		);
		expect(drawn).toEqual(names([...events].reverse()));
	},
);

test.each([
	[0, [['item']]],
	[2, [[], [], ['item']]],
])('an item at output %i', (index, outputs) => {
	expect(atOutput(index, 'item')).toEqual(outputs);
});
