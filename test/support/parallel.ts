import fc from 'fast-check';

/** Starts the jobs in their order, at most `concurrency` at a time, and waits for all. */
export async function inParallel<Job>(
	jobs: readonly Job[],
	concurrency: number,
	work: (job: Job) => Promise<void>,
): Promise<void> {
	const waiting = jobs.values();
	await Promise.all(
		Array.from({ length: concurrency }, async () => {
			for (const job of waiting) await work(job);
		}),
	);
}

/**
 * A new array with the same elements in another order, which follows from Jest's seed: Jest says it at the
 * end, and `npx jest --seed=…` gives the same order again.
 */
export function shuffled<Element>(elements: readonly Element[]): Element[] {
	const { length } = elements;
	const permutation = fc.shuffledSubarray([...elements], { minLength: length, maxLength: length });
	return fc.sample(permutation, { numRuns: 1, seed: jest.getSeed() })[0] ?? [];
}
