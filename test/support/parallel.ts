/** Does all jobs, so many at once, in their order. In: the jobs, how many at once, and what to do with each. */
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

/** A new array with the same elements in random order (Fisher and Yates). */
export function shuffled<Element>(elements: readonly Element[]): Element[] {
	const all = [...elements];
	for (let last = all.length - 1; last > 0; last--) {
		const chosen = Math.floor(Math.random() * (last + 1));
		[all[last], all[chosen]] = [all[chosen] as Element, all[last] as Element];
	}
	return all;
}
