import { asObject, asText, type JsonObject } from '../../json';
import type { BasicCredentials } from './basicAuth';
import { isBlank, withoutExtras } from './pasted';

/** What a JOFI Webhook API credential says, ready to verify with. */
export type Verification =
	| { method: 'hmac'; secrets: readonly string[]; header?: string }
	| ({ method: 'basicAuth' } & BasicCredentials);

const JOFI_API_KEY = /^\W*sk_(live|test)_/i;

/**
 * Reads a credential's fields.
 *
 * @param fields - as n8n stores them, or undefined if there is no credential
 * @returns undefined if it is missing or can't be used (`whyUnusable`)
 */
export function readVerification(fields: unknown): Verification | undefined {
	if (whyUnusable(fields) !== undefined) return undefined;
	const credential = asObject(fields);
	if (isBasicAuth(credential)) {
		return {
			method: 'basicAuth',
			username: asText(credential.username),
			password: asText(credential.password),
		};
	}
	const secrets = [asText(credential.signingSecret), asText(credential.previousSigningSecret)];
	const header = headerName(credential);
	return {
		method: 'hmac',
		// An API key is known to more people than a signing secret: it never counts as one.
		secrets: secrets.filter((secret) => !isBlank(secret) && !JOFI_API_KEY.test(secret)),
		...(header !== '' && { header }),
	};
}

/**
 * Why no delivery can be verified with a credential: a blank field, or a JOFI API key in place of the signing
 * secret.
 *
 * @param fields - as n8n stores them
 * @returns a message for the person who filled it in, or undefined if it can be used
 */
export function whyUnusable(fields: unknown): string | undefined {
	const credential = asObject(fields);
	if (isBasicAuth(credential)) {
		return blankIn('Username', credential.username) ?? blankIn('Password', credential.password);
	}
	return isBlank(asText(credential.signingSecret))
		? 'The Signing Secret is empty. Paste the secret that JOFI gave you for your webhook. If you have none yet, ask your JOFI representative.'
		: apiKeyIn('Signing Secret', credential.signingSecret);
}

/**
 * What looks like a mistake in a credential that can be used. Only a delivery can tell whether the secret is
 * JOFI's.
 *
 * @param fields - as n8n stores them
 * @returns a message for the person who filled it in, or undefined if nothing looks wrong
 */
export function findMistake(fields: unknown): string | undefined {
	const credential = asObject(fields);
	if (isBasicAuth(credential)) {
		return extrasIn('Username', credential.username) ?? extrasIn('Password', credential.password);
	}
	const { signingSecret, previousSigningSecret } = credential;
	const isHeaderName = /^[\w-]*$/.test(headerName(credential));
	return (
		apiKeyIn('Previous Signing Secret', previousSigningSecret) ??
		extrasIn('Signing Secret', signingSecret) ??
		extrasIn('Previous Signing Secret', previousSigningSecret) ??
		(isHeaderName
			? undefined
			: 'The Signature Header is not the name of a header. Enter the name alone, such as X-Signature, or leave it empty: the signature is then found by itself.')
	);
}

function blankIn(label: string, value: unknown): string | undefined {
	return isBlank(asText(value))
		? `The ${label} is empty. Enter the ${label.toLowerCase()} that you agreed on with your JOFI representative for your webhook.`
		: undefined;
}

function apiKeyIn(label: string, value: unknown): string | undefined {
	return JOFI_API_KEY.test(asText(value))
		? `The ${label} holds a JOFI API key (it starts with sk_live_ or sk_test_). JOFI signs webhooks with another secret: ask your JOFI representative for the signing secret of your webhook.`
		: undefined;
}

function extrasIn(label: string, value: unknown): string | undefined {
	const text = asText(value);
	return !isBlank(text) && withoutExtras(text) !== text
		? `The ${label} has spaces, a line break or quotes around it, probably pasted along. Events are accepted with and without them. Remove them and save again, unless they belong to it.`
		: undefined;
}

function isBasicAuth({ verificationMethod }: JsonObject): boolean {
	return verificationMethod === 'basicAuth';
}

function headerName({ signatureHeader }: JsonObject): string {
	return asText(signatureHeader).trim().replace(/:$/, '').toLowerCase();
}
