import { checkWebhook } from '../../../nodes/Jofi/shared/webhookCheck';

const URL = 'https://n8n.example.com/webhook/AbC-1/jofi';
const account = (more = {}) => ({
	mode: 'live',
	id: 200,
	display_name: 'Example Company Inc',
	webhook_endpoint: URL,
	webhooks_enabled: true,
	...more,
});

test('finds no problem where JOFI sends to the Production URL', () => {
	expect(checkWebhook(account(), URL)).toEqual({
		is_ok: true,
		problem: null,
		production_url: URL,
		webhook_endpoint: URL,
		webhooks_enabled: true,
		account_id: 200,
		account_name: 'Example Company Inc',
		mode: 'live',
	});
});

test.each([
	`${URL}/`,
	URL.replace('n8n.example.com', 'N8N.Example.com'),
	URL.replace('.com', '.com:443'),
	` ${URL} `,
])('accepts another spelling of the same URL: %s', (endpoint) => {
	expect(checkWebhook(account({ webhook_endpoint: endpoint }), URL).is_ok).toBe(true);
});

const OTHER = 'https://other.example.com/x';

test.each([
	['another URL', { webhook_endpoint: OTHER }, URL, /another URL: https:\/\/other/],
	['another letter case in its path', { webhook_endpoint: URL.toLowerCase() }, URL, /another URL/],
	['http, not https', { webhook_endpoint: URL.replace('https', 'http') }, URL, /another URL/],
	['none', { webhook_endpoint: null }, URL, /no webhook URL/],
	['a field that JOFI no longer sends', { webhook_endpoint: undefined }, URL, /no webhook URL/],
	['not enabled', { webhooks_enabled: false }, URL, /not enabled/],
	['enabled by a text', { webhooks_enabled: 'true' }, URL, /not enabled/],
	[
		'two problems',
		{ webhook_endpoint: null, webhooks_enabled: false },
		URL,
		/no webhook URL.*Webhooks are not enabled/,
	],
	['a test key', { mode: 'test' }, URL, /test key/],
	['no Production URL', {}, '', /empty or no URL/],
	['no URL at all', {}, 'ftp://n8n.example.com', /empty or no URL/],
	['a Test URL', {}, URL.replace('/webhook/', '/webhook-test/'), /Test URL/],
])('finds the problem: %s', (_what, changes, productionUrl, words) => {
	expect(checkWebhook(account(changes), productionUrl)).toMatchObject({
		is_ok: false,
		problem: expect.stringMatching(words),
	});
});

test('finds a problem in an empty answer', () => {
	expect(checkWebhook({}, URL)).toMatchObject({ is_ok: false, webhook_endpoint: null, mode: null });
});
