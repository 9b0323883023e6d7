import {
	isSameBasicAuth,
	readBasicAuth,
} from '../../../../nodes/Jofi/trigger/verification/basicAuth';

// echo -n 'Aladdin:open sesame' | base64 (the example of RFC 7617)
const RFC_EXAMPLE = 'QWxhZGRpbjpvcGVuIHNlc2FtZQ==';

test.each([
	['the example of RFC 7617', `Basic ${RFC_EXAMPLE}`, 'Aladdin', 'open sesame'],
	['a scheme in lower case', `basic ${RFC_EXAMPLE}`, 'Aladdin', 'open sesame'],
	['a scheme in mixed case', `bAsIC ${RFC_EXAMPLE}`, 'Aladdin', 'open sesame'],
	// printf 'jürgen:p:ä:ß' | base64
	['UTF-8, and colons in the password', 'Basic asO8cmdlbjpwOsOkOsOf', 'jürgen', 'p:ä:ß'],
	// printf ':open sesame' | base64
	['no username, and several spaces', 'Basic  Om9wZW4gc2VzYW1l ', '', 'open sesame'],
	['no padding', 'Basic QTpi', 'A', 'b'],
])('reads %s', (_what, authorization, username, password) => {
	expect(readBasicAuth({ authorization })).toEqual({ username, password });
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

test.each([
	['jofi', 'hook:me', true],
	['jofi', 'hook:m', false],
	['jofi', 'hook:mE', false],
	['Jofi', 'hook:me', false],
	['jofi:hook', 'me', false],
	['', '', false],
])('%j and %j are the same: %p', (username, password, isSame) => {
	const expected = { username: 'jofi', password: 'hook:me' };
	expect(isSameBasicAuth({ username, password }, expected)).toBe(isSame);
});

test.each([
	['spaces around them', ' jofi', 'hook:me\n'],
	['quotes around them', '"jofi"', '“hook:me”'],
])('%s may have been pasted along, or belong to them', (_what, username, password) => {
	const pasted = { username, password };
	expect(isSameBasicAuth({ username: 'jofi', password: 'hook:me' }, pasted)).toBe(true);
	expect(isSameBasicAuth(pasted, pasted)).toBe(true);
	expect(isSameBasicAuth({ username: 'jofi', password: 'hook:m' }, pasted)).toBe(false);
	expect(isSameBasicAuth({ username: 'jof', password: 'hook:me' }, pasted)).toBe(false);
});
