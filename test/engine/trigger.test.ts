import { deliverableEvent, hmac, jofiEvent } from '../support/jofi';
import { Engine } from './engine';

const credential = { verificationMethod: 'hmac', signingSecret: 's' };
const delivery = (event: object, secret = 's') => deliverableEvent(event, hmac(secret));

let engine: Engine;
beforeAll(async () => {
	engine = await Engine.load();
});

// Every reason for a refusal is tested in test/unit, and the answers of a real n8n in test/e2e.
describe('at the Production URL', () => {
	test('a signed event becomes an item at its output, and n8n answers', async () => {
		const parameters = { events: ['*'], separateOutputs: true };
		const event = jofiEvent('invitation.accepted');
		const result = await engine.request({ credential, parameters, delivery: delivery(event) });
		expect(result).toMatchObject({ status: 200, body: '' });
		expect(result.returned).toEqual({
			workflowData: [[], [{ json: expect.objectContaining({ event_id: event.id }) }]],
		});
	});

	test.each([
		['an event that is not selected', credential, 's', 200, /event_not_selected/],
		['a wrong signature', credential, 'x', 401, /unauthorized/],
		['no credential', undefined, 's', 503, /not_configured/],
	])('%s: the node answers, and nothing runs', async (_what, fields, secret, status, body) => {
		const result = await engine.request({
			credential: fields,
			parameters: { events: ['invitation.created'] },
			delivery: delivery(jofiEvent('invitation.accepted'), secret),
		});
		expect(result).toMatchObject({ status, returned: { noWebhookResponse: true } });
		expect(result.body).toMatch(body);
		expect(result.returned).not.toHaveProperty('workflowData');
	});

	test('a visit shows that it is live and never a sample', async () => {
		const result = await engine.request({ credential, query: '?sample=invitation.created' });
		expect(result).toMatchObject({ status: 200, returned: { noWebhookResponse: true } });
		expect(result.returned).not.toHaveProperty('workflowData');
		expect(result.body).toContain('This endpoint is live');
		expect(result.body).not.toContain('sample');
	});
});

describe('while the editor listens', () => {
	const manual = {
		credential,
		mode: 'manual',
		parameters: { events: ['invitation.created'] },
	} as const;

	test('the caller gets its 401, and the editor the reason', async () => {
		const refused = delivery(jofiEvent('invitation.created'), 'x');
		const { status, body, thrown } = await engine.request({ ...manual, delivery: refused });
		expect({ status, body }).toEqual({ status: 401, body: '{"error":"unauthorized"}' });
		expect(thrown?.message).toMatch(/does not fit the Signing Secret in your credential$/);
		expect(thrown?.description).toMatch(/paste it into the JOFI Webhook API credential/);
	});

	test('an event that is not selected is explained as well', async () => {
		const ignored = delivery(jofiEvent('test_taker.created'));
		const { status, thrown } = await engine.request({ ...manual, delivery: ignored });
		expect(status).toBe(200);
		expect(thrown?.message).toContain('“Test Taker Created”');
	});

	test('the Test URL shows samples, and a chosen one goes to the editor', async () => {
		const list = await engine.request(manual);
		expect(list).toMatchObject({ status: 200, returned: { noWebhookResponse: true } });
		expect(list.returned).not.toHaveProperty('workflowData');
		expect(list.body).toContain('Choose a sample event');

		const chosen = await engine.request({ ...manual, query: '?sample=invitation.created' });
		expect(chosen.returned).toMatchObject({
			noWebhookResponse: true,
			workflowData: [[{ json: { event_type: 'invitation.created' } }]],
		});
	});
});

describe('publishing', () => {
	test.each(['s', ' spaced '])('goes through with the secret %j', async (signingSecret) => {
		expect(await engine.create({ verificationMethod: 'hmac', signingSecret })).toBe(true);
	});

	test.each([
		['without a credential', undefined, /credentials/],
		[
			'with an API key',
			{ signingSecret: 'sk_live_1' },
			/can't be used\. The Signing Secret holds a JOFI API key.*ask your JOFI representative/,
		],
	])('is refused %s, with a sentence that says what to do', async (_what, fields, message) => {
		await expect(engine.create(fields)).rejects.toThrow(message);
	});

	test('n8n calls create each time, and has nothing to delete', async () => {
		const { webhookMethods } = engine.nodeType;
		expect(await webhookMethods?.default?.checkExists?.call({} as never)).toBe(false);
		expect(await webhookMethods?.default?.delete?.call({} as never)).toBe(true);
	});
});

test("the credential test's verdict in words", async () => {
	expect(await engine.testCredential(credential)).toMatchObject({ status: 'OK' });
	expect(await engine.testCredential({ ...credential, signingSecret: ' s' })).toMatchObject({
		status: 'Error',
		message: expect.stringMatching(/spaces/),
	});
});
