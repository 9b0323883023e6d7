import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { readDelivery, visitsOverHttps } from '../../../nodes/Jofi/trigger/http';

const response = (statusCode = 200) => ({ statusCode, end: jest.fn() });
const request = (more: object) => ({ headers: { a: 'b' }, ...more }) as never;

describe('the raw body', () => {
	test('is taken as n8n has it', async () => {
		const rawBody = Buffer.from('{}');
		const { body, headers } = await readDelivery(
			request({ rawBody }),
			response() as never,
			'webhook-id',
		);
		expect(body).toBe(rawBody);
		expect(headers).toEqual({ a: 'b' });
	});

	test('with the address that it came to', async () => {
		const sent = {
			rawBody: Buffer.from('{}'),
			protocol: 'https',
			headers: { host: 'n8n.example.com' },
			originalUrl: '/webhook/1/webhook?a=b',
		};
		const { url } = await readDelivery(sent as never, response() as never, 'webhook-id');
		expect(url).toBe('https://n8n.example.com/webhook/1/webhook?a=b');
	});

	test('is read where n8n has not read it', async () => {
		const late = {
			rawBody: undefined as Buffer | undefined,
			headers: {},
			readRawBody: async () => {
				late.rawBody = Buffer.from('late');
			},
		};
		expect(
			(await readDelivery(late as never, response() as never, 'webhook-id')).body?.toString(),
		).toBe('late');
	});

	test('is undefined where n8n cannot read it', async () => {
		const readRawBody = () => Promise.reject(new Error('multipart'));
		expect(
			(await readDelivery(request({ readRawBody }), response() as never, 'webhook-id')).body,
		).toBeUndefined();
	});
});

describe('how n8n answered a delivery', () => {
	test.each([
		[200, true],
		[299, true],
		[199, false],
		[300, false],
		[500, false],
	])('%i is a success: %p', async (status, isTaken) => {
		const sent = response(status);
		const { end } = sent;
		const { answered } = await readDelivery(
			request({ rawBody: Buffer.alloc(0) }),
			sent as never,
			'webhook-id',
		);
		sent.end('text', 'utf8');
		expect(await answered).toBe(isTaken);
		expect(end).toHaveBeenCalledWith('text', 'utf8');
	});

	test.each([
		[200, true],
		[500, false],
	])('also when the sender had gone before anybody listened: %i', async (status, isTaken) => {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const sender = connect(port, '127.0.0.1');
		sender.write('POST / HTTP/1.1\r\nHost: n8n\r\nContent-Length: 2\r\n\r\n{}');
		const [incoming, outgoing] = (await once(server, 'request')) as [
			IncomingMessage,
			ServerResponse,
		];
		sender.destroy();
		await once(outgoing, 'close');

		const { answered } = await readDelivery(
			Object.assign(incoming, { rawBody: Buffer.alloc(0) }) as never,
			outgoing as never,
			'webhook-id',
		);
		outgoing.statusCode = status;
		outgoing.end('too late');
		expect(await answered).toBe(isTaken);
		server.close();
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
