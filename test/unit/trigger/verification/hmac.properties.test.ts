/** What holds for any event, secret and signing scheme: random ones, with hostile names in them. */
import fc from 'fast-check';
import { parseEvent } from '../../../../nodes/Jofi/events/parse';
import { findCandidates } from '../../../../nodes/Jofi/trigger/verification/candidates';
import { verifyHmac } from '../../../../nodes/Jofi/trigger/verification/hmac';
import {
	anySignedRequest,
	hostileEvent,
	signedRequest,
	type SignedRequestSample,
} from '../../../support/arbitraries';

type Sent = Pick<SignedRequestSample, 'headers' | 'body' | 'secret' | 'at'>;

const WRONG = { reason: 'wrong_signature' };

const verify = ({ headers, body, secret, at }: Sent, candidates = findCandidates(headers)) =>
	verifyHmac({ headers, body, receivedAt: at }, candidates, [secret]);

const timed = anySignedRequest.filter(({ isTimed }) => isTimed);

function forAll<Value>(
	values: fc.Arbitrary<Value>,
	numRuns: number,
	check: (value: Value) => void,
) {
	fc.assert(fc.property(values, check), { numRuns });
}

describe('signed by any scheme', () => {
	const anyBit = fc.tuple(anySignedRequest, fc.nat());

	test('an event is accepted', () => {
		forAll(anySignedRequest, 2000, (request) => {
			expect(verify(request)).toHaveProperty('verifiedBy');
		});
	});

	test('one flipped bit in the body is refused', () => {
		forAll(anyBit, 1000, ([request, bit]) => {
			expect(verify({ ...request, body: flipBit(request.body, bit) })).toEqual(WRONG);
		});
	});

	test('one flipped bit in the secret is refused', () => {
		forAll(anyBit, 500, ([request, bit]) => {
			const secret = Buffer.from(request.secret);
			const changed = flipBit(secret, (bit % secret.length) * 8).toString();
			expect(verify({ ...request, secret: changed })).toEqual(WRONG);
		});
	});

	test('one flipped bit in the signature is refused', () => {
		forAll(anyBit, 500, ([request, bit]) => {
			const candidates = findCandidates(request.headers)
				.filter(({ digest }) => digest.equals(request.signature))
				.map((candidate) => ({ ...candidate, digest: flipBit(candidate.digest, bit) }));
			expect(candidates).not.toEqual([]);
			expect(verify(request, candidates)).toEqual(WRONG);
		});
	});

	test('a time or an id in place of the signed one is refused', () => {
		forAll(timed, 500, (request) => {
			const { headers, before, after } = request;
			const [time = ''] = /\d{4,}.*\w/.exec(before + after) ?? [];
			const another = time.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
			const changed = Object.fromEntries(
				Object.entries(headers).map(([name, value]) => [name, value.replace(time, another)]),
			);
			expect(changed).not.toEqual(headers);
			expect(verify({ ...request, headers: changed })).toEqual(WRONG);
			if (headers['webhook-id'] === undefined) return;
			const otherId = { ...headers, 'webhook-id': `${headers['webhook-id']}x` };
			expect(verify({ ...request, headers: otherId })).toEqual(WRONG);
		});
	});
});

/**
 * Everything that can be made of a signed text without the secret: each part of it that begins like a
 * JSON object or an array, sent as the body, with what stands around it in the headers of each scheme.
 */
function* forgeries(text: string, signature: Buffer): Generator<Pick<Sent, 'headers' | 'body'>> {
	const written = signature.toString('hex');
	for (const start of [0, ...indexesOf(/[{[]/g, text)]) {
		const before = text.slice(0, start);
		const body = Buffer.from(text.slice(start));
		const [, id = '', time = before] = /^(.*?)\.(.*)\.$/s.exec(before) ?? [];
		const [, label = 'v0', labelled = time] = /^(v\d+)\W(.*?)\W$/s.exec(before) ?? [];
		for (const one of [time, labelled, before.replace(/\W$/, ''), '1770123600']) {
			const headers = { 'webhook-id': id, 'webhook-timestamp': one };
			yield { body, headers: { ...headers, 'webhook-signature': `${label}=${written}` } };
			yield { body, headers: { 'x-signature': `t=${one},${written}` } };
		}
	}
	for (const end of indexesOf(/[}\]]/g, text)) {
		const after = text.slice(end + 1);
		const headers = { 'x-signature': written, 'x-timestamp': after.replace(/^\W/, '') };
		yield { body: Buffer.from(text.slice(0, end + 1)), headers };
	}
}

describe('what is signed by one scheme never counts as something else', () => {
	test('no other event can be made of it', () => {
		forAll(signedRequest(hostileEvent), 100, (request) => {
			const { body, before, after, signature } = request;
			for (const forgery of forgeries(`${before}${body.toString()}${after}`, signature)) {
				if (!('verifiedBy' in verify({ ...request, ...forgery }))) continue;
				const parsed = parseEvent(forgery.body);
				if ('event' in parsed) expect(parsed).toEqual(parseEvent(body));
			}
		});
	});

	test('an old time never looks fresh', () => {
		const timedEvent = signedRequest(hostileEvent).filter(({ isTimed }) => isTimed);
		forAll(timedEvent, 50, ({ body, secret, at, before, after, signature }) => {
			const later = Math.floor(at / 1000 + 3600);
			for (const forgery of forgeries(`${before}${body.toString()}${after}`, signature)) {
				for (const name of ['x-other', 'x-timestamp', 'date']) {
					const headers = { ...forgery.headers, [name]: String(later) };
					const verdict = verify({ body: forgery.body, headers, secret, at: later * 1000 });
					if (!('verifiedBy' in verdict)) continue;
					expect(parseEvent(forgery.body)).not.toHaveProperty('event');
				}
			}
		});
	});

	test('the forgeries find a hole where there is one: free text as an id', () => {
		const inner = '{"type":"x"}';
		const text = `{"a":"msg.1770123600.${inner.replaceAll('"', '\\"')}"}`;
		const bodies = [...forgeries(text, Buffer.alloc(32))].map(({ body }) => body.toString());
		expect(bodies).toContain(`${inner.replaceAll('"', '\\"')}"}`);
	});
});

function indexesOf(pattern: RegExp, text: string): number[] {
	return [...text.matchAll(pattern)].map(({ index }) => index);
}

function flipBit(bytes: Buffer, bit: number): Buffer {
	const changed = Buffer.from(bytes);
	const position = Math.floor(bit / 8) % changed.length;
	changed[position] = (changed[position] ?? 0) ^ (1 << bit % 8);
	return changed;
}
