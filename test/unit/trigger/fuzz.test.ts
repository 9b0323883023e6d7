/**
 * Random deliveries and settings against the whole way from raw bytes to an item. `npm run test:fuzz` runs
 * many more of them than the usual tests, and says how long the slowest took.
 */
import fc from 'fast-check';
import type { Delivery } from '../../../nodes/Jofi/trigger/delivery';
import { REASONS } from '../../../nodes/Jofi/trigger/reasons';
import { receive, type Outcome } from '../../../nodes/Jofi/trigger/receive';
import { SeenEvents } from '../../../nodes/Jofi/trigger/seenEvents';
import type { Verification } from '../../../nodes/Jofi/trigger/verification/credential';
import { anyBody, anyHeaders, anySignedRequest } from '../../support/arbitraries';
import { delivery, filters, fixedSource, settings } from '../../support/delivery';
import { EVENT_TYPES } from '../../support/jofi';

const IS_LONG = process.env.FUZZ === 'long';
const RUNS = IS_LONG ? 80_000 : 2_000;

const anyList = fc.oneof(fc.string({ maxLength: 20 }), fc.anything({ maxDepth: 1 }));
const anySettings = fc
	.record({
		events: fc.subarray(['*', 'report.sent', ...EVENT_TYPES]),
		assessmentCompletion: fc.constantFrom('each' as const, 'all' as const),
		simplify: fc.boolean(),
		separateOutputs: fc.boolean(),
		filters: fc.oneof(
			{ weight: 3, arbitrary: fc.constant(settings().filters) },
			fc
				.record({ teams: anyList, customIds: anyList, assessments: anyList }, { requiredKeys: [] })
				.map(filters),
		),
		dateFormat: fc.constantFrom('iso' as const, 'spreadsheet' as const),
		includeRawEvent: fc.boolean(),
		skipDuplicates: fc.boolean(),
		maxEventAgeMinutes: fc.oneof(fc.constant(0), fc.integer({ min: -5, max: 100 })),
	})
	.map(settings);

let slowest = 0;

afterAll(() => {
	if (IS_LONG) process.stderr.write(`The slowest delivery took ${slowest.toFixed(1)} ms.\n`);
});

async function timed(
	request: Partial<Delivery>,
	chosen: ReturnType<typeof settings>,
	verification: Verification | undefined,
): Promise<Outcome> {
	const startedAt = performance.now();
	const source = fixedSource(verification);
	const outcome = await receive(delivery(request), source, () => chosen, new SeenEvents());
	slowest = Math.max(slowest, performance.now() - startedAt);
	return outcome;
}

test('what is not signed never emits, and nothing throws', async () => {
	const verification = fc.constantFrom<Array<Verification | undefined>>(
		{ method: 'hmac', secrets: ['a secret'] },
		{ method: 'hmac', secrets: ['a secret', 'an older one'], header: 'x-jofi-signature' },
		{ method: 'basicAuth', username: 'jofi', password: 'a password' },
		undefined,
	);
	await fc.assert(
		fc.asyncProperty(
			anyHeaders,
			fc.option(anyBody, { nil: undefined }),
			anySettings,
			verification,
			async (headers, body, chosen, by) => {
				expect([401, 503]).toContain(answerOf(await timed({ headers, body }, chosen, by)));
			},
		),
		{ numRuns: RUNS },
	);
});

/** The status of a delivery that runs nothing. */
function answerOf(outcome: Outcome): 'run' | number {
	return 'item' in outcome ? 'run' : REASONS[outcome.reason].status;
}

test('what is signed is emitted, or there is a reason for it that the sender or the user knows', async () => {
	const counts: Record<string | number, number> = { run: 0, 200: 0, 400: 0 };
	await fc.assert(
		fc.asyncProperty(anySignedRequest, anySettings, async (request, chosen) => {
			const { headers, body, at, secret } = request;
			const by = { method: 'hmac', secrets: [secret] } as const;
			const outcome = await timed({ headers, body, receivedAt: at }, chosen, by);
			const answer = answerOf(outcome);
			expect(counts).toHaveProperty([answer]);
			counts[answer] = (counts[answer] ?? 0) + 1;
			if ('item' in outcome) {
				expect(() => JSON.stringify(outcome.item)).not.toThrow();
				expect(outcome.output).toBeLessThan(chosen.separateOutputs ? EVENT_TYPES.length + 2 : 1);
			}
		}),
		{ numRuns: RUNS },
	);
	// The test says nothing of an outcome that does not come about.
	if (IS_LONG) process.stderr.write(`Signed deliveries: ${JSON.stringify(counts)}\n`);
	for (const count of Object.values(counts)) expect(count).toBeGreaterThan(RUNS / 50);
});

test('one changed byte of what is signed, and nothing is emitted', async () => {
	const anyByte = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
	await fc.assert(
		fc.asyncProperty(anySignedRequest, anyByte, async (request, [position, change]) => {
			const { headers, secret, at } = request;
			const body = Buffer.from(request.body);
			const index = position % body.length;
			body[index] = (body[index] ?? 0) ^ change;
			const by = { method: 'hmac', secrets: [secret] } as const;
			const outcome = await timed({ headers, body, receivedAt: at }, settings(), by);
			expect(outcome).toMatchObject({ reason: 'wrong_signature' });
		}),
		{ numRuns: RUNS },
	);
});
