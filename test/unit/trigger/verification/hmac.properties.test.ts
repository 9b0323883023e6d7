/** What holds for any event, secret and signing scheme: random ones, with hostile names in them. */
import fc from 'fast-check';
import { parseEvent } from '../../../../nodes/Jofi/events/parse';
import {
	findCandidates,
	type Headers,
} from '../../../../nodes/Jofi/trigger/verification/candidates';
import { verifyHmac } from '../../../../nodes/Jofi/trigger/verification/hmac';
import { anySignedRequest, hostileEvent, signedRequest } from '../../../support/arbitraries';

const WRONG = { reason: 'wrong_signature' };

const verify = (headers: Headers, body: Buffer, secrets: string[], at: number) =>
	verifyHmac({ headers, body, receivedAt: at }, findCandidates(headers), secrets);

describe('signed by any scheme', () => {
	test('an event is accepted', () => {
		fc.assert(
			fc.property(anySignedRequest, ({ headers, body, secret, at }) => {
				expect(verify(headers, body, [secret], at)).toHaveProperty('verifiedBy');
			}),
			{ numRuns: 2000 },
		);
	});

	test('one flipped bit in the body is refused', () => {
		fc.assert(
			fc.property(anySignedRequest, fc.nat(), ({ headers, body, secret, at }, bit) => {
				expect(verify(headers, flipBit(body, bit), [secret], at)).toEqual(WRONG);
			}),
			{ numRuns: 1000 },
		);
	});

	test('one flipped bit in the secret is refused', () => {
		fc.assert(
			fc.property(anySignedRequest, fc.nat(), ({ headers, body, secret, at }, bit) => {
				const position = bit % secret.length;
				const changed =
					secret.slice(0, position) +
					String.fromCharCode(secret.charCodeAt(position) ^ 1) +
					secret.slice(position + 1);
				expect(verify(headers, body, [changed], at)).toEqual(WRONG);
			}),
			{ numRuns: 500 },
		);
	});

	test('one flipped bit in the signature is refused', () => {
		fc.assert(
			fc.property(anySignedRequest, fc.nat(), ({ headers, signature, body, secret, at }, bit) => {
				const candidates = findCandidates(headers)
					.filter(({ digest }) => digest.equals(signature))
					.map((candidate) => ({ ...candidate, digest: flipBit(signature, bit) }));
				expect(candidates).not.toEqual([]);
				expect(verifyHmac({ headers, body, receivedAt: at }, candidates, [secret])).toEqual(WRONG);
			}),
			{ numRuns: 500 },
		);
	});

	test('a time or an id in place of the signed one is refused', () => {
		const timed = anySignedRequest.filter(({ isTimed }) => isTimed);
		fc.assert(
			fc.property(timed, ({ headers, body, secret, at, before, after }) => {
				const [time = ''] = /\d{4,}.*\w/.exec(before + after) ?? [];
				const another = time.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
				const changed = Object.fromEntries(
					Object.entries(headers).map(([name, value]) => [name, value.replace(time, another)]),
				);
				expect(changed).not.toEqual(headers);
				expect(verify(changed, body, [secret], at)).toEqual(WRONG);
				if (headers['webhook-id'] === undefined) return;
				const otherId = { ...headers, 'webhook-id': `${headers['webhook-id']}x` };
				expect(verify(otherId, body, [secret], at)).toEqual(WRONG);
			}),
			{ numRuns: 500 },
		);
	});
});

/**
 * Everything that can be made of a signed text without the secret: each part of it that begins like a
 * JSON object or an array, sent as the body, with what stands around it in the headers of each scheme.
 */
function* forgeries(text: string, signature: Buffer) {
	const written = signature.toString('hex');
	const starts = [...text].flatMap((character, index) => (/[{[]/.test(character) ? [index] : []));
	for (const start of [0, ...starts]) {
		const before = text.slice(0, start);
		const [, id = '', time = before] = /^(.*?)\.(.*)\.$/s.exec(before) ?? [];
		const [, label = 'v0', labelled = time] = /^(v\d+)[:.](.*?)[:.]$/s.exec(before) ?? [];
		for (const one of [time, labelled, before.replace(/[.:,]$/, ''), '1770123600']) {
			yield {
				body: Buffer.from(text.slice(start)),
				headers: {
					'webhook-id': id,
					'webhook-timestamp': one,
					'webhook-signature': `${label}=${written}`,
				},
			};
			yield {
				body: Buffer.from(text.slice(start)),
				headers: { 'x-signature': `t=${one},${written}` },
			};
		}
	}
	for (const end of [...text].flatMap((character, index) =>
		/[}\]]/.test(character) ? [index] : [],
	)) {
		const after = text.slice(end + 1);
		const headers = { 'x-signature': written, 'x-timestamp': after.replace(/^[:.,]/, '') };
		yield { body: Buffer.from(text.slice(0, end + 1)), headers };
	}
}

describe('what is signed by one scheme never counts as something else', () => {
	const bodyOf = (text: string, before: string, after: string) =>
		text.slice(before.length, text.length - after.length);

	test('no other event can be made of it', () => {
		fc.assert(
			fc.property(signedRequest(hostileEvent), (request) => {
				const { body, secret, at, before, after, signature } = request;
				const text = `${before}${body.toString()}${after}`;
				expect(bodyOf(text, before, after)).toBe(body.toString());
				for (const forgery of forgeries(text, signature)) {
					if (!('verifiedBy' in verify(forgery.headers, forgery.body, [secret], at))) continue;
					const parsed = parseEvent(forgery.body);
					if ('event' in parsed) expect(parsed).toEqual(parseEvent(body));
				}
			}),
			{ numRuns: 100 },
		);
	});

	test('an old time never looks fresh', () => {
		const timed = signedRequest(hostileEvent).filter(({ isTimed }) => isTimed);
		fc.assert(
			fc.property(timed, ({ body, secret, at, before, after, signature }) => {
				const text = `${before}${body.toString()}${after}`;
				const later = Math.floor(at / 1000 + 3600);
				for (const { headers, body: forged } of forgeries(text, signature)) {
					for (const more of [{}, { 'x-timestamp': String(later) }, { date: String(later) }]) {
						const verdict = verify({ ...headers, ...more }, forged, [secret], later * 1000);
						if ('verifiedBy' in verdict) expect(parseEvent(forged)).toHaveProperty('reason');
					}
				}
			}),
			{ numRuns: 50 },
		);
	});

	test('the forgeries find a hole where there is one: free text as an id', () => {
		const inner = '{"type":"x"}';
		const text = `{"a":"msg.1770123600.${inner.replaceAll('"', '\\"')}"}`;
		const bodies = [...forgeries(text, Buffer.alloc(32))].map(({ body }) => body.toString());
		expect(bodies).toContain(`${inner.replaceAll('"', '\\"')}"}`);
	});
});

function flipBit(bytes: Buffer, bit: number): Buffer {
	const changed = Buffer.from(bytes);
	const position = Math.floor(bit / 8) % changed.length;
	changed[position] = (changed[position] ?? 0) ^ (1 << bit % 8);
	return changed;
}
