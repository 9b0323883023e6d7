import { asText, type JsonObject } from '../json';

/**
 * Compares an account with the URL that JOFI should send its events to. JOFI sends only if `webhooks_enabled`
 * is true and `webhook_endpoint` holds a valid live URL.
 *
 * @param account - JOFI's answer to GET /accounts
 * @param productionUrl - of the JOFI Trigger
 * @returns a row with `is_ok`, `problem` in words (null if there is none) and what was compared
 */
export function checkWebhook(account: JsonObject, productionUrl: string): JsonObject {
	const problems = problemsOf(account, productionUrl);
	return {
		is_ok: problems.length === 0,
		problem: problems.length === 0 ? null : problems.join(' '),
		production_url: productionUrl,
		webhook_endpoint: account.webhook_endpoint ?? null,
		webhooks_enabled: account.webhooks_enabled ?? null,
		account_id: account.id ?? null,
		account_name: account.display_name ?? null,
		mode: account.mode ?? null,
	};
}

function problemsOf(account: JsonObject, productionUrl: string): string[] {
	if (account.mode === 'test') {
		return [
			'This is a test key (sk_test_…): JOFI returns an invented account, which says nothing about your webhook. Choose a JOFI API credential with a live key.',
		];
	}
	const wanted = normalized(productionUrl);
	if (wanted === undefined || !wanted.startsWith('http')) {
		return [
			'The Production URL is empty or no URL. Copy it from the JOFI Trigger: Webhook URLs, then Production URL.',
		];
	}
	const problems: string[] = [];
	if (/\/webhook-test\//.test(wanted)) {
		problems.push(
			'The URL given is a Test URL, which only works while the editor listens. Use the Production URL of the JOFI Trigger.',
		);
	}
	const endpoint = asText(account.webhook_endpoint).trim();
	if (endpoint === '') {
		problems.push(
			'JOFI has no webhook URL for this account, or one that is not valid. Send the Production URL to your JOFI representative.',
		);
	} else if (normalized(endpoint) !== wanted) {
		problems.push(
			`JOFI sends the events of this account to another URL: ${endpoint}. If they should come here, send the Production URL to your JOFI representative.`,
		);
	}
	if (account.webhooks_enabled !== true) {
		problems.push(
			'Webhooks are not enabled for this account, so JOFI sends no events. Ask your JOFI representative to enable them.',
		);
	}
	return problems;
}

/** The same text for all spellings of a URL: the host in lower case, no slash at the end. */
function normalized(text: string): string | undefined {
	try {
		return new URL(text).href.replace(/\/$/, '');
	} catch {
		return undefined;
	}
}
