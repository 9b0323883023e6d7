import { COLUMN_NAMES } from '../../nodes/Jofi/items/columns';
import { basicAuth, deliverableEvent, hmac, jofiEvent } from '../support/jofi';
import { Engine, type CallOptions } from './engine';

const byHmac = { verificationMethod: 'hmac', signingSecret: 's' };
const byBasic = { verificationMethod: 'basicAuth', username: 'u', password: 'p' };

let engine: Engine;
let calls = 0;
beforeAll(async () => {
	engine = await Engine.load();
});

/** A signed call of a workflow of its own. */
const signedCall = (content: unknown, options: CallOptions = {}): CallOptions => {
	const { body, headers } = deliverableEvent(content, hmac('s'));
	calls += 1;
	return { credential: byHmac, workflowId: `w${calls}`, body, headers, ...options };
};

describe('what callers get', () => {
	test('authentic and selected: the item, and n8n answers', async () => {
		const event = jofiEvent('test_taker.created');
		const { returned, status } = await engine.call(signedCall(event));
		expect(status).toBe(200);
		expect(returned).toEqual({
			workflowData: [[{ json: expect.objectContaining({ event_id: event.id }) }]],
		});
	});

	test.each([
		['not selected', { events: ['invitation.accepted'] }, 'event_not_selected'],
		['not all completed', { assessmentCompletion: 'all' }, 'assessments_not_all_completed'],
		['of another team', { filters: { teams: 'Sales' } }, 'filtered_out'],
	])('%s: 200 with the reason, and no run', async (_what, parameters, reason) => {
		const event = jofiEvent('test_taker.assessment_completed');
		const result = await engine.call(
			signedCall(event, { parameters: { events: ['*'], ...parameters } }),
		);
		expect(result).toMatchObject({ status: 200, returned: { noWebhookResponse: true } });
		expect(JSON.parse(result.text)).toEqual({ received: true, ignored: reason });
	});

	test('seen before: 200 with the reason; a failed first attempt does not count', async () => {
		const call = signedCall(jofiEvent('invitation.created'));
		expect(await engine.call({ ...call, failsToQueue: true })).toMatchObject({ status: 500 });
		expect((await engine.call(call)).returned).toHaveProperty('workflowData');
		const repeat = await engine.call(call);
		expect(JSON.parse(repeat.text)).toEqual({ received: true, ignored: 'seen_before' });
		const always = await engine.call({
			...call,
			parameters: { events: ['*'], options: { skipDuplicates: false } },
		});
		expect(always.returned).toHaveProperty('workflowData');
	});

	test.each([
		['no signature', { headers: {} }],
		['a wrong signature', { headers: hmac('x')(Buffer.from('{}')) }],
		['Basic Auth for HMAC', { headers: basicAuth('u', 'p')(Buffer.alloc(0)) }],
		['HMAC for Basic Auth', { credential: byBasic }],
	])('%s: 401, always the same', async (_what, options) => {
		const result = await engine.call(signedCall(jofiEvent('invitation.created'), options));
		expect(result).toMatchObject({
			status: 401,
			text: '{"error":"unauthorized"}',
			returned: { noWebhookResponse: true },
		});
		expect(result.headers.get('www-authenticate')).toBe('Basic realm="JOFI"');
	});

	test.each([
		['', {}, 'invalid_json'],
		['[1]', {}, 'not_an_event'],
		[
			'{"type":"x","created_at":"2020-01-01T00:00:00Z"}',
			{ options: { maxEventAge: 5 } },
			'event_too_old',
		],
	])('authentic, but %j: 400', async (content, parameters, error) => {
		const result = await engine.call(
			signedCall(content, { parameters: { events: ['*'], ...parameters } }),
		);
		expect(result.status).toBe(400);
		expect(JSON.parse(result.text)).toMatchObject({ error, message: expect.any(String) });
	});

	test.each([
		['missing', undefined],
		['blank', { verificationMethod: 'hmac', signingSecret: ' ' }],
	])('a credential that is %s: 503', async (_what, credential) => {
		const result = await engine.call(signedCall(jofiEvent('invitation.created'), { credential }));
		expect(result).toMatchObject({ status: 503, text: '{"error":"not_configured"}' });
	});

	test('Basic Auth', async () => {
		const call = signedCall(jofiEvent('invitation.created'), {
			credential: byBasic,
			headers: basicAuth('u', 'p')(Buffer.alloc(0)),
		});
		expect((await engine.call(call)).returned).toHaveProperty('workflowData');
	});
});

