/** How often a body is hashed, counted where it is: at node:crypto's createHmac. */
import * as crypto from 'node:crypto';
import { findCandidates } from '../../../../nodes/Jofi/trigger/verification/candidates';
import { verifyHmac } from '../../../../nodes/Jofi/trigger/verification/hmac';
import { SIGNING_SCHEMES } from '../../../../nodes/Jofi/trigger/verification/signingSchemes';
import { basicAuth, hmac, standardWebhooks, stripeStyle } from '../../../support/jofi';

jest.mock('node:crypto', () => {
	const actual: typeof crypto = jest.requireActual('node:crypto');
	return { ...actual, createHmac: jest.fn(actual.createHmac) };
});

const hashed = jest.mocked(crypto.createHmac);
const now = Date.now();
const body = Buffer.from('{"type":"invitation.created"}');
const MEGABYTE = 1024 * 1024;
const TEXTS = 2 * Object.keys(SIGNING_SCHEMES).length;

function hashesOf(headers: Record<string, string>, bytes = body, secrets = ['a secret']): number {
	const candidates = findCandidates(headers);
	hashed.mockClear();
	verifyHmac({ headers, body: bytes, receivedAt: now }, candidates, secrets);
	return hashed.mock.calls.length;
}

const hex = 'ab'.repeat(32);
const seconds = (index: number) => String(1_770_122_616 + index);
// Three hashes, each with a time of its own, beside an id and a time in a header of its own.
const worst: Record<string, string> = {
	'webhook-id': 'msg_1',
	'webhook-timestamp': seconds(0),
	'webhook-signature': `v1,${hex} v2,${'a'.repeat(40)} v3,${hex}${hex}`,
	...Object.fromEntries(
		Array.from({ length: 20 }, (_, index) => [
			`h${index}`,
			`t=${seconds(index)},v${index}=${hex},v2=${'a'.repeat(40)},v3=${hex}${hex}`,
		]),
	),
};

const proofs = { ...basicAuth('u', 'p')(body), ...hmac('a secret')(body), 'x-timestamp': '1' };

test.each([
	['signed over the body alone', hmac('a secret')(body)],
	['in the style of Stripe', stripeStyle('a secret', now)(body)],
	['in that of Standard Webhooks', standardWebhooks('a secret', now)(body)],
	['with other things beside the signature', proofs],
	['signed with another secret', hmac('x')(body)],
	['with many signatures', { a: `${hex},${'cd'.repeat(32)}`, b: hex, c: hex }],
])('a delivery %s is hashed once', (_what, headers) => {
	expect(hashesOf({ ...headers })).toBe(1);
});

describe('the worst request is hashed', () => {
	test('with 24 candidates at most', () => {
		const list = (count: number, last: string) => ({
			a: [...Array<string>(count - 1).fill(hex), last].join(),
		});
		const { 'x-jofi-signature': right = '' } = hmac('a secret')(body);
		const verdictWith = (headers: Record<string, string>) =>
			verifyHmac({ headers, body, receivedAt: now }, findCandidates(headers), ['a secret']);
		expect(verdictWith(list(24, right))).toHaveProperty('verifiedBy');
		expect(verdictWith(list(25, right))).toEqual({ reason: 'wrong_signature' });
	});

	test('twice for each scheme', () => {
		expect(hashesOf(worst)).toBe(TEXTS);
	});

	test('as often for each key', () => {
		expect(hashesOf(worst, body, ['one', 'two'])).toBe(2 * TEXTS);
		expect(hashesOf(worst, body, [hex])).toBe(2 * TEXTS);
		expect(hashesOf(worst, body, [' pasted along '])).toBe(2 * TEXTS);
		expect(hashesOf(worst, body, [`"${hex}"`])).toBe(3 * TEXTS);
	});

	test.each([
		[0.5, TEXTS],
		[4, 4],
		[8, 2],
		[8.1, 1],
		[16, 1],
		[20, 1],
	])('with %s MB, %s times', (megabytes, times) => {
		expect(hashesOf(worst, Buffer.alloc(megabytes * MEGABYTE))).toBe(times);
	});
});

test.each([
	['the body alone', hmac('a secret')],
	["Stripe's style", stripeStyle('a secret', now)],
	['Standard Webhooks', standardWebhooks('a secret', now)],
])('the largest body is taken with %s', (_what, signing) => {
	const largest = Buffer.alloc(16 * MEGABYTE, ' ');
	const headers = signing(largest);
	const request = { headers, body: largest, receivedAt: now };
	const verdict = verifyHmac(request, findCandidates(headers), ['a secret']);
	expect(verdict).toHaveProperty('verifiedBy');
});
