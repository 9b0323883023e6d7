import { isBlank, readingsOf } from '../../../../nodes/Jofi/trigger/verification/pasted';

test.each([
	[' s ', 's'],
	['s\n', 's'],
	['"s"', 's'],
	["'s'", 's'],
	['`s`', 's'],
	['“s”', 's'],
	["' s '", 's'],
	['"s\nt"', 's\nt'],
])('%j may also stand for %j', (pasted, text) => {
	expect(readingsOf(pasted)).toEqual([pasted, text]);
});

test.each(['s', 's"', '"s', '"', 'a"s"', '"s"b', 'a b', '“s', 'it’s'])(
	'%j stands for itself alone',
	(pasted) => {
		expect(readingsOf(pasted)).toEqual([pasted]);
	},
);

test.each(['', ' ', '\n', '""', " '' ", '“ ”'])('%j is blank, and never an empty key', (pasted) => {
	expect(isBlank(pasted)).toBe(true);
	expect(readingsOf(pasted)).toEqual([]);
});
