/**
 * Whether the time of a comparison tells where the first wrong byte stands: Welch's t-test over many
 * comparisons, as dudect does it (Reparaz, Balasch, Verbauwhede: "Dude, is my code constant time?").
 */
import { createHmac } from 'node:crypto';
import { isSameBasicAuth } from '../../nodes/Jofi/trigger/verification/basicAuth';
import { verifyHmac } from '../../nodes/Jofi/trigger/verification/hmac';

export interface TimingDifference {
	what: string;
	/** Welch's t between "first byte wrong" and "last byte wrong". */
	t: number;
}

/** dudect takes more than 4.5 for a sign of a difference. */
export const LARGEST_T = 4.5;

const SECRET = 'bench-signing-secret';
const BODY = Buffer.from('{"object":"event"}');
const DIGEST = createHmac('sha256', SECRET).update(BODY).digest();
const PASSWORD = 'correct horse battery staple, thirty-two and more';
// One call is too short for the clock.
const CALLS_PER_SAMPLE = 10;

/**
 * Compares both verification methods, and a naive comparison that shows that a difference would be found.
 * In: how many samples to take of each kind. Out: one row for each, the naive comparison last.
 */
export function measureTiming(samples: number): TimingDifference[] {
	return [
		{
			what: 'HMAC signature',
			t: welch(samples, DIGEST, (digest) => {
				const candidate = { digest, header: 'x-signature', value: '' };
				const request = { headers: {}, body: BODY, receivedAt: 0 };
				return () => verifyHmac(request, [candidate], [SECRET]);
			}),
		},
		{
			what: 'Basic Auth password',
			t: welch(samples, Buffer.from(PASSWORD), (bytes) => {
				const sent = { username: 'jofi', password: bytes.toString() };
				return () => isSameBasicAuth(sent, { username: 'jofi', password: PASSWORD });
			}),
		},
		{
			what: 'naive comparison',
			t: welch(samples, DIGEST, (digest) => () => isSameNaively(digest, DIGEST)),
		},
	];
}

function isSameNaively(one: Buffer, other: Buffer): boolean {
	for (let index = 0; index < one.length; index++) {
		if (one[index] !== other[index]) return false;
	}
	return true;
}

/** In: how many samples, the right value, and what compares a value that is wrong in one byte. */
function welch(
	samples: number,
	right: Buffer,
	comparing: (wrong: Buffer) => () => unknown,
): number {
	const times: [number[], number[]] = [[], []];
	for (let index = 0; index < samples * 2; index++) {
		// At random, so that nothing that repeats on the machine falls on one of them only, and a new value
		// each time: two lasting ones differ in time by where they lie in memory.
		const kind = Math.random() < 0.5 ? 0 : 1;
		const wrong = Buffer.from(right);
		const position = kind === 0 ? 0 : wrong.length - 1;
		wrong[position] = (wrong[position] ?? 0) ^ 1;
		const compare = comparing(wrong);
		const startedAt = process.hrtime.bigint();
		for (let call = 0; call < CALLS_PER_SAMPLE; call++) compare();
		times[kind].push(Number(process.hrtime.bigint() - startedAt));
	}
	// What the machine did in between makes the longest times, and hides the rest: dudect leaves them out.
	const limit = quantile(times.flat(), 0.9);
	const [first, second] = times.map((all) => statistics(all.filter((time) => time <= limit)));
	if (!first || !second) throw new Error('No samples');
	return (
		(first.mean - second.mean) /
		Math.sqrt(first.variance / first.count + second.variance / second.count)
	);
}

function statistics(values: number[]) {
	const count = values.length;
	const mean = values.reduce((sum, value) => sum + value, 0) / count;
	const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
	return { count, mean, variance };
}

function quantile(values: number[], share: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length * share)] ?? NaN;
}
