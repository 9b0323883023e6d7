import { EventEmitter } from 'node:events';
import { readDelivery, visitsOverHttps } from '../../../nodes/Jofi/trigger/http';

const response = (statusCode = 200) => Object.assign(new EventEmitter(), { statusCode });
const request = (more: object) => ({ headers: { a: 'b' }, ...more }) as never;

describe('the raw body', () => {
	test('is taken as n8n has it', async () => {
		const rawBody = Buffer.from('{}');
		const { body, headers } = await readDelivery(request({ rawBody }), response() as never);
		expect(body).toBe(rawBody);
		expect(headers).toEqual({ a: 'b' });
	});

	test('is read where n8n has not read it', async () => {
		const late = {
			rawBody: undefined as Buffer | undefined,
			headers: {},
			readRawBody: async () => {
				late.rawBody = Buffer.from('late');
			},
		};
		expect((await readDelivery(late as never, response() as never)).body?.toString()).toBe('late');
	});

	test('is undefined where n8n cannot read it', async () => {
		const readRawBody = () => Promise.reject(new Error('multipart'));
		expect(
			(await readDelivery(request({ readRawBody }), response() as never)).body,
		).toBeUndefined();
	});
});

describe('how a delivery was answered', () => {
	test.each([
		[200, true],
		[299, true],
		[199, false],
		[300, false],
		[500, false],
	])('%i is a success: %p', async (status, isTaken) => {
		const sent = response(status);
		const { answered } = await readDelivery(request({ rawBody: Buffer.alloc(0) }), sent as never);
		sent.emit('finish');
		sent.emit('close');
		expect(await answered).toBe(isTaken);
	});

	test('a connection that closed without an answer is none', async () => {
		const sent = response();
		const { answered } = await readDelivery(request({ rawBody: Buffer.alloc(0) }), sent as never);
		sent.emit('close');
		sent.emit('finish');
		expect(await answered).toBe(false);
	});
});

test.each([
	[{ secure: true }, true],
	[{ secure: false }, false],
	[{ secure: false, headers: { 'x-forwarded-proto': 'https' } }, true],
	[{ secure: false, headers: { 'x-forwarded-proto': 'HTTPS,http' } }, true],
	[{ secure: false, headers: { 'x-forwarded-proto': 'http' } }, false],
])('%j came over HTTPS: %p', (visit, isHttps) => {
	expect(visitsOverHttps(request(visit))).toBe(isHttps);
});
