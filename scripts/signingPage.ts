/** docs/signing.md: the signing schemes that are known, and which published ones are accepted. */
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

const MOST_EXAMPLES = 5;

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
		const text = inWords(scheme);
		const examples = providers
			.map(({ provider }) => provider)
			.filter((provider) => !provider.startsWith('JOFI'))
			.slice(0, MOST_EXAMPLES);
		return `| ${text === 'the body' ? text : `\`${text}\``} | ${providers.length} | ${examples.join(', ')} |`;
	});
	return `# How a delivery may be signed

JOFI says that it signs with HMAC, and does not say how. So the JOFI Trigger tries all usual signing schemes, with only the secret to set up ([why that is safe](../SECURITY.md#why-many-signing-schemes-are-as-safe-as-one)). To see which one JOFI uses, switch on **Include Delivery Details** under Options: the column \`verified_by\` names it.

- **Header:** any, or the one that the credential names as Signature Header. Several signatures in one header, or in several, are all tried.
- **Hash:** HMAC with SHA-1, SHA-256 or SHA-512.
- **Encoding:** hex in either letter case, base64, base64url or hex in base64, with or without a prefix such as \`sha256=\`, \`v1=\`, \`1/SHA256/\` or a scheme word. SHA-1 in base64 needs its \`=\`.
- **Secret:** the text as it is, and the decoded bytes if it is 64 hex digits, base64 of 32 or 64 bytes, or \`whsec_\` and base64.
- **Time:** Unix seconds or milliseconds, ISO 8601, or HTTP's date, beside the signature (\`t=\`, \`ts=\`, \`time=\`, \`timestamp=\`, \`v=\`, or bare digits), in \`<…>timestamp\` beside \`<…>signature\`, or in the only header that is named timestamp, date or time. A signed time may be five minutes off.

## Published schemes

Of ${deliveries.length} schemes in \`test/fixtures/hmac/schemes.json\` (from their providers' documentation, and ${deliveries.filter(({ provider }) => provider.startsWith('JOFI')).length} that JOFI might use), **${accepted.length} are accepted**. \`test/e2e/signing.test.ts\` sends them all to a real n8n.

| What is signed | Accepted | For example |
| --- | --- | --- |
${rows.join('\n')}

${refused.length} are refused:

| Provider | Why |
| --- | --- |
${refused.map(({ provider }) => `| ${provider} | ${whyLeftOut(provider)} |`).join('\n')}

Refused too: signatures by MD5, by a key pair (ECDSA as Twilio SendGrid's, RSA, Ed25519), JSON Web Tokens, and \`<id><time><body>\` without separators, where an old delivery could be made to look new.

For a body of more than 2 MB fewer schemes are tried, the likeliest first: at most 16 MB are hashed for each key.
`;
}
