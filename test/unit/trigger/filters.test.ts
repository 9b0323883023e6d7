import { passesFilters, splitList, type Filters } from '../../../nodes/Jofi/trigger/filters';

const filters = (lists: Partial<Record<keyof Filters, string>>): Filters => ({
	teams: splitList(lists.teams),
	customIds: splitList(lists.customIds),
	assessments: splitList(lists.assessments),
});
const event = (object: object) => ({ type: 'x', data: { object } }) as never;

const person = event({
	custom_id: 'ABC123',
	team: { id: 100, display_name: 'Recruiting' },
	assigned_assessments: [
		{ assessment: { short_name: 'Thinking', display_name: 'JOFI Thinking Skills' } },
		{ assessment: { short_name: 'Interests' } },
	],
});

test.each([
	[{}, true],
	[{ teams: '' }, true],
	[{ teams: ' , ' }, true],
	[{ teams: '100' }, true],
	[{ teams: 'sales, RECRUITING ' }, true],
	[{ teams: 'Recruit' }, false],
	[{ teams: '10' }, false],
	[{ customIds: 'abc123' }, true],
	[{ customIds: 'ABC124' }, false],
	[{ assessments: 'jofi thinking skills' }, true],
	[{ assessments: 'Personality, interests' }, true],
	[{ assessments: 'Personality' }, false],
	[{ teams: '100', customIds: 'ABC123', assessments: 'Thinking' }, true],
	[{ teams: '100', customIds: 'no', assessments: 'Thinking' }, false],
	[{ teams: 'no', customIds: 'ABC123' }, false],
])('%j lets the person through: %p', (lists, passes) => {
	expect(passesFilters(person, filters(lists))).toBe(passes);
});

test("an invitation's own team_id counts", () => {
	expect(passesFilters(event({ team_id: 100 }), filters({ teams: '100' }))).toBe(true);
});

test.each([{}, { team: null, custom_id: null, assigned_assessments: null }, { team: { id: {} } }])(
	'%j does not carry what is asked for',
	(object) => {
		expect(passesFilters(event(object), filters({ teams: '100' }))).toBe(false);
		expect(passesFilters(event(object), filters({ customIds: 'A' }))).toBe(false);
		expect(passesFilters(event(object), filters({ assessments: 'A' }))).toBe(false);
		expect(passesFilters(event(object), filters({}))).toBe(true);
	},
);

test.each([
	['A, b ,,C', ['a', 'b', 'c']],
	[100, ['100']],
	['', []],
	[undefined, []],
	[null, []],
	[{ a: 1 }, []],
])('%j splits into %j', (text, values) => {
	expect([...splitList(text)]).toEqual(values);
});
