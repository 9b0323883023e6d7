import { findKeyProblem } from '../../../nodes/Jofi/shared/apiKey';

test.each(['sk_live_abc', 'sk_test_abc', 'a-key-of-another-kind'])(
	'finds no problem with %s',
	(key) => {
		expect(findKeyProblem(key)).toBeUndefined();
	},
);

test.each([
	['', /empty/],
	['  ', /empty/],
	[undefined, /empty/],
	[5, /empty/],
	[' sk_live_1', /spaces/],
	['sk_live_1\n', /line break/],
	['sk_live _1', /spaces/],
	['"sk_live_1"', /quotes/],
	['“sk_live_1”', /quotes/],
	['whsec_MfKQ', /signing secret/],
	['sk_live_ü', /characters/],
	['sk_live_\u0000', /characters/],
])('says what is wrong with %j', (key, words) => {
	expect(findKeyProblem(key)).toMatch(words);
});
