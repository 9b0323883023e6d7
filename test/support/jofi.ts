/**
 * A client in JOFI's place. It shares no code with the package: its signatures follow the standards, so that a
 * mistake in the package can't hide in its tests.
 */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually, HANG_MS } from './eventually';

export const EVENT_TYPES = [
	'invitation.created',
	'invitation.accepted',
	'test_taker.created',
	'test_taker.assessment_completed',
	'career_navigation_profile.created',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export interface SentEvent {
	id: string;
	type: string;
	created_at: string;
	data: { object: Record<string, unknown> };
	[more: string]: unknown;
}

const fixtures = join(__dirname, '../fixtures/events');
let counter = 0;

/** An event of a type from the fixtures, with an id of its own. */
export function jofiEvent(type: EventType, changes: Record<string, unknown> = {}): SentEvent {
	const event = JSON.parse(readFileSync(join(fixtures, `${type}.json`), 'utf8')) as SentEvent;
	counter += 1;
	return { ...event, id: `evt_${process.pid.toString(36)}${counter.toString(36)}x`, ...changes };
}

/** Authenticates a delivery: returns the headers to send with a raw body. */
export type Signing = (body: Buffer) => Record<string, string>;

interface HmacStyle {
	header?: string;
	hash?: 'sha256' | 'sha512';
	encoding?: 'hex' | 'base64' | 'base64url';
	/** Makes the header's value of the signature, such as `sha256=` in front of it. */
	write?: (signature: string) => string;
}

/** An HMAC of the raw body in a header. */
export function hmac(secret: string, style: HmacStyle = {}): Signing {
	const { header = 'x-jofi-signature', hash = 'sha256', encoding = 'hex', write } = style;
	return (body) => {
		const signature = createHmac(hash, secret).update(body).digest(encoding);
		return { [header]: write ? write(signature) : signature };
	};
}

/** Stripe's style: `t=<unix seconds>,v1=<hex>` over `<t>.<body>`. */
export function stripeStyle(secret: string, at = Date.now(), header = 'stripe-signature'): Signing {
	return (body) => {
		const timestamp = Math.floor(at / 1000);
		const signature = createHmac('sha256', secret)
			.update(`${timestamp}.`)
			.update(body)
			.digest('hex');
		return { [header]: `t=${timestamp},v1=${signature}` };
	};
}

/** Standard Webhooks' style: three headers over `<id>.<timestamp>.<body>`. */
export function standardWebhooks(secret: string, at = Date.now(), id = 'msg_1'): Signing {
	const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
	return (body) => {
		const timestamp = Math.floor(at / 1000);
		const signature = createHmac('sha256', key)
			.update(`${id}.${timestamp}.`)
			.update(body)
			.digest('base64');
		return {
			'webhook-id': id,
			'webhook-timestamp': String(timestamp),
			'webhook-signature': `v1,${signature}`,
		};
	};
}

export function basicAuth(username: string, password: string): Signing {
	const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
	return () => ({ authorization: `Basic ${encoded}` });
}

export const unsigned: Signing = () => ({});

export interface ReceivedAnswer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
}

/** The bytes of a body and the headers that sign them; an object is sent as JSON. */
export function deliverableEvent(content: unknown, signing: Signing) {
	const body = Buffer.isBuffer(content)
		? content
		: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content), 'utf8');
	return { body, headers: { 'content-type': 'application/json', ...signing(body) } };
}

/** Posts a body, signed as said; further headers go over those of the signature. */
export async function deliver(
	url: string,
	content: object | string | Buffer,
	signing: Signing,
	headers: Record<string, string> = {},
): Promise<ReceivedAnswer> {
	const signed = deliverableEvent(content, signing);
	return await send('POST', url, signed.body, { ...signed.headers, ...headers });
}

/**
 * Retries while n8n answers 503 `event_in_progress`, as a sender does: on a busy machine the first delivery can
 * take longer than a repeat waits.
 */
export async function deliverAsOftenAsAsked(
	...delivery: Parameters<typeof deliver>
): Promise<ReceivedAnswer> {
	return await eventually(
		'the first delivery of an event to have an outcome',
		async () => await deliver(...delivery),
		({ status, body }) => status !== 503 || !body.includes('event_in_progress'),
	);
}

/** Sends any request. A header whose value is empty is left out. */
export async function send(
	method: string,
	url: string,
	body: Buffer,
	headers: Record<string, string> = {},
): Promise<ReceivedAnswer> {
	const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
	const outgoing = request(url, {
		method,
		headers: { ...sent, 'content-length': body.length },
		// On a connection of its own: n8n closes idle ones, perhaps just when the next request goes out.
		agent: false,
		timeout: HANG_MS,
	});
	outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${url} is not answered`)));
	// `once` rejects for what goes wrong before the response, and `text` for what goes wrong after.
	outgoing.on('error', () => undefined);
	outgoing.end(body);
	const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
	const { statusCode: status = 0, headers: received } = response;
	return { status, headers: received, body: await text(response) };
}
