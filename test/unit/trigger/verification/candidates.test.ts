import { findCandidates } from '../../../../nodes/Jofi/trigger/verification/candidates';

const hex = 'ab'.repeat(32);
const other = 'cd'.repeat(32);
const digestsOf = (headers: Record<string, string | string[]>) =>
	findCandidates(headers).map(({ digest }) => digest.toString('hex'));

describe('what counts as a candidate', () => {
	test.each([
		['a UUID', '1bb2141c-4100-4b21-9cd2-a998b76cf736'],
		['a trace', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
		['MD5 in hex', 'a'.repeat(32)],
		['hex of 48 bytes', 'a'.repeat(96)],
		['39 hexadecimal digits', 'a'.repeat(39)],
		['40 letters', 'z'.repeat(40)],
		['27 characters', 'Z'.repeat(27)],
		['27 characters with too much padding', `${'Z'.repeat(27)}==`],
		['28 characters that end in none', 'Z'.repeat(28)],
		['43 characters with too much padding', `${'Z'.repeat(43)}==`],
		['86 characters with too little padding', `${'Z'.repeat(86)}=`],
		['base64 of 33 bytes', Buffer.alloc(33).toString('base64')],
		['text with a hole', `${'a'.repeat(41)}!${'a'.repeat(22)}`],
		['a part of something longer', `1/SHA256/${hex}0`],
		['nothing', ''],
	])('%s is none', (_what, value) => {
		expect(digestsOf({ 'x-signature': value })).toEqual([]);
	});

	const sha1 = `${'00'.repeat(19)}01`;
	const fb = 'fb'.repeat(32);
	const bytesOf = (text: string) => Buffer.from(text, 'hex');
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	const asIs = (text: string) => Buffer.from(text).toString('hex');
	test.each([
		['SHA-1 in hex', sha1, sha1],
		['SHA-1 in base64', bytesOf(sha1).toString('base64'), sha1],
		['SHA-1 in base64 behind a name', `sha1=${bytesOf(sha1).toString('base64')}`, sha1],
		['base64url', bytesOf(fb).toString('base64url'), fb],
		['a long name in front', `${'p'.repeat(40)}=${hex}`, hex],
		['1/SHA256/', `1/SHA256/${hex}`, hex],
		['1/sha512/', `1/sha512/${hex}${hex}`, hex + hex],
		['hex in base64', base64(hex), hex],
		['64 bytes that are nearly hex', base64(`${hex.slice(1)}x`), asIs(`${hex.slice(1)}x`)],
		[
			'64 bytes that are hex but for the first',
			base64(`x${hex.slice(1)}`),
			asIs(`x${hex.slice(1)}`),
		],
		['32 bytes that are hex', base64(hex.slice(32)), asIs(hex.slice(32))],
	])('%s is one', (_what, value, digest) => {
		expect(digestsOf({ 'x-signature': value })).toEqual([digest]);
	});

	test('every header is searched, repeated ones too', () => {
		expect(digestsOf({ a: 'x', b: [hex, other], c: undefined as never, d: other })).toEqual([
			hex,
			other,
			other,
		]);
		expect(digestsOf({ a: ['nothing', hex] })).toEqual([hex]);
	});

	test('several in one header', () => {
		expect(digestsOf({ a: `v1=${hex},v1=${other}` })).toEqual([hex, other]);
		expect(digestsOf({ a: `v1,${hex} v1,${other}` })).toEqual([hex, other]);
	});
});

test('those in headers that are named like a signature come first', () => {
	const headers = { a: hex, 'x-signature': other, b: hex, 'x-hmac-sha256': other, 'x-design': hex };
	expect(findCandidates(headers).map(({ header }) => header)).toEqual([
		'x-signature',
		'x-hmac-sha256',
		'a',
		'b',
		'x-design',
	]);
});

test('very long headers are skipped', () => {
	expect(digestsOf({ a: `${hex},${'x'.repeat(8127)}`, b: other })).toEqual([hex, other]);
	expect(digestsOf({ a: `${hex},${'x'.repeat(8128)}`, b: other })).toEqual([other]);
});

test('a candidate has its header, and all of what that carries', () => {
	const value = `t=1770122616, ${hex}`;
	expect(findCandidates({ a: value })).toEqual([
		{ digest: Buffer.from(hex, 'hex'), header: 'a', value },
	]);
});

describe('the label of a signature', () => {
	test.each([
		['v0=', 'v0'],
		['V1=', 'v1'],
		['v2,', 'v2'],
		['v12:', 'v12'],
		['v1="', 'v1'],
		['t=1,v1=', 'v1'],
	])('the label %s', (written, label) => {
		expect(findCandidates({ a: `${written}${hex}` })).toMatchObject([{ label }]);
	});

	test.each(['v=', 'v123=', 'sha256=', 'xv1=', 'v1 ', 'v1=x,'])('no label %s', (written) => {
		expect(findCandidates({ a: `${written}${hex}` })).toMatchObject([{ label: undefined }]);
	});
});
