import {
	inWords,
	likeliestScheme,
	textAround,
	SIGNING_SCHEMES,
} from '../../../../nodes/Jofi/trigger/verification/signingSchemes';

const time = { text: '1700000000', at: 1_700_000_000_000, header: 'x-timestamp' };
const whole = { time, id: 'msg_1', label: 'v1' };

const schemes = Object.values(SIGNING_SCHEMES);
const PLACEHOLDER = /<(time|id|label|version)>/g;

describe('what each scheme signs', () => {
	test('with the parts in place of their names', () => {
		expect(textAround(SIGNING_SCHEMES.standardWebhooks, whole)).toEqual({
			before: 'msg_1.1700000000.',
			after: '',
		});
		expect(textAround(SIGNING_SCHEMES.remote, whole)).toEqual({ before: '', after: ':1700000000' });
	});

	test('a version that is not sent is v0', () => {
		expect(textAround(SIGNING_SCHEMES.slack, { time })?.before).toBe('v0:1700000000:');
	});

	test.each(['time', 'id', 'label'] as const)(
		'a request without %s is not tried by schemes that sign it',
		(part) => {
			const left = schemes.filter((scheme) => textAround(scheme, { ...whole, [part]: undefined }));
			expect(left).toEqual(schemes.filter((scheme) => !scheme.includes(`<${part}>`)));
		},
	);

	// What makes it safe to accept them all: see SECURITY.md.
	test.each(schemes)('%s adds strict parts on one side of the body', (scheme) => {
		expect(scheme).toMatch(/^<body>|<body>$/);
		const constants = scheme.replace('<body>', '').replace(PLACEHOLDER, '');
		expect(constants).toMatch(/^[^<>]*$/);
	});
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