describe('parameters', () => {
	test('separate outputs, in the fixed order', async () => {
		const parameters = {
			events: ['test_taker.created', 'invitation.created'],
			separateOutputs: true,
		};
		const { returned } = await engine.call(
			signedCall(jofiEvent('test_taker.created'), { parameters }),
		);
		expect(returned?.workflowData).toEqual([[], [{ json: expect.anything() }]]);
	});

	test('Simplify off gives the event as it was sent', async () => {
		const text = '{"type":"x","z":12345678901234567890,"a":{"b":[1.0]}}';
		const parameters = { events: ['*'], simplify: false };
		const { returned } = await engine.call(signedCall(text, { parameters }));
		expect(JSON.stringify(returned?.workflowData?.[0]?.[0]?.json)).toBe(
			JSON.stringify(JSON.parse(text)),
		);
	});

	test("dates in the workflow's time zone, and the raw event", async () => {
		const parameters = {
			events: ['*'],
			options: { dateFormat: 'spreadsheet', includeRawEvent: true },
		};
		const event = jofiEvent('invitation.created');
		const { returned } = await engine.call(signedCall(event, { parameters }));
		expect(returned?.workflowData?.[0]?.[0]?.json).toMatchObject({
			event_created_at: '2026-02-03 05:41:36',
			raw_event: event,
		});
	});

	test.each([
		['all', undefined, COLUMN_NAMES.length],
		['common', undefined, 10],
		['choose', ['email', 'event_id'], ['event_id', 'email']],
		['choose', [], COLUMN_NAMES.length],
		['choose', ['gone_since'], COLUMN_NAMES.length],
		['choose', 'email', ['email']],
	] as const)('columns: %s %j', async (columnChoice, columns, expected) => {
		const parameters = { events: ['*'], columnChoice, columns };
		const event = jofiEvent('invitation.created');
		const { returned } = await engine.call(signedCall(event, { parameters }));
		const names = Object.keys(returned?.workflowData?.[0]?.[0]?.json ?? {});
		expect(typeof expected === 'number' ? names.length : names).toEqual(expected);
	});

	test('delivery details', async () => {
		const parameters = { events: ['*'], options: { includeDelivery: true } };
		const event = jofiEvent('invitation.created', {
			webhook_url: 'https://n8n.example.com/webhook/1/jofi',
			webhook_verification_method: 'hmac',
		});
		const { returned } = await engine.call(signedCall(event, { parameters }));
		expect(returned?.workflowData?.[0]?.[0]?.json).toMatchObject({
			received_at: expect.stringMatching(/^\d{4}-.*Z$/),
			webhook_url: 'https://n8n.example.com/webhook/1/jofi',
			webhook_verification_method: 'hmac',
			verified_by: 'HMAC-SHA256 in x-jofi-signature over the body',
		});
	});

	test('an age that is no number refuses every event', async () => {
		const parameters = { events: ['*'], options: { maxEventAge: 'soon' } };
		const refused = await engine.call(signedCall(jofiEvent('invitation.created'), { parameters }));
		expect(refused.status).toBe(503);
		expect(JSON.parse(refused.text)).toMatchObject({ error: 'maximum_age_unreadable' });
	});

	test('Confirm Endpoint refuses an event for the Test URL of the same node', async () => {
		const parameters = { events: ['*'], options: { confirmEndpoint: true } };
		const event = jofiEvent('invitation.created', {
			webhook_url: 'https://n8n.example.com/webhook-test/1/jofi',
		});
		const refused = await engine.call(signedCall(event, { parameters }));
		expect(refused.status).toBe(400);
		expect(JSON.parse(refused.text)).toMatchObject({ error: 'sent_to_another_endpoint' });
		const taken = await engine.call(signedCall(event, { parameters: { events: ['*'] } }));
		expect(taken.returned).toHaveProperty('workflowData');
	});
});

