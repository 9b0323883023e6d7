import type { SignedParts } from './signedParts';

/**
 * The signing schemes by the text that is signed, in the order in which they are tried; `<time>` and the like
 * stand for the `SignedParts`. A new scheme is one row, and vectors in test/fixtures/hmac.
 *
 * What surrounds a body must be strict in form, and on one side of it only. Free text on both sides would let
 * the signature of a body pass for that of a part of it (SECURITY.md).
 */
export const SIGNING_SCHEMES = {
	bodyAlone: '<body>', // GitHub, Shopify and most others
	standardWebhooks: '<id>.<time>.<body>', // and Svix
	stripe: '<time>.<body>', // and Calendly, Lob, Podium
	airwallex: '<time><body>', // and Oura; SendGrid's text, but as an HMAC
	slack: '<version>:<time>:<body>', // and Zoom
	webflow: '<time>:<body>',
	bambooHr: '<body><time>',
	remote: '<body>:<time>',
	revolut: '<label>.<time>.<body>',
	comma: '<time>,<body>',
} as const;

export type SigningScheme = (typeof SIGNING_SCHEMES)[keyof typeof SIGNING_SCHEMES];

/**
 * The scheme that the headers suggest.
 *
 * @param header - the header that carries the signature, in lower case
 * @param parts - what may be signed beside the body
 */
export function likeliestScheme(header: string, { id, time }: SignedParts): SigningScheme {
	if (id !== undefined && time) return SIGNING_SCHEMES.standardWebhooks;
	return time?.header === header ? SIGNING_SCHEMES.stripe : SIGNING_SCHEMES.bodyAlone;
}

/**
 * What a scheme signs before and after the body of one request.
 *
 * @returns undefined if the request lacks a part of it
 */
export function textAround(
	scheme: SigningScheme,
	parts: SignedParts,
): { before: string; after: string } | undefined {
	const [before, after] = scheme.split('<body>').map((text) => fill(text, parts));
	return before === undefined || after === undefined ? undefined : { before, after };
}

const PLACEHOLDER = /<(time|id|label|version)>/g;

function fill(template: string, parts: SignedParts): string | undefined {
	// Most deliveries are signed over the body alone.
	if (template === '') return template;
	// Not every sender of Slack's scheme puts the version into the header.
	const texts = { ...parts, time: parts.time?.text, version: parts.label ?? 'v0' };
	let isComplete = true;
	const filled = template.replace(PLACEHOLDER, (_placeholder, part: keyof typeof texts) => {
		if (texts[part] === undefined) isComplete = false;
		return texts[part] ?? '';
	});
	return isComplete ? filled : undefined;
}

/** The signed text in words: `the body`, `<time>.<body>`. */
export function inWords(scheme: SigningScheme): string {
	return scheme === SIGNING_SCHEMES.bodyAlone ? 'the body' : scheme;
}

/** Whether the time is part of the signed text, and so can't be replaced. */
export function signsTime(scheme: SigningScheme): boolean {
	return scheme.includes('<time>');
}
