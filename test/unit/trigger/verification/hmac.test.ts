import fc from 'fast-check';
import {
	findCandidates,
	type Headers,
} from '../../../../nodes/Jofi/trigger/verification/candidates';
import { verifyHmac } from '../../../../nodes/Jofi/trigger/verification/hmac';
import { verifyRequest as verify } from '../../../support/delivery';
import { anySignedRequest } from '../../../support/arbitraries';
import known from '../../../fixtures/hmac/vectors.json';

const now = known.now * 1000;

/** The vectors leave out headers that the others have; JSON's type says undefined there. */
const headersOf = (vector: (typeof known.vectors)[number]): Headers => ({ ...vector.headers });

describe('known answers from Python and openssl', () => {
	test.each(known.vectors)('accepts $name', async (vector) => {
		const request = { headers: headersOf(vector), body: Buffer.from(vector.body), receivedAt: now };
		expect(await verify(request, { method: 'hmac', secrets: [vector.secret] })).toBeUndefined();
	});

	test.each(known.vectors)('refuses $name with another secret', async (vector) => {
		const request = { headers: headersOf(vector), body: Buffer.from(vector.body), receivedAt: now };
		const refusal = await verify(request, { method: 'hmac', secrets: [`${vector.secret}x`] });
		expect(refusal).toBe('wrong_signature');
	});

	test.each(known.vectors)('refuses $name over another body', async (vector) => {
		const request = {
			headers: headersOf(vector),
			body: Buffer.from(`${vector.body} `),
			receivedAt: now,
		};
		const refusal = await verify(request, { method: 'hmac', secrets: [vector.secret] });
		expect(refusal).toBe('wrong_signature');
	});

	test.each(known.vectors)('accepts $name by the previous secret', async (vector) => {
		const request = { headers: headersOf(vector), body: Buffer.from(vector.body), receivedAt: now };
		const secrets = ['the new one', vector.secret];
		expect(await verify(request, { method: 'hmac', secrets })).toBeUndefined();
	});
});

describe('signatures with a timestamp', () => {
	const timed = known.vectors.filter(({ name }) => /^(Stripe|Standard)/.test(name));
	const fiveMinutes = 5 * 60 * 1000;

	const verdictAt = (vector: (typeof timed)[number], at: number) =>
		verifyHmac(Buffer.from(vector.body), findCandidates(headersOf(vector)), [vector.secret], at);

	test.each(timed)('$name: at most five minutes old', (vector) => {
		expect(verdictAt(vector, now + fiveMinutes)).toBe('authentic');
		expect(verdictAt(vector, now + fiveMinutes + 1)).toBe('timestamp_too_old');
	});

	test.each(timed)('$name: at most five minutes ahead', (vector) => {
		expect(verdictAt(vector, now - fiveMinutes)).toBe('authentic');
		expect(verdictAt(vector, now - fiveMinutes - 1)).toBe('timestamp_too_old');
	});

	test('the timestamp is signed: another one is refused', () => {
		const stripe = timed.find(({ name }) => name === "Stripe's style");
		const value = String(stripe?.headers['stripe-signature']).replace(
			/t=\d+/,
			`t=${known.now + 1}`,
		);
		const candidates = findCandidates({ 'stripe-signature': value });
		const body = Buffer.from(stripe?.body ?? '');
		expect(verifyHmac(body, candidates, [stripe?.secret ?? ''], now)).toBe('wrong_signature');
	});
});

describe('properties', () => {
	test('any event signed any accepted way is accepted', async () => {
		await fc.assert(
			fc.asyncProperty(anySignedRequest, async ({ headers, body, secret, at }) => {
				const verification = { method: 'hmac', secrets: [secret] } as const;
				expect(await verify({ headers, body, receivedAt: at }, verification)).toBeUndefined();
			}),
			{ numRuns: 1000 },
		);
	});

	test('one flipped bit in the body is refused', async () => {
		await fc.assert(
			fc.asyncProperty(anySignedRequest, fc.nat(), async ({ headers, body, secret, at }, bit) => {
				const verification = { method: 'hmac', secrets: [secret] } as const;
				const request = { headers, body: flipBit(body, bit), receivedAt: at };
				expect(await verify(request, verification)).toBe('wrong_signature');
			}),
			{ numRuns: 500 },
		);
	});

	test('one flipped bit in the secret is refused', async () => {
		await fc.assert(
			fc.asyncProperty(anySignedRequest, fc.nat(), async ({ headers, body, secret, at }, bit) => {
				const position = bit % secret.length;
				const changed =
					secret.slice(0, position) +
					String.fromCharCode(secret.charCodeAt(position) ^ 1) +
					secret.slice(position + 1);
				const verification = { method: 'hmac', secrets: [changed] } as const;
				expect(await verify({ headers, body, receivedAt: at }, verification)).toBe(
					'wrong_signature',
				);
			}),
			{ numRuns: 500 },
		);
	});

	test('one flipped bit in the signature is refused', () => {
		fc.assert(
			fc.property(
				anySignedRequest,
				fc.nat(),
				({ signedPrefix, signature, body, secret, at }, bit) => {
					const changed = flipBit(signature, bit);
					const candidate = { digest: changed, signedPrefix, isStandardWebhooks: true };
					expect(verifyHmac(body, [candidate], [secret], at)).toBe('wrong_signature');
				},
			),
			{ numRuns: 500 },
		);
	});
});

function flipBit(bytes: Buffer, bit: number): Buffer {
	const changed = Buffer.from(bytes);
	const position = Math.floor(bit / 8) % changed.length;
	changed[position] = (changed[position] ?? 0) ^ (1 << bit % 8);
	return changed;
}

test('the bytes in a whsec_ secret are the key of Standard Webhooks only', async () => {
	const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
	// printf '{}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$(echo MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | base64 -d | od -An -tx1 | tr -d ' \\n')
	const signature = '0975dbf64619b2320969cf81869d63ef060a0a952cfe498ae7ad2c70a828d1e8';
	const request = {
		headers: { 'x-signature': signature },
		body: Buffer.from('{}'),
		receivedAt: now,
	};
	expect(await verify(request, { method: 'hmac', secrets: [secret] })).toBe('wrong_signature');
});
