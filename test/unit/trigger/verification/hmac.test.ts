import {
	findCandidates,
	type Headers,
} from '../../../../nodes/Jofi/trigger/verification/candidates';
import { verifyHmac } from '../../../../nodes/Jofi/trigger/verification/hmac';
import schemes from '../../../fixtures/hmac/schemes.json';
import signed from '../../../fixtures/hmac/signed.json';
import known from '../../../fixtures/hmac/vectors.json';

const now = known.now * 1000;
const WRONG = { reason: 'wrong_signature' };
const TOO_OLD = { reason: 'timestamp_too_old' };

const verify = (headers: Headers, body: Buffer, secrets: string[], at = now) =>
	verifyHmac({ headers, body, receivedAt: at }, findCandidates(headers), secrets);

/** The vectors leave out headers that the others have; JSON's type says undefined there. */
const vectorNamed = (wanted: string) => {
	const vector = known.vectors.find(({ name }) => name === wanted);
	if (!vector) throw new Error(`No vector ${wanted}`);
	return vector;
};
const headersOf = (vector: (typeof known.vectors)[number]): Headers => ({ ...vector.headers });

describe('known answers from Python and openssl', () => {
	test.each(known.vectors)('$name', (vector) => {
		const { body, secret } = vector;
		const headers = headersOf(vector);
		expect(verify(headers, Buffer.from(body), [secret])).toHaveProperty('verifiedBy');
		expect(verify(headers, Buffer.from(body), ['new', secret])).toHaveProperty('verifiedBy');
		expect(verify(headers, Buffer.from(body), [`${secret}x`])).toEqual(WRONG);
		expect(verify(headers, Buffer.from(`${body} `), [secret])).toEqual(WRONG);
	});
});

describe('the schemes of test/fixtures/hmac/schemes.json, signed by Python', () => {
	const body = Buffer.from(signed.body, 'base64');
	const lowerCased = (headers: Record<string, string | undefined>) =>
		Object.fromEntries(
			Object.entries({ ...signed.usual, ...headers }).map(([name, value]) => [
				name.toLowerCase(),
				value,
			]),
		);
	const isAccepted = (delivery: (typeof signed.deliveries)[number], secret = delivery.secret) =>
		'verifiedBy' in verify(lowerCased(delivery.headers), body, [secret], signed.now * 1000);

	test('all are accepted but those that are left out for a reason', () => {
		const refused = signed.deliveries.filter((delivery) => !isAccepted(delivery));
		const leftOut = schemes.filter((scheme) => 'leftOut' in scheme);
		expect(refused.map(({ provider }) => provider)).toEqual(
			leftOut.map(({ provider }) => provider),
		);
		expect(signed.deliveries.length).toBeGreaterThan(130);
	});

	test('none by another secret', () => {
		expect(signed.deliveries.filter((delivery) => isAccepted(delivery, 'another'))).toEqual([]);
	});
});

describe('the scheme in words', () => {
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
			'{b}:{t}, seconds in a header of its own',
			'HMAC-SHA256 in x-signature over <body>:<time>, with the time in x-timestamp',
		],
	])('%s', (name, verifiedBy) => {
		const vector = vectorNamed(name);
		const verdict = verify(headersOf(vector), Buffer.from(vector.body), [vector.secret]);
		expect(verdict).toEqual({ verifiedBy });
	});

	test.each(['x-timestamp', 'x-some-timestamp'])(
		'a time in %s is not named unless signed',
		(name) => {
			const plain = vectorNamed('sha256, hex, bare');
			const headers = { ...headersOf(plain), [name]: String(known.now) };
			const verdict = verify(headers, Buffer.from(plain.body), [plain.secret]);
			expect(verdict).toEqual({ verifiedBy: 'HMAC-SHA256 in x-some-signature over the body' });
		},
	);
});

describe('signatures with a time', () => {
	const timed = known.vectors.filter(({ name }) => /^(Stripe|Standard)|in a header/.test(name));
	const fiveMinutes = 5 * 60 * 1000;
	const verdictAt = (vector: (typeof timed)[number], at: number) =>
		verify(headersOf(vector), Buffer.from(vector.body), [vector.secret], at);

	test.each(timed)('$name: at most five minutes old or ahead', (vector) => {
		// Some write the time with milliseconds, which this rounds away.
		expect(verdictAt(vector, now + fiveMinutes)).toHaveProperty('verifiedBy');
		expect(verdictAt(vector, now + fiveMinutes + 1000)).toEqual(TOO_OLD);
		expect(verdictAt(vector, now - fiveMinutes + 1000)).toHaveProperty('verifiedBy');
		expect(verdictAt(vector, now - fiveMinutes - 1)).toEqual(TOO_OLD);
	});

	test('to the millisecond', () => {
		const stripe = vectorNamed("Stripe's style");
		expect(verdictAt(stripe, now + fiveMinutes)).toHaveProperty('verifiedBy');
		expect(verdictAt(stripe, now + fiveMinutes + 1)).toEqual(TOO_OLD);
		expect(verdictAt(stripe, now - fiveMinutes)).toHaveProperty('verifiedBy');
		expect(verdictAt(stripe, now - fiveMinutes - 1)).toEqual(TOO_OLD);
	});

	test.each(['x-timestamp', 'x-some-timestamp'])(
		'a time in %s that is not signed proves nothing, and so may be old',
		(name) => {
			const plain = vectorNamed('sha256, hex, bare');
			const headers = { ...headersOf(plain), [name]: '1000000000' };
			const verdict = verify(headers, Buffer.from(plain.body), [plain.secret]);
			expect(verdict).toHaveProperty('verifiedBy');
		},
	);

	test('an old signature does not stand in the way of a fresh one', () => {
		const fresh = vectorNamed('sha256, hex, bare');
		const headers = { ...headersOf(vectorNamed("Stripe's style")), ...headersOf(fresh) };
		const verdict = verify(headers, Buffer.from(fresh.body), [fresh.secret], now + 3_600_000);
		expect(verdict).toHaveProperty('verifiedBy');
	});
});
