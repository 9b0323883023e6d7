import {
	findMistake,
	readVerification,
	whyUnusable,
} from '../../../../nodes/Jofi/trigger/verification/credential';

const hmac = (fields: object) => ({ verificationMethod: 'hmac', ...fields });
/** What the test of the credential says. */
const whatTheTestSays = (fields: unknown) => whyUnusable(fields) ?? findMistake(fields);
const basic = (fields: object) => ({ verificationMethod: 'basicAuth', ...fields });

const previous = (secret: string) => hmac({ signingSecret: 's', previousSigningSecret: secret });
const named = (header: string) => hmac({ signingSecret: 's', signatureHeader: header });

describe('reading a credential', () => {
	test.each([
		[
			'HMAC, with everything',
			hmac({
				signingSecret: 'new',
				previousSigningSecret: 'old',
				signatureHeader: ' X-JOFI-Signature: ',
			}),
			{ method: 'hmac', secrets: ['new', 'old'], header: 'x-jofi-signature' },
		],
		[
			'HMAC with blank optional fields',
			hmac({ signingSecret: 'new', previousSigningSecret: ' ', signatureHeader: ' ' }),
			{ method: 'hmac', secrets: ['new'] },
		],
		['no method', { signingSecret: 's' }, { method: 'hmac', secrets: ['s'] }],
		['a secret with spaces', hmac({ signingSecret: ' s ' }), { method: 'hmac', secrets: [' s '] }],
		['a previous API key', previous('sk_test_1'), { method: 'hmac', secrets: ['s'] }],
		[
			'Basic Auth',
			basic({ username: 'u', password: 'p:w' }),
			{ method: 'basicAuth', username: 'u', password: 'p:w' },
		],
	])('%s', (_what, fields, verification) => {
		expect(readVerification(fields)).toEqual(verification);
	});

	test.each([
		['nothing', undefined],
		['no fields', {}],
		['a blank secret', hmac({ signingSecret: ' \n' })],
		['a secret of quotes', hmac({ signingSecret: ' "" ' })],
		['a previous secret alone', hmac({ signingSecret: '', previousSigningSecret: 'old' })],
		['a live API key', hmac({ signingSecret: 'sk_live_abc' })],
		['a test API key in quotes', hmac({ signingSecret: '"sk_test_abc"' })],
		['an API key behind a line break', hmac({ signingSecret: '\n "SK_LIVE_abc"' })],
		['an API key in single quotes', hmac({ signingSecret: "'sk_test_abc'" })],
		['an API key in curly quotes', hmac({ signingSecret: '“sk_test_abc”' })],
		['a secret that is no text', hmac({ signingSecret: 5 })],
		['no username', basic({ username: '', password: 'p' })],
		['no password', basic({ username: 'u', password: ' ' })],
		['a password of quotes', basic({ username: 'u', password: "''" })],
	])('%s cannot be used', (_what, fields) => {
		expect(readVerification(fields)).toBeUndefined();
		expect(whyUnusable(fields)).toBeDefined();
	});
});

test.each(['my_sk_live_abc', 'sk_other_abc', 'a"sk_test_abc'])(
	'%s is no API key',
	(signingSecret) => {
		expect(readVerification(hmac({ signingSecret }))).toMatchObject({ secrets: [signingSecret] });
	},
);

describe('finding what people get wrong', () => {
	test.each([
		['an empty secret', hmac({ signingSecret: '' }), /Signing Secret is empty/],
		['an API key', hmac({ signingSecret: 'sk_live_1' }), /The Signing Secret holds a JOFI API key/],
		['spaces around it', hmac({ signingSecret: ' s' }), /Signing Secret has spaces.*accepted/],
		['a line break behind it', hmac({ signingSecret: 's\n' }), /Signing Secret has spaces/],
		['quotes around it', hmac({ signingSecret: '“s”' }), /Signing Secret has spaces.*quotes/],
		['a previous API key', previous('sk_test_1'), /Previous Signing Secret holds a JOFI API key/],
		['spaces around the previous secret', previous('s '), /Previous Signing Secret has spaces/],
		['a value in place of a header name', named('sha256=ab'), /not the name of a header/],
		['a colon within a header name', named('X-Signature:v1'), /not the name of a header/],
		['no username', basic({ password: 'p' }), /Username is empty\. Enter the username that/],
		['no password', basic({ username: 'u' }), /Password is empty\. Enter the password that/],
		['spaces around the password', basic({ username: 'u', password: 'p ' }), /Password has spaces/],
	])('%s', (_what, fields, message) => {
		expect(whatTheTestSays(fields)).toMatch(message);
	});

	test('what cannot be used is named before what only looks wrong', () => {
		const fields = basic({ username: ' u', password: '' });
		expect(whatTheTestSays(fields)).toMatch(/Password is empty/);
	});

	test.each([
		hmac({ signingSecret: 's' }),
		hmac({ signingSecret: 'two words', signatureHeader: 'X-Signature' }),
		named(' X-Signature: '),
		hmac({ signingSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }),
		basic({ username: 'u', password: "it's" }),
	])('%j is fine', (fields) => {
		expect(whatTheTestSays(fields)).toBeUndefined();
	});

	test('no message repeats a secret', () => {
		const message = whatTheTestSays(hmac({ signingSecret: ' top-secret ' }));
		expect(message).not.toContain('top-secret');
	});
});
