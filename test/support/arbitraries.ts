/** Random input for property-based tests and fuzzing. Signs with node:crypto, not with the package. */
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { SIGNING_SCHEMES } from '../../nodes/Jofi/trigger/verification/signingSchemes';
import { EVENT_TYPES } from './jofi';

const AT = Date.parse('2026-02-03T13:00:00Z');

/** Any JSON value, with keys that trip up careless code. */
export const anyJson = fc.jsonValue({ maxDepth: 4 });

const asJson = (value: unknown) => JSON.stringify(value);
const anyText = fc.string({ maxLength: 12 });
const awkwardKey = fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', 'length', '');

/** JSON text, of values too that no JavaScript value becomes. */
const valueText: fc.Arbitrary<string> = fc.oneof(
	anyJson.map(asJson),
	fc.constantFrom(
		'{"toString":1,"valueOf":2}',
		'{"__proto__":null}',
		'"=1+1"',
		'"مرحبا 🎉 \\"quoted\\""',
		'"2026-02-03T12:43:36.744Z"',
		'"2026-02-03T12:41:35.034681+00:00"',
		'1e400',
		'12345678901234567890',
	),
);

/** JSON text of an object with fields of these and of awkward names. */
const objectText = (names: string[]) =>
	fc
		.array(fc.tuple(fc.oneof(fc.constantFrom(...names), anyText, awkwardKey), valueText), {
			maxLength: 12,
		})
		.map(joinFields);

const joinFields = (fields: Array<[string, string]>) =>
	`{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`;

const assignmentText = fc
	.tuple(valueText, valueText, valueText, valueText)
	.map(([name, completed, started, counts]) =>
		joinFields([
			['assessment', `{"display_name":${name},"short_name":${name}}`],
			['completed_at', completed],
			['started_at', started],
			['is_used_for_scoring', counts],
		]),
	);

const OBJECT_FIELDS =
	'object id first_name last_name email team account invited_by_user invitation_id test_taker_id custom_id created_at accepted_at assigned_assessments';

const dataObjectText = fc.oneof(
	objectText(OBJECT_FIELDS.split(' ')),
	fc.tuple(fc.array(assignmentText, { maxLength: 4 }), valueText).map(([assignments, id]) =>
		joinFields([
			['object', '"test_taker"'],
			['id', id],
			['assigned_assessments', `[${assignments.join()}]`],
		]),
	),
	valueText,
);

/** JSON text that looks like an event from afar. */
export const anyEventText = fc
	.tuple(
		fc.oneof(anyText.map(asJson), valueText),
		fc.oneof(fc.constantFrom(...EVENT_TYPES).map(asJson), valueText),
		valueText,
		dataObjectText,
	)
	.map(([id, type, created, object]) =>
		joinFields([
			['object', '"event"'],
			['id', id],
			['type', type],
			['created_at', created],
			['data', `{"object":${object}}`],
		]),
	);

