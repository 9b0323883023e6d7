import {
	findCandidates,
	type Headers,
} from '../../../../nodes/Jofi/trigger/verification/candidates';
import { verifyHmac } from '../../../../nodes/Jofi/trigger/verification/hmac';
import {
	inWords,
	SIGNING_SCHEMES,
} from '../../../../nodes/Jofi/trigger/verification/signingSchemes';
import schemes from '../../../fixtures/hmac/schemes.json';
import signed from '../../../fixtures/hmac/signed.json';
import known from '../../../fixtures/hmac/vectors.json';

type Vector = Omit<(typeof known.vectors)[number], 'headers'> & { headers: Headers };

const now = known.now * 1000;
const WRONG = { reason: 'wrong_signature' };
const TOO_OLD = { reason: 'timestamp_too_old' };
const VERIFIED = { verifiedBy: expect.any(String) };

const vectors: Vector[] = known.vectors;
const vectorNamed = (wanted: string) => {
	const vector = vectors.find(({ name }) => name === wanted);
	if (!vector) throw new Error(`No vector ${wanted}`);
	return vector;
};
const bodyAlone = vectorNamed('sha256, hex, bare');
const stripe = vectorNamed("Stripe's style");

const verify = ({ headers, body, secret }: Vector, secrets = [secret], at = now) =>
	verifyHmac(
		{ headers, body: Buffer.from(body), receivedAt: at },
		findCandidates(headers),
		secrets,
	);
const verifyAt = (vector: Vector, at: number) => verify(vector, [vector.secret], at);

test.each(vectors)('known answer from Python: $name', (vector) => {
	const { body, secret } = vector;
	expect(verify(vector)).toEqual(VERIFIED);
	expect(verify(vector, ['new', secret])).toEqual(VERIFIED);
	expect(verify(vector, [`${secret}x`])).toEqual(WRONG);
	expect(verify({ ...vector, body: `${body} ` })).toEqual(WRONG);
});

test('each scheme has its known answers', () => {
	const verified = JSON.stringify(vectors.map((vector) => verify(vector)));
	const unknown = Object.values(SIGNING_SCHEMES).filter(
		(scheme) => !verified.includes(` over ${inWords(scheme)}`),
	);
	expect(unknown).toEqual([]);
});

describe('whatever stands beside it, a signature is tried by every scheme', () => {
	const timedSchemes = vectors.filter(({ name }) => name.includes(', the time '));
	const decoys = { 'x-revision': 'ab'.repeat(20), authorization: `Bearer ${'cd'.repeat(64)}` };

	test.each(timedSchemes)('$name: another signature in its header', (vector) => {
		const value = `v9=${'0'.repeat(64)},${String(vector.headers['x-signature'])}`;
		const headers = { ...vector.headers, 'x-signature': value };
		expect(verify({ ...vector, headers })).toEqual(VERIFIED);
	});

	test.each(timedSchemes)('$name: other hashes in other headers', (vector) => {
		expect(verify({ ...vector, headers: { ...decoys, ...vector.headers } })).toEqual(VERIFIED);
	});
});

describe('the schemes of test/fixtures/hmac/schemes.json, signed by Python', () => {
	const body = Buffer.from(signed.body, 'base64').toString();
	const acceptedWith = (secretOf: (delivery: { secret: string }) => string) =>
		signed.deliveries.filter((delivery) => {
			const sent = Object.entries({ ...signed.usual, ...delivery.headers });
			const headers = Object.fromEntries(sent.map(([name, text]) => [name.toLowerCase(), text]));
			const vector = { name: delivery.provider, secret: secretOf(delivery), body, headers };
			return 'verifiedBy' in verifyAt(vector, signed.now * 1000);
		});

	test('all are accepted but those that are left out for a reason', () => {
		const leftIn = schemes.filter((scheme) => !('leftOut' in scheme));
		expect(acceptedWith(({ secret }) => secret).map(({ provider }) => provider)).toEqual(
			leftIn.map(({ provider }) => provider),
		);
		expect(signed.deliveries.length).toBeGreaterThan(130);
	});

	test('none by another secret', () => {
		expect(acceptedWith(() => 'another')).toEqual([]);
	});
});

test.each([
	['sha256, hex, bare', 'HMAC-SHA256 in x-some-signature over the body'],
	['sha1, base64, bare', 'HMAC-SHA1 in x-some-signature over the body'],
	['sha512, base64, sha=', 'HMAC-SHA512 in x-some-signature over the body'],
	["Stripe's style", 'HMAC-SHA256 in stripe-signature over <time>.<body>'],
	[
		'Standard Webhooks, plain secret',
		'HMAC-SHA256 in webhook-signature over <id>.<time>.<body>, with the time in webhook-timestamp',
	],
	[
		'{b}:{t}, seconds',
		'HMAC-SHA256 in x-signature over <body>:<time>, with the time in x-timestamp',
	],
])('the scheme in words: %s', (name, verifiedBy) => {
	expect(verify(vectorNamed(name))).toEqual({ verifiedBy });
});

describe('signatures with a time', () => {
	const fiveMinutes = 5 * 60 * 1000;
	const timed = vectors.filter(({ name }) => /^(Stripe|Standard)|\{t\}/.test(name));

	test.each(timed)('$name: at most five minutes old or ahead', (vector) => {
		// Some write the time with milliseconds, which this rounds away.
		expect(verifyAt(vector, now + fiveMinutes)).toEqual(VERIFIED);
		expect(verifyAt(vector, now + fiveMinutes + 1000)).toEqual(TOO_OLD);
		expect(verifyAt(vector, now - fiveMinutes + 1000)).toEqual(VERIFIED);
		expect(verifyAt(vector, now - fiveMinutes - 1)).toEqual(TOO_OLD);
	});

	test('to the millisecond', () => {
		expect(verifyAt(stripe, now + fiveMinutes + 1)).toEqual(TOO_OLD);
		expect(verifyAt(stripe, now - fiveMinutes)).toEqual(VERIFIED);
	});

	test.each(['x-timestamp', 'x-some-timestamp'])(
		'a time in %s that is not signed proves nothing, and so may be old and is not named',
		(name) => {
			const headers = { ...bodyAlone.headers, [name]: '1000000000' };
			expect(verify({ ...bodyAlone, headers })).toEqual(verify(bodyAlone));
		},
	);

	test('an old signature does not stand in the way of a fresh one', () => {
		const headers = { ...stripe.headers, ...bodyAlone.headers };
		expect(verifyAt({ ...bodyAlone, headers }, now + 3_600_000)).toEqual(VERIFIED);
	});
});
