import { findEvidence } from '../../../../nodes/Jofi/trigger/verification/verify';
import { verifyRequest as verify } from '../../../support/delivery';
import { basicAuth, hmac, stripeStyle } from '../../../support/jofi';

const body = Buffer.from('{"type":"invitation.created"}');
const receivedAt = Date.parse('2026-02-03T13:00:00Z');
const byHmac = { method: 'hmac', secrets: ['s'] } as const;
const byBasic = { method: 'basicAuth', username: 'u', password: 'p' } as const;

const request = (headers: Record<string, string>) => ({ headers, body, receivedAt });

describe('a request that could be authentic', () => {
	test.each([
		['signed', hmac('s')(body), true],
		['with Basic Auth', basicAuth('u', 'p')(body), true],
		['with nothing', { host: 'localhost', 'user-agent': 'curl' }, false],
		['with a bearer token', { authorization: 'Bearer abc' }, false],
		['with Basic and no colon', { authorization: 'Basic QQ==' }, false],
	])('%s', (_what, headers, isPossible) => {
		expect(findEvidence(headers) !== undefined).toBe(isPossible);
	});
});

describe('why a delivery is refused', () => {
	const spaced = { method: 'hmac', secrets: [' "s" '] } as const;
	const pinned = { method: 'hmac', secrets: ['s'], header: 'x-pinned' } as const;
	const stale = stripeStyle('s', receivedAt - 301_000)(body);

	test.each([
		['nothing sent, HMAC', request({}), byHmac, 'no_signature'],
		['nothing sent, Basic Auth', request({}), byBasic, 'no_signature'],
		['another secret', request(hmac('x')(body)), byHmac, 'wrong_signature'],
		['secret with extras', request(hmac('s')(body)), spaced, 'secret_has_pasted_extras'],
		['old timestamp', request(stale), byHmac, 'timestamp_too_old'],
		['Basic for HMAC', request(basicAuth('u', 'p')(body)), byHmac, 'basic_auth_sent_but_hmac_set'],
		['HMAC for Basic', request(hmac('s')(body)), byBasic, 'hmac_sent_but_basic_auth_set'],
		['wrong password', request(basicAuth('u', 'x')(body)), byBasic, 'wrong_username_or_password'],
		['wrong username', request(basicAuth('x', 'p')(body)), byBasic, 'wrong_username_or_password'],
		['other header', request(hmac('s')(body)), pinned, 'signature_header_missing'],
		['no body', { ...request(hmac('s')(body)), body: undefined }, byHmac, 'body_unreadable'],
	])('%s', (_what, sent, verification, refusal) => {
		expect(verify(sent, verification)).toBe(refusal);
	});
});

describe('what is authentic', () => {
	test('a signature in the named header', () => {
		const sent = request(hmac('s', { header: 'x-pinned' })(body));
		expect(verify(sent, { method: 'hmac', secrets: ['s'], header: 'x-pinned' })).toBeUndefined();
	});

	test('a right signature beside wrong ones and Basic Auth', () => {
		const headers = { ...basicAuth('u', 'p')(body), a: 'ab'.repeat(32), ...hmac('s')(body) };
		expect(verify(request(headers), byHmac)).toBeUndefined();
	});

	test('Basic Auth needs no body', () => {
		const sent = { headers: basicAuth('u', 'p')(body), body: undefined, receivedAt };
		expect(verify(sent, byBasic)).toBeUndefined();
	});
});

test.each(['whsec_', 'whsec_!!!!', 'whsec_ä', 'whsec_A'])(
	'a secret %s that is no base64 never stands for an empty key',
	(secret) => {
		const headers = { 'webhook-id': 'm', 'webhook-timestamp': String(receivedAt / 1000) };
		// printf 'm.1770123600.{"type":"invitation.created"}' | openssl dgst -sha256 -hmac '' -hex
		const forged = '4a56b76fddbf18e0f7328a89dc7657ebe0791a0f4f39f71f51f603a5652acfd3';
		const sent = request({ ...headers, 'webhook-signature': `v1,${forged}` });
		expect(verify(sent, { method: 'hmac', secrets: [secret] })).toBe('wrong_signature');
	},
);
