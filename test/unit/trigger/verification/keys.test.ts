import { keysOf } from '../../../../nodes/Jofi/trigger/verification/hmac';

const bytes = (length: number) =>
	Buffer.from(Array.from({ length }, (_, index) => index * 37 + 11));
/** What a secret stands for besides the text that it is. */
const bytesOf = (secret: string) => {
	const [text, ...more] = keysOf(secret);
	expect(text).toBe(secret);
	return more;
};

describe('a secret stands for bytes too', () => {
	test.each([
		['hex of 32 bytes', bytes(32).toString('hex'), bytes(32)],
		['HEX of 32 bytes', bytes(32).toString('hex').toUpperCase(), bytes(32)],
		['base64 of 32 bytes', bytes(32).toString('base64'), bytes(32)],
		['base64 of 64 bytes', bytes(64).toString('base64'), bytes(64)],
		['whsec_ and base64', `whsec_${bytes(24).toString('base64')}`, bytes(24)],
		['whsec_ and base64 without padding', 'whsec_AQ', Buffer.from([1])],
	])('if it is %s', (_what, secret, expected) => {
		expect(bytesOf(secret)).toEqual([expected]);
	});
});

describe('a secret is only the text that it is', () => {
	test.each([
		['a word', 'secret'],
		['32 characters, as most are', 'Zk3m8Qp1Vt6yXw2Rb9Nc5Lh7Jd4Gf0Ka'],
		['hex of 16 bytes', bytes(16).toString('hex')],
		['hex of 31 bytes', bytes(31).toString('hex')],
		['hex of 64 bytes', bytes(64).toString('hex')],
		['hex with something in front', `x${bytes(32).toString('hex')}`],
		['hex with something behind', `${bytes(32).toString('hex')}x`],
		['base64 of 24 bytes', bytes(24).toString('base64')],
		['base64 of 33 bytes', bytes(33).toString('base64')],
		['base64 without its padding', bytes(32).toString('base64').slice(0, -1)],
		['base64 with a hole', `a ${bytes(32).toString('base64').slice(2)}`],
		['an empty whsec_', 'whsec_'],
		['whsec_ and no base64', 'whsec_!!!!'],
		['whsec_ and a letter that is none of base64', 'whsec_ä'],
		['whsec_ and half a byte', 'whsec_A'],
		['whsec_ in the middle', `x whsec_${bytes(24).toString('base64')}`],
	])('if it is %s', (_what, secret) => {
		expect(bytesOf(secret)).toEqual([]);
	});
});
