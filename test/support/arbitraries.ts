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

/** A request that was signed, and all that a person who saw it knows. */
export interface SignedRequestSample {
	headers: Record<string, string>;
	body: Buffer;
	secret: string;
	/** Milliseconds since 1970. */
	at: number;
	hash: string;
	signature: Buffer;
	/** What was signed in front of the body and behind it. */
	before: string;
	after: string;
	/** Whether the signature covers a time, which makes it too old in the end. */
	isTimed: boolean;
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

const timeTexts = [
	(at: number) => String(Math.floor(at / 1000)),
	(at: number) => String(at),
	(at: number) => new Date(at).toISOString(),
	(at: number) => new Date(at).toISOString().slice(0, -1),
	(at: number) => new Date(at).toUTCString(),
];

/** The ways to sign a time, as their vendors' documentation has them: what stands around the body. */
const timedWays: Array<(time: string) => { before: string; after: string; label?: string }> = [
	(time) => ({ before: `${time}.`, after: '' }),
	(time) => ({ before: time, after: '' }),
	(time) => ({ before: `${time}:`, after: '' }),
	(time) => ({ before: `${time},`, after: '' }),
	(time) => ({ before: '', after: time }),
	(time) => ({ before: '', after: `:${time}` }),
	(time) => ({ before: `v0:${time}:`, after: '' }),
	(time) => ({ before: `v0:${time}:`, after: '', label: 'v0' }),
	(time) => ({ before: `v2:${time}:`, after: '', label: 'v2' }),
	(time) => ({ before: `v1.${time}.`, after: '', label: 'v1' }),
];

function sign(hash: string, secret: string, before: string, body: Buffer, after: string): Buffer {
	return createHmac(hash, secret).update(before).update(body).update(after).digest();
}

/** Signed over the body alone. */
const plainRequest = (bodies: fc.Arbitrary<Buffer>) =>
	fc
		.record({
			body: bodies,
			secret: secretText,
			header: headerName,
			hash: fc.constantFrom('sha1', 'sha256', 'sha512'),
			encoding: fc.constantFrom(...Object.values(encodings)),
			write: fc.constantFrom(...writings),
		})
		// Of SHA-1 in base64 the padding is part.
		.map((chosen) => ({
			...chosen,
			encoding:
				chosen.hash === 'sha1' && chosen.encoding === encodings.base64url
					? encodings.base64
					: chosen.encoding,
		}))
		.map(({ body, secret, header, hash, encoding, write }): SignedRequestSample => {
			const signature = sign(hash, secret, '', body, '');
			const headers = { host: 'localhost', [header]: write(encoding(signature)) };
			const around = { before: '', after: '', isTimed: false };
			return { headers, body, secret, at: AT, hash, signature, ...around };
		});

/** Signed with a time, which stands beside the signature or in a header of its own. */
const timedRequest = (bodies: fc.Arbitrary<Buffer>) =>
	fc
		.record({
			body: bodies,
			secret: secretText,
			around: fc.constantFrom(...timedWays),
			writeTime: fc.constantFrom(...timeTexts),
			isBeside: fc.boolean(),
			timeHeader: fc.constantFrom('x-timestamp', 'x-signature-timestamp', 'date'),
			hash: fc.constantFrom('sha256', 'sha512'),
			encoding: fc.constantFrom(...Object.values(encodings)),
			skew: fc.integer({ min: -290_000, max: 290_000 }),
		})
		.map((chosen): SignedRequestSample => {
			const { body, secret, around, writeTime, isBeside, timeHeader, hash, encoding, skew } =
				chosen;
			const time = writeTime(AT + skew);
			const { before, after, label } = around(time);
			const signature = sign(hash, secret, before, body, after);
			const written = `${label === undefined ? '' : `${label}=`}${encoding(signature)}`;
			// A date of HTTP has a comma and spaces, and so always has a header of its own.
			const headers: Record<string, string> =
				isBeside && !time.includes(' ')
					? { 'x-signature': `t=${time},${written}` }
					: { 'x-signature': written, [timeHeader]: time };
			return { headers, body, secret, at: AT, hash, signature, before, after, isTimed: true };
		});

/** Standard Webhooks. */
const standardRequest = (bodies: fc.Arbitrary<Buffer>) =>
	fc
		.record({
			body: bodies,
			secret: secretText,
			id: fc.stringMatching(/^[\w:-]{1,40}$/),
			skew: fc.integer({ min: -290, max: 290 }),
		})
		.map(({ body, secret, id, skew }): SignedRequestSample => {
			const time = String(Math.floor(AT / 1000) + skew);
			const before = `${id}.${time}.`;
			const signature = sign('sha256', secret, before, body, '');
			const headers = {
				'webhook-id': id,
				'webhook-timestamp': time,
				'webhook-signature': `v1,${signature.toString('base64')}`,
			};
			const made = { hash: 'sha256', signature, before, after: '', isTimed: true };
			return { headers, body, secret, at: AT, ...made };
		});

/** A request with one of some bodies, signed in one of the accepted ways. */
export const signedRequest = (bodies: fc.Arbitrary<Buffer>): fc.Arbitrary<SignedRequestSample> =>
	fc
		.oneof(
			plainRequest(bodies),
			{ weight: 3, arbitrary: timedRequest(bodies) },
			standardRequest(bodies),
		)
		.filter(({ body }) => body.length > 0);

export const anySignedRequest = signedRequest(anyBody);

/** What somebody could put into a name, hoping that a signature of the whole counts for this part of it. */
const hostileText = fc.constantFrom(
	'.1770123600.{"type":"x"}',
	'1770123600{"type":"x"}',
	'v0:1770123600:{"type":"x"}',
	':1770123600:{"type":"x"}:1770123600',
	'msg_1.1770123600.{"type":"x","data":{}}',
	'{"type":"x"}1770123600',
	'"}{"type":"x"}',
	'\\"}.1770123600.{"type":"x"}',
);

/** An event with names, lists and inner objects that look like an event behind what is signed before one. */
export const hostileEvent: fc.Arbitrary<Buffer> = fc
	.record({
		first: hostileText,
		list: fc.array(hostileText, { maxLength: 3 }),
		inner: fc.dictionary(hostileText, fc.constant({ type: 'x', data: { object: {} } }), {
			maxKeys: 2,
		}),
		space: fc.constantFrom('', ' ', '\n'),
	})
	.map(({ first, list, inner, space }) => {
		const object = { first_name: first, notes: list, team: { type: 'team', ...inner } };
		const event = { id: 'evt_1', type: 'invitation.created', data: { object } };
		return Buffer.from(`${space}${JSON.stringify(event)}${space}`);
	});

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
