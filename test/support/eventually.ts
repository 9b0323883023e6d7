import { setTimeout as wait } from 'node:timers/promises';

/** Only what hangs takes so long. On a busy machine n8n alone may need minutes to get ready. */
export const HANG_MS = 10 * 60_000;

/**
 * Asks again and again until the answer fits.
 *
 * @param what What is waited for, as the error names it.
 * @param ask Asks once. What it throws ends the waiting at once.
 * @returns The first answer that fits.
 * @throws When the answer has not changed for ten minutes, with that answer.
 */
export async function eventually<Answer>(
	what: string,
	ask: () => Promise<Answer> | Answer,
	fits: (answer: Answer) => boolean,
): Promise<Answer> {
	const answer = await asFarAsItGets(ask, fits, HANG_MS);
	if (fits(answer)) return answer;
	const text = JSON.stringify(answer) ?? 'nothing';
	throw new Error(`Waited in vain for ${what}. The last answer: ${text.slice(0, 2000)}`);
}

/**
 * Asks again and again until the answer fits, or until nothing changes any more: for what may never come.
 *
 * @param quietMs For how long the answer must be the same to be taken for the last.
 * @returns The answer that fits, or the last.
 */
export async function asFarAsItGets<Answer>(
	ask: () => Promise<Answer> | Answer,
	fits: (answer: Answer) => boolean,
	quietMs: number,
): Promise<Answer> {
	let last = '';
	let changedAt = Date.now();
	let pause = 20;
	for (;;) {
		const answer = await ask();
		const text = JSON.stringify(answer) ?? '';
		if (text !== last) changedAt = Date.now();
		last = text;
		if (fits(answer) || Date.now() - changedAt > quietMs) return answer;
		await wait(pause);
		pause = Math.min(2 * pause, 150);
	}
}
