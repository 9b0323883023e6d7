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

/** A new array with the same elements in random order. */
export function shuffled<Element>(elements: readonly Element[]): Element[] {
	return randomOrders(elements, 1)[0] ?? [];
}

/**
 * So many random orders of the elements, which follow from Jest's seed: Jest says it at the end, and
 * `npx jest --seed=…` gives the same orders again.
 */
export function randomOrders<Element>(elements: readonly Element[], count: number): Element[][] {
	const { length } = elements;
	const orders = fc.shuffledSubarray([...elements], { minLength: length, maxLength: length });
	return fc.sample(orders, { numRuns: count, seed: jest.getSeed() });
}
