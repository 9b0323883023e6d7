import {
	isSameBasicAuth,
	readBasicAuth,
} from '../../../../nodes/Jofi/trigger/verification/basicAuth';

// echo -n 'Aladdin:open sesame' | base64 (the example of RFC 7617)
const RFC_EXAMPLE = 'QWxhZGRpbjpvcGVuIHNlc2FtZQ==';
// printf 'jürgen:p:ä:ß' | base64
const UTF8_WITH_COLONS = 'asO8cmdlbjpwOsOkOsOf';

describe('reading', () => {
	test.each(['Basic', 'basic', 'BASIC', 'bAsIc'])('scheme %s', (scheme) => {
		expect(readBasicAuth({ authorization: `${scheme} ${RFC_EXAMPLE}` })).toEqual({
			username: 'Aladdin',
			password: 'open sesame',
		});
	});

	test('UTF-8, and everything after the first colon is the password', () => {
		expect(readBasicAuth({ authorization: `Basic ${UTF8_WITH_COLONS}` })).toEqual({
			username: 'jürgen',
			password: 'p:ä:ß',
		});
	});

	test('an empty username, and several spaces behind the scheme', () => {
		// printf ':open sesame' | base64
		expect(readBasicAuth({ authorization: 'Basic  Om9wZW4gc2VzYW1l ' })).toEqual({
			username: '',
			password: 'open sesame',
		});
	});

	test('without padding', () => {
		expect(readBasicAuth({ authorization: 'Basic QTpi' })).toEqual({
			username: 'A',
			password: 'b',
		});
	});

	test.each([
		['no header', undefined],
		['another scheme', `Bearer ${RFC_EXAMPLE}`],
		['the scheme as part of a word', `NotBasic ${RFC_EXAMPLE}`],
		['no credentials', 'Basic '],
		['no base64', 'Basic §§§'],
		['something behind the credentials', `Basic ${RFC_EXAMPLE}, x`],
		['no colon (QWxhZGRpbg== is "Aladdin")', 'Basic QWxhZGRpbg=='],
		['several headers', ['Basic QTpi', 'Basic QTpi']],
	])('%s reads as none', (_what, authorization) => {
		expect(readBasicAuth({ authorization })).toBeUndefined();
	});
});

describe('comparing', () => {
	const expected = { username: 'jofi', password: 'hook:me' };

	test('the same', () => {
		expect(isSameBasicAuth({ ...expected }, expected)).toBe(true);
	});

	test.each([
		{ username: 'jofi', password: 'hook:m' },
		{ username: 'jofi', password: 'hook:mE' },
		{ username: 'Jofi', password: 'hook:me' },
		{ username: 'jofi:hook', password: 'me' },
		{ username: '', password: '' },
	])('$username / $password is another', (sent) => {
		expect(isSameBasicAuth(sent, expected)).toBe(false);
	});
});