/** Any body: events, other JSON, text and bytes. */
export const anyBody = fc.oneof(
	anyEventText.map((text) => Buffer.from(text)),
	anyJson.map((value) => Buffer.from(asJson(value))),
	fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

/** How a request is signed. */
interface SigningStyle {
	hash: string;
	/** What is signed in front of the body and behind it. */
	before: string;
	after: string;
	/** Whether the signature covers a time, which makes it too old in the end. */
	isTimed: boolean;
	headersWith: (signature: Buffer) => Record<string, string>;
}

const encodings = {
	hex: (digest: Buffer) => digest.toString('hex'),
	HEX: (digest: Buffer) => digest.toString('hex').toUpperCase(),
	base64: (digest: Buffer) => digest.toString('base64'),
	base64url: (digest: Buffer) => digest.toString('base64url'),
};
const anyEncoding = fc.constantFrom(...Object.values(encodings));

const headerName = fc.constantFrom('x-jofi-signature', 'authorization', 'signature', 'x-hub', 'z');

const overTheBody: fc.Arbitrary<SigningStyle> = fc
	.record({
		header: headerName,
		hash: fc.constantFrom('sha1', 'sha256', 'sha512'),
		encode: anyEncoding,
		write: fc.constantFrom<Array<(signature: string) => string>>(
			(signature) => signature,
			(signature) => `sha256=${signature}`,
			(signature) => `SHA512=${signature}`,
			(signature) => `v1=${signature}`,
			(signature) => `sha256 ${signature}`,
			(signature) => `HMAC ${signature}`,
			(signature) => `old=${'0'.repeat(64)}, new=${signature}`,
		),
	})
	// SHA-1 in base64 is only read with its padding.
	.filter(({ hash, encode }) => hash !== 'sha1' || encode !== encodings.base64url)
	.map(({ header, hash, encode, write }) => ({
		hash,
		before: '',
		after: '',
		isTimed: false,
		headersWith: (signature) => ({ host: 'localhost', [header]: write(encode(signature)) }),
	}));

/** How the signature of a scheme is labelled. What is signed as a version where there is no label is v0. */
const anyLabel = fc.constantFrom('', 'sig=', 'v0=', 'v1=', 'v2=');
const versionOf = (label: string) => /^v\d/.exec(label)?.[0];

/** The text that a scheme signs before and after the body. The known answers show that each is right. */
function around(scheme: string, parts: Record<string, string | undefined>): [string, string] {
	const filled = scheme.replace(/<(\w+)>/g, (all, part: string) => parts[part] ?? all);
	const [before = '', after = ''] = filled.split('<body>');
	return [before, after];
}

const TIMED_SCHEMES = Object.values(SIGNING_SCHEMES).filter(
	(scheme) => scheme.includes('<time>') && !scheme.includes('<id>'),
);

const overATime: fc.Arbitrary<SigningStyle> = fc
	.record({
		scheme: fc.constantFrom(...TIMED_SCHEMES),
		label: anyLabel,
		write: fc.constantFrom<Array<(at: number) => string>>(
			(at) => String(Math.floor(at / 1000)),
			(at) => String(at),
			(at) => new Date(at).toISOString(),
			(at) => new Date(at).toISOString().slice(0, -1),
			(at) => new Date(at).toUTCString(),
		),
		skew: fc.integer({ min: -290_000, max: 290_000 }),
		isBeside: fc.boolean(),
		timeHeader: fc.constantFrom('x-timestamp', 'x-signature-timestamp', 'date'),
		hash: fc.constantFrom('sha256', 'sha512'),
		encode: anyEncoding,
	})
	.filter(({ scheme, label }) => !scheme.includes('<label>') || versionOf(label) !== undefined)
	.map(({ scheme, label, write, skew, isBeside, timeHeader, hash, encode }) => {
		const time = write(AT + skew);
		const version = versionOf(label);
		const [before, after] = around(scheme, { time, label: version, version: version ?? 'v0' });
		const headersWith = (signature: Buffer): Record<string, string> => {
			const written = `${label}${encode(signature)}`;
			// A date of HTTP has a comma and spaces, and so always has a header of its own.
			return isBeside && !time.includes(' ')
				? { 'x-signature': `t=${time},${written}` }
				: { 'x-signature': written, [timeHeader]: time };
		};
		return { hash, before, after, isTimed: true, headersWith };
	});

const standardWebhooks: fc.Arbitrary<SigningStyle> = fc
	.tuple(fc.stringMatching(/^[\w:-]{1,40}$/), fc.integer({ min: -290, max: 290 }))
	.map(([id, skew]) => {
		const time = String(Math.floor(AT / 1000) + skew);
		const headersWith = (signature: Buffer) => ({
			'webhook-id': id,
			'webhook-timestamp': time,
			'webhook-signature': `v1,${signature.toString('base64')}`,
		});
		return { hash: 'sha256', before: `${id}.${time}.`, after: '', isTimed: true, headersWith };
	});

/** A request that was signed, and all that a person who saw it knows. */
export interface SignedRequestSample extends Omit<SigningStyle, 'headersWith'> {
	headers: Record<string, string>;
	body: Buffer;
	secret: string;
	/** Milliseconds since 1970. */
	at: number;
	signature: Buffer;
}

/** A request with one of some bodies, signed by one of the accepted schemes. */
export const signedRequest = (bodies: fc.Arbitrary<Buffer>): fc.Arbitrary<SignedRequestSample> =>
	fc
		.record({
			style: fc.oneof(overTheBody, { weight: 3, arbitrary: overATime }, standardWebhooks),
			body: bodies.filter(({ length }) => length > 0),
			secret: fc
				.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' })
				// Without the quotes around it, a secret of quotes is the empty one and is refused.
				.filter((secret) => /[^\s"'`]/.test(secret)),
		})
		.map(({ style: { headersWith, ...style }, body, secret }) => {
			const { hash, before, after } = style;
			const signature = createHmac(hash, secret).update(before).update(body).update(after).digest();
			return { ...style, headers: headersWith(signature), body, secret, at: AT, signature };
		});

export const anySignedRequest = signedRequest(anyBody);

/** What somebody could put into a name, hoping that a signature of the whole counts for this part of it. */
const hostileText = fc.constantFrom(
	...Object.values(SIGNING_SCHEMES).map((scheme) =>
		around(scheme, { time: '1770123600', id: 'msg_1', label: 'v1', version: 'v0' }).join(
			'{"type":"x"}',
		),
	),
	'.1770123600.{"type":"x"}',
	':1770123600:{"type":"x"}:1770123600',
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
