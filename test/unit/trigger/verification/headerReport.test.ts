import {
	findCandidates,
	type Headers,
} from '../../../../nodes/Jofi/trigger/verification/candidates';
import { headerReport } from '../../../../nodes/Jofi/trigger/verification/headerReport';

const hex = 'a'.repeat(64);
const SHA256 = '64 hexadecimal digits, the length of SHA-256';
const base64 = (length: number) => Buffer.alloc(length, 0xa5).toString('base64');
const report = (headers: Headers) => headerReport(headers, findCandidates(headers));
const namesIn = (headers: Headers) =>
	report(headers)
		.split('; ')
		.map((line) => line.split(' ')[0]);

// openssl ecparam -name prime256v1 -genkey -noout -out k.pem; printf x | openssl dgst -sha256 -sign k.pem | base64 -w0
const ECDSA =
	'MEUCIQCOZbu9ckvCeU6Ud+TVItOEsvKWDrRtFnz+HSLZ0CmKJgIgHpsEdnxKt77zMh1HccJ5Vh81blk+N2II9+e1jA+W3D8=';

describe('the length and the alphabet of a header', () => {
	test.each([
		['MD5', 'a'.repeat(32), '32 hexadecimal digits, the length of MD5'],
		['SHA-1', 'a'.repeat(40), '40 hexadecimal digits, the length of SHA-1'],
		['SHA-224', 'a'.repeat(56), '56 hexadecimal digits'],
		['SHA-256', `sha256=${hex}`, SHA256],
		['SHA-384', 'A'.repeat(96), '96 hexadecimal digits, the length of SHA-384'],
		['SHA-512', 'a'.repeat(128), '128 hexadecimal digits, the length of SHA-512'],
		['MD5 in base64', base64(16), '24 characters of base64, the length of MD5'],
		['SHA-1 in base64', base64(20), '28 characters of base64, the length of SHA-1'],
		['33 bytes', base64(33), '44 characters of base64'],
		['almost hex', `${'a'.repeat(43)}Z`, '44 characters of base64'],
		['almost hex', `Z${'a'.repeat(43)}`, '44 characters of base64'],
		['ECDSA', ECDSA, '96 characters of base64, too long for an HMAC: perhaps made with a key pair'],
		['JWT', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc', 'a JSON Web Token (JWT)'],
		['JWT without scheme', 'eyJhbGciOiJIUzI1NiJ9.e_-x.a_-b', 'a JSON Web Token (JWT)'],
		['JWT without signature', 'eyJhbGciOiJub25lIn0.eyJhIjoxfQ. x', 'a JSON Web Token (JWT)'],
		['two parts of a JWT', 'eyJhIjoxfQ.eyJhIjoxfQ', '21 characters'],
		['a prefixed JWT', 'xeyJhbGciOiJIUzI1NiJ9.e.a', '25 characters'],
		['a JWT in a list', 'eyJhbGciOiJIUzI1NiJ9.e.a;b', '26 characters'],
		['Basic in the middle', `non-basic ${hex}`, SHA256],
		['a word', 'unsigned', '8 characters'],
		['seconds beside it', `t=1770122616,v1=${hex}`, `10 digits, and ${SHA256}`],
		['a time beside it', `t=2026-02-03T12:43:36Z,v1=${hex}`, `a time, and ${SHA256}`],
		['the same twice', `${hex},${'b'.repeat(64)}`, SHA256],
	])('%s', (_what, value, shape) => {
		expect(report({ 'x-signature': value })).toBe(`x-signature carries ${shape}`);
	});
});

describe('which headers are reported', () => {
	test.each([
		['a-signature', 'x', true],
		['x-hmac-sha1', 'x', true],
		['x-sig', 'x', true],
		['sign', 'x', true],
		['x-design', 'x', false],
		['x-assigned', 'x', false],
		['x-other', 'x', false],
		['x-other', hex, true],
		['x-other', 'a'.repeat(96), false],
		['authorization', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc', true],
		['authorization', 'Bearer abc', false],
		['authorization', `Basic ${hex}`, false],
		['authorization', `basic ${hex}`, false],
		['x-signature-timestamp', '1770122616', false],
		['x-timestamp', '1770122616', false],
	])('%s: %s', (name, value, isReported) => {
		expect(namesIn({ [name]: value })).toEqual([isReported ? name : '']);
	});

	test.each([
		['x-timestamp', '1770122616'],
		['x-request-time', '1770122616744'],
		['date', 'Tue, 03 Feb 2026 12:43:36 GMT'],
	])('a time in %s beside a signature', (name, value) => {
		expect(report({ [name]: value, 'x-signature': 'unsigned' })).toBe(
			`x-signature carries 8 characters; ${name} carries a time, ${value.length} characters`,
		);
	});

	test.each([
		['x-timestamp', 'now'],
		['x-other', '1770122616'],
	])('no time in %s: %s', (name, value) => {
		expect(namesIn({ [name]: value, 'x-signature': 'x' })).toEqual(['x-signature']);
	});

	test('at most eight, those that are named like a signature first', () => {
		const others = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`h${n}`, hex]));
		expect(namesIn({ ...others, 'x-signature': hex })).toEqual([
			'x-signature',
			...['h0', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
		]);
	});

	test('by letters, digits and dashes of their names', () => {
		const name = `signature${'x'.repeat(60)}`;
		expect(report({ [`<>${name}`]: 'x' })).toBe(`${name.slice(0, 60)} carries 1 characters`);
	});
});

test('no value is reported', () => {
	const headers = { 'x-signature': 'deadbeef'.repeat(8), 'x-hmac': ECDSA, 'x-sig': 'hush' };
	const reported = report({ ...headers, 'x-timestamp': '1770122616' });
	expect(reported).not.toMatch(/deadbeef|MEUCI|hush|1770122616/);
});
