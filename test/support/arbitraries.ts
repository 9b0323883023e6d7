/** Random input for property-based tests and fuzzing. Signs with node:crypto, not with the package. */
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { EVENT_TYPES } from './jofi';

const AT = Date.parse('2026-02-03T13:00:00Z');

/** Any JSON value, with keys that trip up careless code. */
export const anyJson = fc.jsonValue({ maxDepth: 4 });

const awkwardKey = fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', 'length', '');
const anyKey = fc.oneof(fc.string({ maxLength: 12 }), awkwardKey);

/** JSON text of an object whose keys are drawn from JOFI's names, awkward names and anything. */
const anyObjectText = (names: string[]) =>
	fc
		.array(fc.tuple(fc.oneof(fc.constantFrom(...names), anyKey), anyFieldText), { maxLength: 12 })
		.map((fields) => `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`);

const awkwardText = fc.constantFrom(
	'{"toString":1,"valueOf":2}',
	'{"__proto__":null}',
	'"=1+1"',
	'"مرحبا 🎉 \\"quoted\\""',
	'"2026-02-03T12:43:36.744Z"',
	'"2026-02-03T12:41:35.034681+00:00"',
	'1e400',
	'12345678901234567890',
);

const anyFieldText: fc.Arbitrary<string> = fc.oneof(
	anyJson.map((value) => JSON.stringify(value)),
	awkwardText,
);

const assignmentText = fc
	.record({
		name: anyFieldText,
		completed: anyFieldText,
		started: anyFieldText,
		counts: anyFieldText,
	})
	.map(
		({ name, completed, started, counts }) =>
			`{"assessment":{"display_name":${name},"short_name":${name}},"completed_at":${completed},"started_at":${started},"is_used_for_scoring":${counts}}`,
	);

const OBJECT_FIELDS = [
	'object',
	'id',
	'first_name',
	'last_name',
	'email',
	'team',
	'account',
	'invited_by_user',
	'invitation_id',
	'test_taker_id',
	'custom_id',
	'created_at',
	'accepted_at',
	'assigned_assessments',
];

const dataObjectText = fc.oneof(
	anyObjectText(OBJECT_FIELDS),
	fc
		.tuple(fc.array(assignmentText, { maxLength: 4 }), anyFieldText)
		.map(
			([list, id]) => `{"object":"test_taker","id":${id},"assigned_assessments":[${list.join()}]}`,
		),
	anyFieldText,
);

/** JSON text that looks like an event from afar. */
export const anyEventText = fc
	.record({
		id: fc.oneof(
			fc.string({ maxLength: 12 }).map((id) => JSON.stringify(id)),
			anyFieldText,
		),
		type: fc.oneof(
			fc.constantFrom(...EVENT_TYPES.map((type) => JSON.stringify(type))),
			anyFieldText,
		),
		created: anyFieldText,
		object: dataObjectText,
	})
	.map(
		({ id, type, created, object }) =>
			`{"object":"event","id":${id},"type":${type},"created_at":${created},"data":{"object":${object}}}`,
	);

/** Any body: events, other JSON, text and bytes. */
export const anyBody = fc.oneof(
	anyEventText.map((text) => Buffer.from(text)),
	anyJson.map((value) => Buffer.from(JSON.stringify(value))),
	fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

export interface SignedRequestSample {
	headers: Record<string, string>;
	body: Buffer;
	secret: string;
	/** Milliseconds since 1970. */
	at: number;
	signature: Buffer;
	signedPrefix: string;
}

const encodings = {
	hex: (digest: Buffer) => digest.toString('hex'),
	HEX: (digest: Buffer) => digest.toString('hex').toUpperCase(),
	base64: (digest: Buffer) => digest.toString('base64'),
	base64url: (digest: Buffer) => digest.toString('base64url'),
};

const writings: Array<(signature: string) => string> = [
	(signature) => signature,
	(signature) => `sha256=${signature}`,
	(signature) => `SHA512=${signature}`,
	(signature) => `v1=${signature}`,
	(signature) => `sha256 ${signature}`,
	(signature) => `HMAC ${signature}`,
	(signature) => `old=${'0'.repeat(64)}, new=${signature}`,
];

const secretText = fc
	.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' })
	.filter((secret) => secret.trim() !== '');
const headerName = fc.constantFrom('x-jofi-signature', 'authorization', 'signature', 'x-hub', 'z');

const plainRequest = fc
	.record({
		body: anyBody,
		secret: secretText,
		header: headerName,
		hash: fc.constantFrom('sha256', 'sha512'),
		encoding: fc.constantFrom(...Object.values(encodings)),
		write: fc.constantFrom(...writings),
	})
	.map(({ body, secret, header, hash, encoding, write }): SignedRequestSample => {
		const signature = createHmac(hash, secret).update(body).digest();
		const headers = { host: 'localhost', [header]: write(encoding(signature)) };
		return { headers, body, secret, at: AT, signature, signedPrefix: '' };
	});

const timedRequest = fc
	.record({
		body: anyBody,
		secret: secretText,
		isStripe: fc.boolean(),
		skew: fc.integer({ min: -290, max: 290 }),
	})
	.map(({ body, secret, isStripe, skew }): SignedRequestSample => {
		const seconds = Math.floor(AT / 1000) + skew;
		const signedPrefix = isStripe ? `${seconds}.` : `msg_7.${seconds}.`;
		const signature = createHmac('sha256', secret).update(signedPrefix).update(body).digest();
		const headers: Record<string, string> = isStripe
			? { 'stripe-signature': `t=${seconds},v1=${signature.toString('hex')}` }
			: {
					'webhook-id': 'msg_7',
					'webhook-timestamp': String(seconds),
					'webhook-signature': `v1,${signature.toString('base64')}`,
				};
		return { headers, body, secret, at: AT, signature, signedPrefix };
	});

/** A request with a body, signed in one of the accepted ways. */
export const anySignedRequest: fc.Arbitrary<SignedRequestSample> = fc
	.oneof(plainRequest, timedRequest)
	.filter(({ body }) => body.length > 0);

/** Headers that hold no valid signature: noise, values that look like signatures, Basic Auth. */
export const anyHeaders: fc.Arbitrary<Record<string, string | string[]>> = fc.dictionary(
	fc.oneof(
		headerName,
		fc.constantFrom('webhook-signature', 'webhook-id', 'webhook-timestamp', 'stripe-signature'),
		fc.stringMatching(/^[a-z][a-z-]{0,20}$/),
	),
	fc.oneof(
		fc.string({ maxLength: 120 }),
		fc.stringMatching(/^[0-9a-f]{64}$/),
		fc
			.uint8Array({ minLength: 32, maxLength: 32 })
			.map((bytes) => `v1,${Buffer.from(bytes).toString('base64')}`),
		fc.nat().map((n) => `t=${n},v1=${'ab'.repeat(32)}`),
		fc.nat({ max: 2_000_000_000 }).map(String),
		fc.base64String({ maxLength: 60 }).map((text) => `Basic ${text}`),
		fc.array(fc.string({ maxLength: 60 }), { maxLength: 3 }),
	),
	{ maxKeys: 8 },
);
