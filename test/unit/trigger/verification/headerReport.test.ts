import { whatWasSeen } from '../../../../nodes/Jofi/trigger/verification/seen';

const bytes = (length: number) => Buffer.alloc(length, 0xa5);
const base64 = (length: number) => bytes(length).toString('base64');
const seenIn = (value: string) => whatWasSeen({ 'x-signature': value }).signatures;

// openssl ecparam -name prime256v1 -genkey -noout -out k.pem; printf x | openssl dgst -sha256 -sign k.pem | base64 -w0
const ECDSA =
	'MEUCIQCOZbu9ckvCeU6Ud+TVItOEsvKWDrRtFnz+HSLZ0CmKJgIgHpsEdnxKt77zMh1HccJ5Vh81blk+N2II9+e1jA+W3D8=';

describe('what a header holds', () => {
	test.each([
		['MD5', 'a'.repeat(32), '32 hexadecimal digits, the length of MD5'],
		['SHA-1', 'a'.repeat(40), '40 hexadecimal digits, the length of SHA-1'],
		['SHA-224', 'a'.repeat(56), '56 hexadecimal digits, the length of SHA-224'],
		['SHA-256', `sha256=${'a'.repeat(64)}`, '64 hexadecimal digits, the length of SHA-256'],
		['SHA-384', 'A'.repeat(96), '96 hexadecimal digits, the length of SHA-384'],
		['SHA-512', 'a'.repeat(128), '128 hexadecimal digits, the length of SHA-512'],
		['SHA-1 in base64', base64(20), '28 characters of base64, the length of SHA-1'],
		['SHA-224 in base64', base64(28), '40 characters of base64, the length of SHA-224'],
		['SHA-256 in base64', base64(32), '44 characters of base64, the length of SHA-256'],
		['SHA-384 in base64', base64(48), '64 characters of base64, the length of SHA-384'],
		['SHA-512 in base64', base64(64), '88 characters of base64, the length of SHA-512'],
		['RSA', base64(256), '344 characters of base64, the length of an RSA signature'],
		['RSA of 3072 bits', base64(384), '512 characters of base64, the length of an RSA signature'],
		['RSA of 4096 bits', base64(512), '684 characters of base64, the length of an RSA signature'],
		[
			'digits that begin as hex and end as none',
			`${'a'.repeat(43)}Z`,
			'44 characters of base64, 33 bytes',
		],
		[
			'digits that end as hex and begin as none',
			`Z${'a'.repeat(43)}`,
			'44 characters of base64, 33 bytes',
		],
		['33 bytes', base64(33), '44 characters of base64, 33 bytes'],
		[
			'ECDSA',
			ECDSA,
			"96 characters of base64, an ECDSA signature as Twilio SendGrid's: made with a key pair, not with a secret",
		],
		['a JSON Web Token', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc', 'a JSON Web Token (JWT)'],
		['a JSON Web Token alone', 'eyJhbGciOiJIUzI1NiJ9.e_-x.a_-b', 'a JSON Web Token (JWT)'],
		['one without a signature', 'eyJhbGciOiJub25lIn0.eyJhIjoxfQ. x', 'a JSON Web Token (JWT)'],
		[
			'nearly one, of two parts',
			'eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ',
			'31 characters that are no digest in hex or base64',
		],
		[
			'nearly one, with more in front',
			'xeyJhbGciOiJIUzI1NiJ9.e.a',
			'25 characters that are no digest in hex or base64',
		],
		[
			'nearly one, with more behind',
			'eyJhbGciOiJIUzI1NiJ9.e.a;b',
			'26 characters that are no digest in hex or base64',
		],
		[
			'Basic in the middle',
			`non-basic ${'a'.repeat(64)}`,
			'64 hexadecimal digits, the length of SHA-256',
		],
		['a word', 'unsigned', '8 characters that are no digest in hex or base64'],
		[
			'a time beside it',
			`t=1770122616,v1=${'a'.repeat(64)}`,
			'64 hexadecimal digits, the length of SHA-256, and a time in Unix seconds',
		],
		[
			'the same twice',
			`${'a'.repeat(64)},${'b'.repeat(64)}`,
			'64 hexadecimal digits, the length of SHA-256',
		],
		[
			'two kinds',
			`${'a'.repeat(64)},${'b'.repeat(40)}`,
			'64 hexadecimal digits, the length of SHA-256, and 40 hexadecimal digits, the length of SHA-1',
		],
	])('%s', (_what, value, form) => {
		expect(seenIn(value)).toEqual([`x-signature carries ${form}`]);
	});

	test.each([
		['too short', [0x30, 65, 2], 67],
		['too long', [0x30, 71, 2], 73],
		['no sequence', [0x31, 68, 2], 70],
		['another length', [0x30, 67, 2], 70],
		['no integer', [0x30, 68, 3], 70],
	])('no ECDSA: %s', (_what, start, length) => {
		const value = Buffer.concat([Buffer.from(start), bytes(length - 3)]).toString('base64');
		expect(seenIn(value)[0]).not.toMatch(/ECDSA/);
	});

	test.each([68, 70, 72])('ECDSA of %i bytes, in hex too', (length) => {
		const value = Buffer.concat([Buffer.from([0x30, length - 2, 2]), bytes(length - 3)]);
		expect(seenIn(value.toString('base64'))[0]).toMatch(/ECDSA/);
		expect(seenIn(value.toString('hex'))[0]).toMatch(/ECDSA/);
	});
});

describe('which headers are told of', () => {
	const named = (headers: Record<string, string | string[]>) =>
		whatWasSeen(headers).signatures.map((line) => line.split(' ')[0]);

	test.each([
		['a-signature', 'x', true],
		['x-hmac-sha1', 'x', true],
		['x-sig', 'x', true],
		['sign', 'x', true],
		['x-design', 'x', false],
		['x-assigned', 'x', false],
		['x-other', 'x', false],
		['x-other', 'a'.repeat(64), true],
		['x-other', 'a'.repeat(96), false],
		['x-other', ECDSA, true],
		['authorization', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc', true],
		['authorization', 'Bearer abc', false],
		['authorization', `Basic ${'a'.repeat(64)}`, false],
		['authorization', `basic ${'a'.repeat(64)}`, false],
		['x-signature-timestamp', '1770122616', false],
	])('%s: %s', (name, value, isTold) => {
		expect(named({ [name]: value })).toEqual(isTold ? [name] : []);
	});

	test('those that are named like a signature first, and four at most', () => {
		const digest = 'a'.repeat(64);
		const headers = Object.fromEntries([1, 2, 3, 4].map((n) => [`h${n}`, digest]));
		expect(named({ ...headers, 'x-signature': digest })).toEqual(['x-signature', 'h1', 'h2', 'h3']);
	});

	test('names are reduced to letters, digits and dashes', () => {
		const [line] = whatWasSeen({ [`<b>${'signature'.repeat(9)}`]: 'x' }).signatures;
		expect(line).toBe(
			`b${'signature'.repeat(9)}`.slice(0, 60) +
				' carries 1 characters that are no digest in hex or base64',
		);
	});
});

describe('times in headers of their own', () => {
	test.each([
		['x-timestamp', '1770122616', 'Unix seconds'],
		['x-request-time', '1770122616744', 'Unix milliseconds'],
		['x-timestamp', '2026-02-03T12:43:36Z', 'ISO 8601'],
		['x-timestamp', '2026-02-03T12:43:36', 'ISO 8601 without a zone, taken as UTC'],
		['date', 'Tue, 03 Feb 2026 12:43:36 GMT', "HTTP's form"],
	])('%s: %s', (name, value, form) => {
		expect(whatWasSeen({ [name]: value })).toEqual({
			signatures: [],
			times: [`${name} carries a time in ${form}`],
		});
	});

	test('no time, and no name of one', () => {
		expect(whatWasSeen({ 'x-timestamp': 'now', 'x-other': '1770122616' }).times).toEqual([]);
	});

	test('four at most', () => {
		const headers = Object.fromEntries(
			[1, 2, 3, 4, 5].map((n) => [`h${n}-timestamp`, '1770122616'] as const),
		);
		expect(whatWasSeen(headers).times).toHaveLength(4);
	});
});

test('no value is told', () => {
	const secret = 'deadbeef'.repeat(8);
	const headers = {
		'x-signature': secret,
		'x-hmac': ECDSA,
		'x-sig': 'hush',
		'x-timestamp': '1770122616',
	};
	expect(JSON.stringify(whatWasSeen(headers))).not.toMatch(/deadbeef|MEUCI|hush|1770122616/);
});
