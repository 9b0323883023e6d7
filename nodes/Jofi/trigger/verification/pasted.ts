/** Without the spaces and quotes that people paste along with a secret. */
export function withoutExtras(pasted: string): string {
	return pasted
		.trim()
		.replace(/^(["'`“”‘’])(.*)["'`“”‘’]$/s, '$2')
		.trim();
}

/** Whether nothing is left without spaces and quotes: as a key, that would be the empty one, which anybody has. */
export function isBlank(pasted: string): boolean {
	return withoutExtras(pasted) === '';
}

/** The texts that a pasted one may stand for: as it is, and without the spaces and quotes around it. */
export function readingsOf(pasted: string): string[] {
	return isBlank(pasted) ? [] : [...new Set([pasted, withoutExtras(pasted)])];
}
