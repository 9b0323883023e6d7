import { asText } from '../json';

/**
 * What people get wrong when they fill in an API key, in words for them.
 *
 * @param key - the field of the credential
 * @returns undefined if nothing looks wrong; only JOFI can tell whether it knows the key
 */
export function findKeyProblem(key: unknown): string | undefined {
	const text = asText(key);
	if (text.trim() === '') {
		return 'The API Key is empty. Paste the key that you got from your JOFI representative: it starts with sk_live_ or sk_test_.';
	}
	if (/^["'`“”‘’]|["'`“”‘’]$|\s/.test(text)) {
		return 'The API Key has spaces, a line break or quotes in it, probably pasted along. Remove them and save again.';
	}
	if (text.startsWith('whsec_')) {
		return 'This looks like the signing secret of a webhook, not like an API key. The signing secret belongs in a JOFI Webhook API credential; an API key starts with sk_live_ or sk_test_.';
	}
	// Anything else could not be sent in a header.
	if (!/^[\x21-\x7e]+$/.test(text)) {
		return 'The API Key has characters in it that no key has. Copy it once more and save again.';
	}
	return undefined;
}
