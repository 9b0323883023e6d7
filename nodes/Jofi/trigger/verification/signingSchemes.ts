import type { Parts } from './parts';

/** A way to sign: what stands in front of the body in the signed text, and what behind it. */
export interface Way {
	before: string;
	after: string;
}

/**
 * The ways to sign, in the order in which they are tried; `<time>` and the like stand for the `Parts`,
 * which `parts.ts` finds in the headers. A new way is one row, and vectors in test/fixtures/hmac.
 *
 * What stands around a body must be strict in form, and on one side of it only. Free text on both sides
 * would let a signature stand for a part of the body that it was made for (SECURITY.md).
 */
export const WAYS = {
	bodyAlone: { before: '', after: '' }, // GitHub, Shopify and most others
	standardWebhooks: { before: '<id>.<time>.', after: '' }, // and Svix
	stripe: { before: '<time>.', after: '' }, // and Calendly, Lob, Podium
	sendGrid: { before: '<time>', after: '' }, // its text, and Airwallex, Oura
	slack: { before: '<version>:<time>:', after: '' }, // and Zoom
	webflow: { before: '<time>:', after: '' },
	bambooHr: { before: '', after: '<time>' },
	remote: { before: '', after: ':<time>' },
	revolut: { before: '<label>.<time>.', after: '' },
	comma: { before: '<time>,', after: '' },
} as const satisfies Record<string, Way>;

/**
 * The way that the headers point to. It is tried before the body alone, and all others after that.
 *
 * @param header - the header that carries the signature, in lower case
 * @param parts - what stands close to it
 */
export function likeliestWay(header: string, { id, time }: Parts): Way {
	if (id !== undefined && time) return WAYS.standardWebhooks;
	return time?.header === header ? WAYS.stripe : WAYS.bodyAlone;
}

/**
 * What one way puts around the body of one request.
 *
 * @returns undefined if the request lacks a part of it
 */
export function textAround(way: Way, parts: Parts): Way | undefined {
	const before = fill(way.before, parts);
	const after = fill(way.after, parts);
	return before === undefined || after === undefined ? undefined : { before, after };
}

/** The signed text of a way, in words: `the body`, `<time>.<body>`. */
export function inWords({ before, after }: Way): string {
	return before + after === '' ? 'the body' : `${before}<body>${after}`;
}

/** Whether the time is part of the signed text, and so can't be replaced. */
export function signsTime({ before, after }: Way): boolean {
	return (before + after).includes('<time>');
}

const PLACEHOLDER = /<(time|id|label|version)>/g;

function fill(template: string, parts: Parts): string | undefined {
	if (template === '') return template;
	const texts = { ...parts, time: parts.time?.text };
	let isComplete = true;
	const filled = template.replace(PLACEHOLDER, (_placeholder, part: keyof Parts) => {
		const text = texts[part];
		if (text === undefined) isComplete = false;
		return text ?? '';
	});
	return isComplete ? filled : undefined;
}
