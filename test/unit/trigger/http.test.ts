import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { readDelivery, visitsOverHttps } from '../../../nodes/Jofi/trigger/http';

const response = (statusCode = 200) => ({ statusCode, end: jest.fn() });
const request = (more: object) => ({ headers: { a: 'b' }, rawBody: Buffer.from('{}'), ...more });
const read = async (sent: object, answer: object = response(), webhookId?: string) =>
	await readDelivery(sent as never, answer as never, webhookId);

test('a delivery has the bytes, the headers and the address that n8n has', async () => {
	const headers = { host: 'n8n.example.com' };
	const sent = request({ headers, protocol: 'https', originalUrl: '/webhook/1/jofi?a=b' });
	const url = 'https://n8n.example.com/webhook/1/jofi?a=b';
	const expected = { body: sent.rawBody, headers, url };
	expect(await read(sent, response(), '1')).toMatchObject({ ...expected, ownPathParts: 2 });
	expect(await read(sent)).toMatchObject({ ...expected, ownPathParts: 3 });
});

test('the raw body is read where n8n has not read it', async () => {
	const late = request({
		rawBody: undefined,
		readRawBody: async () => Object.assign(late, { rawBody: Buffer.from('late') }),
	});
	expect((await read(late)).body?.toString()).toBe('late');
});

test('the raw body is undefined where n8n cannot read it', async () => {
	const readRawBody = () => Promise.reject(new Error('multipart'));
	expect((await read(request({ rawBody: undefined, readRawBody }))).body).toBeUndefined();
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
		const { answered } = await read(request({}), sent);
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
		const sender = connect((server.address() as AddressInfo).port, '127.0.0.1');
		sender.write('POST / HTTP/1.1\r\nHost: n8n\r\nContent-Length: 2\r\n\r\n{}');
		const [incoming, outgoing] = (await once(server, 'request')) as [
			IncomingMessage,
			ServerResponse,
		];
		sender.destroy();
		await once(outgoing, 'close');

		const { answered } = await read(
			Object.assign(incoming, { rawBody: Buffer.alloc(0) }),
			outgoing,
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
	expect(visitsOverHttps(request(visit) as never)).toBe(isHttps);
});
