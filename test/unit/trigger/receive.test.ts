import { receive } from '../../../nodes/Jofi/trigger/receive';
import type { Settings } from '../../../nodes/Jofi/trigger/settings';
import { SeenEvents } from '../../../nodes/Jofi/trigger/seenEvents';
import type { Verification } from '../../../nodes/Jofi/trigger/verification/credential';
import { delivery, fixedSource, settings } from '../../support/delivery';
import { basicAuth, deliverableEvent, hmac, jofiEvent, type Signing } from '../../support/jofi';

const byHmac: Verification = { method: 'hmac', secrets: ['s'] };
const byBasic: Verification = { method: 'basicAuth', username: 'u', password: 'p' };
const event = jofiEvent('invitation.accepted');

const signed = (content: unknown, signing: Signing = hmac('s')) =>
	delivery(deliverableEvent(content, signing));

const outcomeOf = async (
	content: unknown,
	changes: Partial<Settings> = {},
	{ signing = hmac('s'), verification = byHmac as Verification, seen = new SeenEvents() } = {},
) =>
	await receive(signed(content, signing), fixedSource(verification), () => settings(changes), seen);

test('an event is emitted as a row at the output of its type', async () => {
	const chosen = { separateOutputs: true, includeDelivery: true };
	expect(await outcomeOf(event, chosen)).toMatchObject({
		output: 1,
		item: {
			event_id: event.id,
			received_at: '2026-02-03T13:00:00.000Z',
			verified_by: 'HMAC-SHA256 in x-jofi-signature over the body',
		},
	});
});

test.each<[string, unknown, Partial<Settings>, object]>([
	['is no JSON', '{', {}, { reason: 'invalid_json' }],
	['is no event', '{"a":1}', {}, { reason: 'not_an_event' }],
	['is not selected', event, { events: [] }, { reason: 'event_not_selected', event }],
	['is too old', event, { maxEventAgeMinutes: 1 }, { reason: 'event_too_old', event }],
])('an authentic delivery that %s is not emitted', async (_what, content, changes, outcome) => {
	expect(await outcomeOf(content, changes)).toEqual(outcome);
});

test('a forgery is refused before the settings are read, which costs n8n expressions', async () => {
	const readSettings = jest.fn();
	const forged = signed(event, hmac('x'));
	expect(await receive(forged, fixedSource(byHmac), readSettings, new SeenEvents())).toEqual({
		reason: 'wrong_signature',
		detail: expect.stringContaining('x-jofi-signature'),
	});
	expect(readSettings).not.toHaveBeenCalled();
});

test('Confirm Endpoint compares with the address and the method of this delivery', async () => {
	const isConfirmed = { confirmEndpoint: true };
	const here = { webhook_url: delivery().url, webhook_verification_method: 'basic_auth' };
	const refused = { reason: 'sent_to_another_endpoint' };
	const basic = { signing: basicAuth('u', 'p'), verification: byBasic };
	expect(await outcomeOf({ ...event, ...here }, isConfirmed, basic)).toHaveProperty('item');
	expect(await outcomeOf({ ...event, ...here }, isConfirmed)).toMatchObject(refused);
	const elsewhere = { ...here, webhook_url: 'https://n8n.example.com/webhook-test/1/jofi' };
	expect(await outcomeOf({ ...event, ...elsewhere }, isConfirmed, basic)).toMatchObject(refused);
});

describe('an event that comes twice', () => {
	const ignored = { reason: 'seen_before' };

	test.each([event, { type: 'x', id: 0 }])('runs once: %j', async (content) => {
		const seen = new SeenEvents();
		expect(await outcomeOf(content, { events: [] }, { seen })).toMatchObject({
			reason: 'event_not_selected',
		});
		expect(await outcomeOf(content, {}, { seen })).toHaveProperty('item');
		expect(await outcomeOf(content, {}, { seen })).toEqual({ ...ignored, event: content });
		expect(await outcomeOf(content, { skipDuplicates: false }, { seen })).toHaveProperty('item');
	});

	// JSON.parse can't keep large numbers apart.
	test.each(['null', '""', '{}', '9007199254740993', '1.5', '1e400'])(
		'always runs with the id %s, which may not be its own',
		async (id) => {
			const seen = new SeenEvents();
			const content = `{"type":"x","id":${id}}`;
			expect(await outcomeOf(content, {}, { seen })).toHaveProperty('item');
			expect(await outcomeOf(content, {}, { seen })).toHaveProperty('item');
		},
	);

	test('is answered, and may come again, while the first delivery has no outcome', async () => {
		const seen = new SeenEvents(10, 1_000_000, 1);
		const first = { ...signed(event), answered: new Promise<boolean>(() => undefined) };
		const receiveIt = async () => await receive(first, fixedSource(byHmac), () => settings(), seen);
		expect(await receiveIt()).toHaveProperty('item');
		expect(await receiveIt()).toEqual({ reason: 'event_in_progress', event });
	});
});
