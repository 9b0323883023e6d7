/** docs/signing.md: the ways to sign that are known, and what became of the published ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCandidates } from '../nodes/Jofi/trigger/verification/candidates';
import { verifyHmac } from '../nodes/Jofi/trigger/verification/hmac';
import { inWords, SIGNING_SCHEMES } from '../nodes/Jofi/trigger/verification/signingSchemes';

interface Scheme {
	provider: string;
	/** Why it is not accepted. */
	leftOut?: string;
}

interface Signed {
	now: number;
	body: string;
	usual: Record<string, string>;
	deliveries: Array<{ provider: string; secret: string; headers: Record<string, string> }>;
}

const fixture = (name: string): unknown =>
	JSON.parse(readFileSync(join(__dirname, '../test/fixtures/hmac', name), 'utf8'));

/** The text of docs/signing.md. */
export function signingPage(): string {
	const { now, body, usual, deliveries } = fixture('signed.json') as Signed;
	const schemes = fixture('schemes.json') as Scheme[];
	const whyLeftOut = (provider: string) =>
		schemes.find((scheme) => scheme.provider === provider)?.leftOut ?? '**unexpected**';
	const verified = deliveries.map(({ provider, secret, headers: own }) => {
		const headers = Object.fromEntries(
			Object.entries({ ...usual, ...own }).map(([name, value]) => [name.toLowerCase(), value]),
		);
		const request = { headers, body: Buffer.from(body, 'base64'), receivedAt: now * 1000 };
		const verdict = verifyHmac(request, findCandidates(headers), [secret]);
		return { provider, verifiedBy: 'verifiedBy' in verdict ? verdict.verifiedBy : undefined };
	});
	const accepted = verified.filter(({ verifiedBy }) => verifiedBy !== undefined);
	const refused = verified.filter(({ verifiedBy }) => verifiedBy === undefined);
	const rows = Object.values(SIGNING_SCHEMES).map((scheme) => {
		const providers = accepted.filter(
			({ verifiedBy }) =>
				verifiedBy?.match(/ over (.*?)(?:, with the time|$)/)?.[1] === inWords(scheme),
		);
		return `| ${inWords(scheme) === 'the body' ? inWords(scheme) : `\`${inWords(scheme)}\``} | ${providers.map(({ provider }) => provider.replaceAll('<', '&lt;')).join('; ') || 'none of these'} |`;
	});
	return `# How a delivery may be signed

JOFI says that it signs with HMAC, and does not say how. So the JOFI Trigger tries all usual ways, with nothing to set up but the secret. Nobody without the secret can make a signature in any of them. To see which one JOFI uses, switch on **Include Delivery Details** under Options: the column \`verified_by\` says it in words.

- **Header:** any, or the one that the credential names as Signature Header. Several signatures in one header, or in several, are all tried.
- **Hash:** HMAC with SHA-1, SHA-256 or SHA-512.
- **Written** as hexadecimal digits in either letter case, base64 or base64url, with or without something in front such as \`sha256=\`, \`v1=\`, \`1/SHA256/\` or a scheme word. SHA-1 in base64 needs its \`=\`. Hexadecimal digits inside base64 are read too.
- **Secret:** the text as it is. If it plainly is 64 hexadecimal digits, base64 of 32 or 64 bytes, or \`whsec_\` and base64, the bytes that it stands for are tried as well.
- **Time:** Unix seconds (10 digits) or milliseconds (13), ISO 8601, or the date of HTTP. It may stand beside the signature (\`t=\`, \`ts=\`, \`time=\`, \`timestamp=\`, \`v=\`, or bare digits), in \`<…>timestamp\` beside \`<…>signature\`, or in the only header that is named timestamp, date or time. A signed time may be five minutes off. A time that is not signed proves nothing, and is not looked at.

## Published schemes

${deliveries.length} schemes were collected, ${deliveries.filter(({ provider }) => provider.startsWith('JOFI')).length} of which JOFI might use; the others are from their providers' documentation (\`test/fixtures/hmac/schemes.json\`, with the sources). **${accepted.length} are accepted** with nothing but the secret. \`test/e2e/signing.test.ts\` sends them all to a real n8n.

| What is signed | Accepted from |
| --- | --- |
${rows.join('\n')}

${refused.length} are refused:

| Provider | Why |
| --- | --- |
${refused.map(({ provider }) => `| ${provider} | ${whyLeftOut(provider)} |`).join('\n')}

Refused too: signatures by MD5, by a key pair (ECDSA as Twilio SendGrid's, RSA, Ed25519), JSON Web Tokens, and \`<id><time><body>\` without separators, where an old delivery could be made to look new.

A body of more than 2 MB is tried in fewer ways, the likeliest first: at most 16 MB are hashed for each key. JOFI's events have some kilobytes.
`;
}
