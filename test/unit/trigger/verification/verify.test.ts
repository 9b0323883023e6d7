import type { SignedRequest } from '../../../../nodes/Jofi/trigger/delivery';
import type { Verification } from '../../../../nodes/Jofi/trigger/verification/credential';
import { verify } from '../../../../nodes/Jofi/trigger/verification/verify';
import { fixedSource, verifyRequest } from '../../../support/delivery';
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
	])('%s: the credential is asked for only then', async (_what, headers, isPossible) => {
		const source = fixedSource({ method: 'hmac', secrets: ['another'] });
		const current = jest.spyOn(source, 'current');
		await verify(request(headers), source);
		expect(current).toHaveBeenCalledTimes(isPossible ? 1 : 0);
	});
});

describe('why a delivery is refused', () => {
	const pinned = { method: 'hmac', secrets: ['s'], header: 'x-pinned' } as const;
	const stale = stripeStyle('s', receivedAt - 301_000)(body);

	test.each([
		['nothing sent', request({}), byHmac, 'no_signature'],
		['SHA-384', request({ 'x-signature': 'a'.repeat(96) }), byHmac, 'unknown_signature'],
		['another secret', request(hmac('x')(body)), byHmac, 'wrong_signature'],
		['old timestamp', request(stale), byHmac, 'timestamp_too_old'],
		['Basic for HMAC', request(basicAuth('u', 'p')(body)), byHmac, 'basic_auth_sent_but_hmac_set'],
		['HMAC for Basic', request(hmac('s')(body)), byBasic, 'hmac_sent_but_basic_auth_set'],
		[
			'20 bytes of Basic for HMAC',
			request(basicAuth('username', 'a password!')(body)),
			byHmac,
			'basic_auth_sent_but_hmac_set',
		],
		['wrong password', request(basicAuth('u', 'x')(body)), byBasic, 'wrong_username_or_password'],
		['other header', request(hmac('s')(body)), pinned, 'signature_header_missing'],
		['no body', { ...request(hmac('s')(body)), body: undefined }, byHmac, 'body_unreadable'],
	])('%s', async (_what, sent, verification, refusal) => {
		expect(await verifyRequest(sent, verification)).toBe(refusal);
	});
});

test.each([
	['of a wrong signature', hmac('x')(body), 'x-jofi-signature carries 64 hexadecimal digits'],
	['in no known scheme', { 'x-signature': 'a'.repeat(96) }, 'x-signature carries 96 hexadecimal'],
])('a refusal %s reports the header', async (_what, headers, report) => {
	expect(await verify(request(headers), fixedSource(byHmac))).toMatchObject({
		detail: expect.stringContaining(report),
	});
});

describe('a credential that was changed', () => {
	const changing = (later: Verification | undefined) => ({
		current: jest.fn(() => Promise.resolve<Verification>(byHmac)),
		recent: jest.fn(() => Promise.resolve(later)),
	});
	const changed: Verification = { method: 'hmac', secrets: ['changed'] };

	test.each<[string, Record<string, string>, Verification | undefined, object]>([
		[
			'the new secret works at once',
			hmac('changed')(body),
			changed,
			{ verifiedBy: 'HMAC-SHA256 in x-jofi-signature over the body', method: 'hmac' },
		],
		[
			'and so does the other method',
			basicAuth('u', 'p')(body),
			byBasic,
			{ verifiedBy: 'Basic Auth in authorization', method: 'basicAuth' },
		],
		[
			'a third secret is refused',
			hmac('x')(body),
			changed,
			{ reason: 'wrong_signature', detail: expect.any(String) },
		],
		['a deleted one', hmac('x')(body), undefined, { reason: 'credential_not_usable' }],
	])('%s', async (_what, headers, later, verdict) => {
		expect(await verify(request(headers), changing(later))).toEqual(verdict);
	});

	test('is not read again for an authentic delivery', async () => {
		const source = changing(changed);
		await verify(request(hmac('s')(body)), source);
		expect(source.recent).not.toHaveBeenCalled();
	});
});

const pinnedHeaders = hmac('s', { header: 'x-pinned' })(body);
const proofs = { ...basicAuth('u', 'p')(body), a: 'ab'.repeat(32), ...hmac('s')(body) };

test.each<[string, SignedRequest, Verification]>([
	['a signature in the named header', request(pinnedHeaders), { ...byHmac, header: 'x-pinned' }],
	['a right signature beside wrong ones and Basic Auth', request(proofs), byHmac],
	[
		'Basic Auth without a body',
		{ ...request(basicAuth('u', 'p')(body)), body: undefined },
		byBasic,
	],
])('%s is authentic', async (_what, sent, verification) => {
	expect(await verifyRequest(sent, verification)).toBeUndefined();
});

test.each(['whsec_', 'whsec_!!!!', 'whsec_ä', 'whsec_A'])(
	'a secret %s that is no base64 never stands for an empty key',
	async (secret) => {
		const headers = { 'webhook-id': 'm', 'webhook-timestamp': String(receivedAt / 1000) };
		// printf 'm.1770123600.{"type":"invitation.created"}' | openssl dgst -sha256 -hmac '' -hex
		const forged = '4a56b76fddbf18e0f7328a89dc7657ebe0791a0f4f39f71f51f603a5652acfd3';
		const sent = request({ ...headers, 'webhook-signature': `v1,${forged}` });
		expect(await verifyRequest(sent, { method: 'hmac', secrets: [secret] })).toBe(
			'wrong_signature',
		);
	},
);
