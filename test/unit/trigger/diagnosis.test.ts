import { diagnose } from '../../../nodes/Jofi/trigger/diagnosis';

const body = Buffer.from('{"webhook_verification_method":"basic_auth"}');

test('finds that the Authorization header was removed', () => {
	expect(diagnose({ reason: 'no_signature' }, body)).toEqual({ reason: 'authorization_removed' });
});

const huge = `${body.toString().slice(0, -1)},"a":"${'x'.repeat(1024 * 1024)}"}`;

test.each([
	['says HMAC', '{"webhook_verification_method":"hmac"}'],
	['says a number', '{"webhook_verification_method":1}'],
	['is no object', 'null'],
	['is no JSON', '{'],
	['is too large to parse unverified', huge],
	['could not be read', undefined],
])('finds nothing removed from a body that %s', (_what, text) => {
	const outcome = { reason: 'no_signature' } as const;
	expect(diagnose(outcome, text === undefined ? undefined : Buffer.from(text))).toBe(outcome);
});

test('leaves other refusals alone', () => {
	const outcome = { reason: 'timestamp_too_old' } as const;
	expect(diagnose(outcome, body)).toBe(outcome);
});
