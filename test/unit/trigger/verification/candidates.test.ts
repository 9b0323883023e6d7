import { findCandidates } from '../../../../nodes/Jofi/trigger/verification/candidates';

const hex = 'ab'.repeat(32);
const digestsOf = (headers: Record<string, string | string[]>, only?: string) =>
	findCandidates(headers, only).map(({ digest }) => digest.toString('hex'));

describe('what counts as a candidate', () => {
	test.each([
		['a UUID', '1bb2141c-4100-4b21-9cd2-a998b76cf736'],
		['a trace id', '4bf92f3577b34da6a3ce929d0e0e4736'],
		['SHA-1 in hex', 'a'.repeat(40)],
		['hex of 48 bytes', 'a'.repeat(96)],
		['base64 of 33 bytes', Buffer.alloc(33).toString('base64')],
		['text with a hole', `${'a'.repeat(40)}!${'a'.repeat(23)}`],
		['a prefix that is too long', `${'p'.repeat(33)}=${hex}`],
		['nothing', ''],
	])('%s is none', (_what, value) => {
		expect(digestsOf({ 'x-signature': value })).toEqual([]);
	});

	test('every header is searched, repeated ones too', () => {
		const other = 'cd'.repeat(32);
		expect(digestsOf({ a: 'x', b: [hex, other], c: undefined as never, d: other })).toEqual([
			hex,
			other,
			other,
		]);
	});

	test('with a named header only that one is searched', () => {
		expect(digestsOf({ a: hex, b: 'cd'.repeat(32) }, 'b')).toEqual(['cd'.repeat(32)]);
		expect(digestsOf({ a: hex }, 'b')).toEqual([]);
	});

	test('a digest with a dash and underscore is base64url', () => {
		const bytes = Buffer.alloc(32, 0xfb);
		expect(bytes.toString('base64url')).toMatch(/[-_]/);
		expect(digestsOf({ a: bytes.toString('base64url') })).toEqual([bytes.toString('hex')]);
	});
});

describe('the styles that sign a timestamp', () => {
	const prefixesOf = (headers: Record<string, string>) =>
		findCandidates(headers).map(({ signedPrefix }) => signedPrefix);

	test('Stripe: the body alone, and with its timestamp', () => {
		expect(prefixesOf({ s: `t=1700000000,v1=${hex}` })).toEqual(['', '1700000000.']);
	});

	test.each(['t=abc', 't=', 'nt=1', 't=1234567890123'])('Stripe: %s is no timestamp', (t) => {
		expect(prefixesOf({ s: `${t},v1=${hex}` })).toEqual(['']);
	});

	test('Standard Webhooks: needs its id and a timestamp in seconds', () => {
		const signature = { 'webhook-signature': `v1,${hex}` };
		const id = { 'webhook-id': 'msg_1' };
		expect(prefixesOf({ ...signature, ...id, 'webhook-timestamp': '17' })).toEqual([
			'',
			'msg_1.17.',
		]);
		expect(prefixesOf({ ...signature, ...id, 'webhook-timestamp': 'x' })).toEqual(['']);
		expect(prefixesOf({ ...signature, 'webhook-timestamp': '17' })).toEqual(['']);
		expect(prefixesOf({ ...signature, ...id })).toEqual(['']);
	});

	test('the id of Standard Webhooks does not turn another header into one', () => {
		const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': '17', 'x-hash': hex };
		expect(prefixesOf(headers)).toEqual(['']);
	});
});

describe('the work that a stranger can cause is bounded', () => {
	test('at most 24 candidates', () => {
		const headers = Object.fromEntries(
			Array.from({ length: 100 }, (_, index) => [`h${index}`, hex] as const),
		);
		expect(findCandidates(headers)).toHaveLength(24);
		expect(findCandidates({ list: Array(100).fill(hex).join(',') })).toHaveLength(24);
	});

	test('at most three timestamps, each of which costs an HMAC', () => {
		const headers = Object.fromEntries(
			Array.from({ length: 10 }, (_, index) => [`h${index}`, `t=${index},v1=${hex}`] as const),
		);
		const timestamps = new Set(findCandidates(headers).map(({ signedPrefix }) => signedPrefix));
		timestamps.delete('');
		expect(timestamps.size).toBe(3);
	});

	test('very long headers are passed over', () => {
		expect(digestsOf({ a: `${hex},${'x'.repeat(8192)}`, b: hex })).toEqual([hex]);
	});
});

describe('what a candidate would have signed', () => {
	const bodyAlone = {
		digest: Buffer.from(hex, 'hex'),
		signedPrefix: '',
		isStandardWebhooks: false,
	};
	const at = 1_700_000_000;

	test('the body alone', () => {
		expect(findCandidates({ a: hex })).toEqual([bodyAlone]);
	});

	test("Stripe's time in front of it, wherever in the header the time stands", () => {
		const timed = { ...bodyAlone, signedPrefix: `${at}.`, signedAt: at };
		expect(findCandidates({ a: `t=${at},v1=${hex}` })).toEqual([bodyAlone, timed]);
		expect(findCandidates({ a: `v1=${hex}, t=${at}` })).toEqual([bodyAlone, timed]);
	});

	const standard = (timestamp: string) => ({
		'svix-id': 'msg_1',
		'svix-timestamp': timestamp,
		'svix-signature': `v1,${hex}`,
	});

	test("Standard Webhooks' id and time in front of it", () => {
		expect(findCandidates(standard(String(at)))).toEqual([
			bodyAlone,
			{ ...bodyAlone, signedPrefix: `msg_1.${at}.`, signedAt: at, isStandardWebhooks: true },
		]);
	});

	test.each(['', 'x1700000000', '1700000000x', '-1700000000', '1700000000.5'])(
		'but not with the time "%s"',
		(timestamp) => {
			expect(findCandidates(standard(timestamp))).toEqual([bodyAlone]);
		},
	);

	test('nor without a time, or in a header that is no signature by its name', () => {
		expect(findCandidates({ 'a-id': 'msg_1', 'a-signature': hex })).toEqual([bodyAlone]);
		// As long as "signature", so that what stands in front of it is the same: nothing.
		expect(findCandidates({ id: 'msg_1', timestamp: String(at), otherwise: hex })).toEqual([
			bodyAlone,
		]);
	});

	test('a repeated header of which only one value is a digest', () => {
		expect(findCandidates({ a: ['nothing', hex] })).toEqual([bodyAlone]);
	});
});
