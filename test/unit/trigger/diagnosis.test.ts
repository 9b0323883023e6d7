import { diagnose } from '../../../nodes/Jofi/trigger/diagnosis';
import type { Reason } from '../../../nodes/Jofi/trigger/reasons';
import type { Verification } from '../../../nodes/Jofi/trigger/verification/credential';
import { delivery, fixedSource } from '../../support/delivery';
import { basicAuth, hmac } from '../../support/jofi';

const body = Buffer.from('{"webhook_verification_method":"basic_auth"}');
const byHmac = (...secrets: string[]): Verification => ({ method: 'hmac', secrets });
const byBasic: Verification = { method: 'basicAuth', username: 'u', password: 'p' };

const reasonOf = async (
	reason: Reason,
	request: { body?: Buffer; headers?: Record<string, string> },
	verification: Verification | undefined,
) => (await diagnose({ reason }, delivery(request), fixedSource(verification))).reason;

test.each([' s ', '"s"', '\n“s”'])(
	'finds what was pasted along with the secret: %j',
	async (secret) => {
		const request = { body, headers: hmac('s')(body) };
		const reason = await reasonOf('wrong_signature', request, byHmac('x', secret));
		expect(reason).toBe('secret_has_pasted_extras');
	},
);

test.each([
	['another secret', byHmac('x')],
	['Basic Auth', byBasic],
	['a deleted credential', undefined],
])('finds nothing pasted along with %s', async (_what, verification) => {
	const request = { body, headers: { ...hmac('s')(body), ...basicAuth('u', 'p')(body) } };
	expect(await reasonOf('wrong_signature', request, verification)).toBe('wrong_signature');
});

test('finds that the Authorization header was removed', async () => {
	expect(await reasonOf('no_signature', { body }, byBasic)).toBe('authorization_removed');
});

const huge = `${body.toString().slice(0, -1)},"a":"${'x'.repeat(1024 * 1024)}"}`;

test.each([
	['says HMAC', '{"webhook_verification_method":"hmac"}'],
	['says a number', '{"webhook_verification_method":1}'],
	['is no object', 'null'],
	['is no JSON', '{'],
	['is too large to parse unverified', huge],
	['could not be read', undefined],
])('finds nothing removed from a body that %s', async (_what, text) => {
	const request = { body: text === undefined ? undefined : Buffer.from(text) };
	expect(await reasonOf('no_signature', request, byBasic)).toBe('no_signature');
});

test('leaves other refusals alone', async () => {
	const request = { body, headers: hmac('s')(body) };
	expect(await reasonOf('timestamp_too_old', request, byHmac(' s '))).toBe('timestamp_too_old');
});