describe('while the editor listens', () => {
	const manual = { mode: 'manual', parameters: { events: ['invitation.created'] } } as const;

	test('the caller gets its 401, and the editor the reason', async () => {
		const call = signedCall(jofiEvent('invitation.created'), {
			...manual,
			headers: hmac('x')(Buffer.from('')),
		});
		const result = await engine.call(call);
		expect(result).toMatchObject({ status: 401, text: '{"error":"unauthorized"}' });
		expect(result.thrown?.message).toBe(
			'The signature of a request does not fit the Signing Secret in your credential',
		);
		expect(result.thrown?.description).toMatch(/paste it into the JOFI Webhook API credential/);
	});

	test('an event that is not selected is explained as well', async () => {
		const result = await engine.call(signedCall(jofiEvent('test_taker.created'), manual));
		expect(result.status).toBe(200);
		expect(result.thrown?.message).toContain('“Test Taker Created”');
	});

	test('the Test URL shows samples, and a chosen one goes to the editor', async () => {
		const call = { ...manual, method: 'GET', credential: byHmac } as const;
		const list = await engine.call(call);
		expect(list).toMatchObject({ status: 200, returned: { noWebhookResponse: true } });
		expect(list.returned).not.toHaveProperty('workflowData');
		expect(list.text).toContain('Choose a sample event');
		expect(list.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);

		const chosen = await engine.call({ ...call, query: '?sample=invitation.created' });
		expect(chosen).toMatchObject({ status: 200, returned: { noWebhookResponse: true } });
		expect(chosen.returned?.workflowData?.[0]?.[0]?.json).toMatchObject({
			event_type: 'invitation.created',
		});

		const unknown = await engine.call({ ...call, query: '?sample=nope' });
		expect(unknown.status).toBe(404);
		expect(unknown.returned).not.toHaveProperty('workflowData');
	});
});

test.each(['', '?sample=invitation.created', '?sample=nope'])(
	'the Production URL%s shows that it is live and never a sample',
	async (query) => {
		const result = await engine.call({ method: 'GET', query, credential: byHmac });
		expect(result).toMatchObject({ status: 200, returned: { noWebhookResponse: true } });
		expect(result.returned).not.toHaveProperty('workflowData');
		expect(result.text).toContain('This endpoint is live');
		expect(result.text).not.toContain('sample');
	},
);

describe('publishing', () => {
	test('goes through with a secret', async () => {
		expect(await engine.create(byHmac)).toBe(true);
		expect(await engine.create({ verificationMethod: 'hmac', signingSecret: ' spaced ' })).toBe(
			true,
		);
	});

	test.each([
		['without a credential', undefined, /credentials/],
		[
			'with a blank secret',
			{ signingSecret: ' ' },
			/can't be used\. The Signing Secret is empty\. Paste/,
		],
		[
			'with an API key',
			{ signingSecret: 'sk_live_1' },
			/holds a JOFI API key.*ask your JOFI representative/,
		],
		['with a blank password', { ...byBasic, password: '' }, /The Password is empty/],
	])('is refused %s, with a sentence that says what to do', async (_what, credential, message) => {
		await expect(engine.create(credential)).rejects.toThrow(message);
	});

	test('n8n calls create each time, and has nothing to delete', async () => {
		const { webhookMethods } = engine.nodeType;
		expect(await webhookMethods?.default?.checkExists?.call({} as never)).toBe(false);
		expect(await webhookMethods?.default?.delete?.call({} as never)).toBe(true);
	});
});

test("the credential test's verdict in words", async () => {
	expect(await engine.testCredential(byHmac)).toMatchObject({ status: 'OK' });
	expect(await engine.testCredential({ ...byHmac, signingSecret: ' s' })).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/spaces/),
	});
});
