import { asObject, asText } from '../../json';
import type { BasicCredentials } from './basicAuth';

/** What a JOFI Webhook API credential says, ready to verify with. */
export type Verification =
	| { method: 'hmac'; secrets: readonly string[]; header?: string }
	| ({ method: 'basicAuth' } & BasicCredentials);

/** Something wrong with a credential, in words for the person who filled it in. */
export interface CredentialProblem {
	/** Whether deliveries can't be verified at all like this. Otherwise it only looks like a slip. */
	isUnusable: boolean;
	message: string;
}

const JOFI_API_KEY = /^\s*["']?sk_(live|test)_/i;

/**
 * Reads a credential's fields.
 *
 * @param fields - as n8n stores them, or undefined if there is no credential
 * @returns undefined if it is missing or can't be used: a blank field, or a JOFI API key in place of the
 * signing secret
 */
export function readVerification(fields: unknown): Verification | undefined {
	const credential = asObject(fields);
	if (findProblems(credential).some((problem) => problem.isUnusable)) return undefined;
	if (credential.verificationMethod === 'basicAuth') {
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
 * The first common mistake in a credential: a blank field, an API key in place of the signing secret, spaces or
 * quotes pasted along. Those that make it unusable come first.
 *
 * @param fields - as n8n stores them
 * @returns undefined if nothing looks wrong. Only a delivery can tell whether the secret is JOFI's
 */
export function findProblem(fields: unknown): CredentialProblem | undefined {
	const problems = findProblems(asObject(fields));
	return problems.find((problem) => problem.isUnusable) ?? problems[0];
}

/** The text without the spaces and quotes that get pasted along with a secret. */
export function withoutPastedExtras(secret: string): string {
	return secret
		.trim()
		.replace(/^(["'`“”‘’])(.*)["'`“”‘’]$/s, '$2')
		.trim();
}

function findProblems(credential: Record<string, unknown>): CredentialProblem[] {
	const problems: CredentialProblem[] = [];
	const add = (isUnusable: boolean, message: string) => problems.push({ isUnusable, message });
	const checkExtras = (label: string, value: string) => {
		if (isBlank(value) || withoutPastedExtras(value) === value) return;
		add(
			false,
			`The ${label} has spaces, a line break or quotes around it, probably pasted along. Remove them and save again.`,
		);
	};

	if (credential.verificationMethod === 'basicAuth') {
		for (const label of ['Username', 'Password']) {
			const value = asText(credential[label.toLowerCase()]);
			if (isBlank(value)) {
				add(
					true,
					`The ${label} is empty. Enter the ${label.toLowerCase()} that you agreed on with your JOFI representative for your webhook.`,
				);
			}
			checkExtras(label, value);
		}
		return problems;
	}

	const secret = asText(credential.signingSecret);
	const previous = asText(credential.previousSigningSecret);
	if (isBlank(secret)) {
		add(
			true,
			'The Signing Secret is empty. Paste the secret that JOFI gave you for your webhook. If you have none yet, ask your JOFI representative.',
		);
	}
	if (JOFI_API_KEY.test(secret)) add(true, apiKeyIn('Signing Secret'));
	if (JOFI_API_KEY.test(previous)) add(false, apiKeyIn('Previous Signing Secret'));
	checkExtras('Signing Secret', secret);
	checkExtras('Previous Signing Secret', previous);
	if (/[^\w-]/.test(headerName(credential))) {
		add(
			false,
			'The Signature Header is not the name of a header. Enter the name alone, such as X-Signature, or leave it empty: the signature is then found by itself.',
		);
	}
	return problems;
}

function headerName(credential: Record<string, unknown>): string {
	return asText(credential.signatureHeader).trim().replace(/:$/, '').toLowerCase();
}

function apiKeyIn(label: string): string {
	return `The ${label} holds a JOFI API key (it starts with sk_live_ or sk_test_). JOFI signs webhooks with another secret: ask your JOFI representative for the signing secret of your webhook.`;
}

function isBlank(value: string): boolean {
	return value.trim() === '';
}
