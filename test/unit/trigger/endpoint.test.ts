import { namesAnotherEndpoint } from '../../../nodes/Jofi/trigger/endpoint';

const ID = '3b6d1f0e-5a3c-4c8e-9f5e-0d5a7c1b2e3f';
const own = `http://127.0.0.1:5678/webhook/${ID}/webhook`;
const test_ = `http://127.0.0.1:5678/webhook-test/${ID}/webhook`;

const isAnother = (named: unknown, url = own) =>
	namesAnotherEndpoint({ type: 'x', webhook_url: named } as never, url, 'hmac');

describe('an address', () => {
	test.each([
		['the same', own],
		['another host, as behind a proxy', `https://hooks.example.com/webhook/${ID}/webhook`],
		['something in front, as behind a proxy', `https://example.com/n8n/webhook/${ID}/webhook`],
		['a path that a proxy renames', `https://example.com/jofi/${ID}/webhook`],
		['a slash at the end', `${own}/`],
		['a query', `${own}?a=b`],
		['absent', undefined],
		['null', null],
		['empty', ''],
		['a number', 5],
		['an object', { url: test_ }],
		['a path alone', `/webhook-test/${ID}/webhook`],
		['a word', 'live'],
		['no address', 'https://'],
	])('passes if it is %s', (_what, named) => {
		expect(isAnother(named)).toBe(false);
	});

	test.each([
		['the Test URL of the same node', test_],
		['the webhook of another node', own.replace('3b6d', '3b6e')],
		['something else', 'https://example.com/hooks/jofi'],
		['the host alone', 'https://example.com'],
		['longer', `${own}/more`],
	])('is another if it is %s', (_what, named) => {
		expect(isAnother(named)).toBe(true);
	});

	test('the Test URL is its own', () => {
		expect(isAnother(test_, test_)).toBe(false);
		expect(isAnother(own, test_)).toBe(true);
	});

	test('an address of its own that nothing can be said of passes', () => {
		expect(isAnother(own, 'undefined://')).toBe(false);
	});
});

describe('a verification method', () => {
	const names = (named: unknown, method: 'hmac' | 'basicAuth') =>
		namesAnotherEndpoint({ type: 'x', webhook_verification_method: named } as never, own, method);

	test.each(['basic_auth', 'basic', 'Basic Auth', 'BASIC'])('%s is not HMAC', (named) => {
		expect(names(named, 'hmac')).toBe(true);
		expect(names(named, 'basicAuth')).toBe(false);
	});

	test.each(['hmac', 'HMAC', 'hmac_sha256'])('%s is not Basic Auth', (named) => {
		expect(names(named, 'hmac')).toBe(false);
		expect(names(named, 'basicAuth')).toBe(true);
	});

	test.each([undefined, null, '', 5, 'oauth', 'hmac over basic'])('%p passes', (named) => {
		expect(names(named, 'hmac')).toBe(false);
		expect(names(named, 'basicAuth')).toBe(false);
	});
});
