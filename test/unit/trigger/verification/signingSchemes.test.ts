import {
	inWords,
	likeliestScheme,
	textAround,
	SIGNING_SCHEMES,
} from '../../../../nodes/Jofi/trigger/verification/signingSchemes';

const time = { text: '1700000000', at: 1_700_000_000_000, header: 'x-timestamp' };
const whole = { time, id: 'msg_1', label: 'v1' };

describe('what each scheme signs', () => {
	test.each([
		['bodyAlone', '', ''],
		['standardWebhooks', 'msg_1.1700000000.', ''],
		['stripe', '1700000000.', ''],
		['airwallex', '1700000000', ''],
		['slack', 'v1:1700000000:', ''],
		['webflow', '1700000000:', ''],
		['bambooHr', '', '1700000000'],
		['remote', '', ':1700000000'],
		['revolut', 'v1.1700000000.', ''],
		['comma', '1700000000,', ''],
	] as const)('%s', (name, before, after) => {
		expect(textAround(SIGNING_SCHEMES[name], whole)).toEqual({ before, after });
	});

	test('a version that is not sent is v0', () => {
		expect(textAround(SIGNING_SCHEMES.slack, { time })?.before).toBe('v0:1700000000:');
	});

	test('no scheme is left out above', () => {
		expect(Object.keys(SIGNING_SCHEMES)).toHaveLength(10);
	});

	test.each([
		['time', ['bodyAlone']],
		['id', Object.keys(SIGNING_SCHEMES).filter((name) => name !== 'standardWebhooks')],
		['label', Object.keys(SIGNING_SCHEMES).filter((name) => name !== 'revolut')],
	])('without %s it is the others that are left', (part, names) => {
		const parts = { ...whole, [part]: undefined };
		const left = Object.entries(SIGNING_SCHEMES).filter(([, scheme]) => textAround(scheme, parts));
		expect(left.map(([name]) => name)).toEqual(names);
	});

	// What makes it safe to accept them all: see SECURITY.md.
	test.each(Object.values(SIGNING_SCHEMES))(
		'%s adds strict parts on one side of the body',
		(scheme) => {
			expect(scheme).toMatch(/^<body>|<body>$/);
			expect(scheme.replace('<body>', '')).toMatch(/^(<(time|id|label|version)>|[.:,])*$/);
		},
	);
});

test('the headers suggest the likeliest scheme', () => {
	const beside = { ...time, header: 'x-signature' };
	expect(likeliestScheme('x-signature', {})).toBe(SIGNING_SCHEMES.bodyAlone);
	expect(likeliestScheme('x-signature', { time })).toBe(SIGNING_SCHEMES.bodyAlone);
	expect(likeliestScheme('x-signature', { time: beside })).toBe(SIGNING_SCHEMES.stripe);
	expect(likeliestScheme('x-signature', { id: 'm' })).toBe(SIGNING_SCHEMES.bodyAlone);
	expect(likeliestScheme('x-signature', { id: 'm', time })).toBe(SIGNING_SCHEMES.standardWebhooks);
});

test('in words', () => {
	expect(inWords(SIGNING_SCHEMES.bodyAlone)).toBe('the body');
	expect(inWords(SIGNING_SCHEMES.slack)).toBe('<version>:<time>:<body>');
	expect(inWords(SIGNING_SCHEMES.remote)).toBe('<body>:<time>');
});
