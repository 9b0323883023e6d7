import { eventName } from '../events/catalogue';
import { asObject } from '../json';
import type { IgnoreReason, Outcome, RejectReason } from './receive';

/** What the caller gets. */
export interface Answer {
	status: number;
	body: Record<string, unknown>;
	headers: Record<string, string>;
}

/** What the person who builds the workflow reads: what happened, and what to do about it. */
export interface Explanation {
	message: string;
	description: string;
}

type NotRun = Exclude<Outcome, { kind: 'emit' }>;

const UNAUTHORIZED: Answer = {
	status: 401,
	body: { error: 'unauthorized' },
	// RFC 9110 asks for a challenge with every 401. It is the same whatever the credential says, so that
	// it gives nothing away.
	headers: { 'WWW-Authenticate': 'Basic realm="JOFI"' },
};

/** The answer to a delivery that does not run the workflow. */
export function answerTo(outcome: NotRun): Answer {
	if (outcome.kind === 'ignore') {
		return { status: 200, body: { received: true, ignored: outcome.reason }, headers: {} };
	}
	switch (outcome.reason) {
		case 'credential_not_usable':
			return { status: 503, body: { error: 'not_configured' }, headers: {} };
		case 'invalid_json':
			return badRequest('invalid_json', 'The body is not valid JSON.');
		case 'not_an_event':
			return badRequest(
				'not_an_event',
				'The body is JSON, but not a JOFI event: it has no "type".',
			);
		case 'event_too_old':
			return badRequest('event_too_old', 'The event is older than this workflow accepts.');
		default:
			return UNAUTHORIZED;
	}
}

function badRequest(error: string, message: string): Answer {
	return { status: 400, body: { error, message }, headers: {} };
}

const REJECTED: Record<RejectReason, Explanation> = {
	no_signature: {
		message: 'A request came in without a signature, so it was refused',
		description:
			'JOFI signs every event. If this request was your own test, open the Test URL in your browser instead and choose a sample event. If JOFI sent it, ask your JOFI representative whether verification is switched on for your webhook.',
	},
	signature_header_missing: {
		message: 'The header that your credential names as Signature Header carried no signature',
		description:
			'Empty the Signature Header field in the JOFI Webhook API credential: the signature is then found by itself. Or ask your JOFI representative for the exact name of the header.',
	},
	wrong_signature: {
		message: "The Signing Secret in your credential differs from JOFI's",
		description:
			'The request is signed, but not with this secret. Copy the signing secret of this webhook from JOFI once more and paste it into the JOFI Webhook API credential. A JOFI API key (sk_live_… or sk_test_…) is not the signing secret. If the secret is right, something between JOFI and n8n, such as a reverse proxy, may have changed the request: it must pass it on unchanged.',
	},
	secret_has_pasted_extras: {
		message: 'The Signing Secret in your credential has spaces or quotes pasted along',
		description:
			"Without them it is JOFI's secret. Open the JOFI Webhook API credential, remove the spaces, line breaks or quotes around the Signing Secret, and save.",
	},
	timestamp_too_old: {
		message: 'The signature is right, but it was made more than five minutes ago',
		description:
			'A late request could be a copied one, so it was refused. Ask for the event to be sent again. If this happens every time, check that the clock of your n8n server is right.',
	},
	basic_auth_sent_but_hmac_set: {
		message: 'JOFI used Basic Auth, but your credential is set to HMAC',
		description:
			'Open the JOFI Webhook API credential, set Verification Method to Basic Auth and enter the username and password that JOFI uses. Or ask your JOFI representative to switch your webhook to HMAC.',
	},
	hmac_sent_but_basic_auth_set: {
		message: 'JOFI signed this with HMAC, but your credential is set to Basic Auth',
		description:
			'Open the JOFI Webhook API credential, set Verification Method to HMAC and paste the signing secret that JOFI gave you. Or ask your JOFI representative to switch your webhook to Basic Auth.',
	},
	wrong_username_or_password: {
		message: "The Username or Password in your credential differs from JOFI's",
		description:
			'Open the JOFI Webhook API credential and enter both exactly as your JOFI representative has them. Upper and lower case matter.',
	},
	body_unreadable: {
		message: 'A request came in as a form upload, which cannot be verified',
		description:
			'JOFI sends its events as JSON. If something stands between JOFI and n8n, it must pass the request on unchanged.',
	},
	credential_not_usable: {
		message: 'The JOFI Webhook API credential is missing or not filled in',
		description:
			'Open the credential in this node, fill in the Signing Secret (or Username and Password), and save. Until then every event is refused.',
	},
	invalid_json: {
		message: 'The request is verified, but its body is not valid JSON',
		description:
			'JOFI sends its events as JSON. If something stands between JOFI and n8n, it must pass the request on unchanged. Otherwise tell your JOFI representative.',
	},
	not_an_event: {
		message: 'The request is verified, but it is not a JOFI event',
		description:
			'Its body is JSON without the "type" that every JOFI event has. If JOFI sent it, tell your JOFI representative.',
	},
	event_too_old: {
		message: 'The event is older than Maximum Event Age allows',
		description:
			'To accept it, raise Maximum Event Age under Options in this node, or set it to 0 for any age.',
	},
};

const IGNORED: Record<IgnoreReason, (event: string) => Explanation> = {
	event_not_selected: (event) => ({
		message: `JOFI sent “${event}”, which is not among the Events of this node`,
		description: `To receive it, add “${event}” (or Any Event) under Events, then click “Execute step” again. JOFI was told that all is well.`,
	}),
	assessments_not_all_completed: () => ({
		message: 'An assessment was completed, but not all of them are yet',
		description:
			'Assessment Completed Fires is set to “When All Assessments Are Completed”. Choose “For Each Completed Assessment” to receive every one. JOFI was told that all is well.',
	}),
	filtered_out: (event) => ({
		message: `JOFI sent “${event}”, but your Filters hold it back`,
		description:
			'Its team, custom ID or assessments are not among those under Filters, or the event does not carry them. Change or remove the filter, then click “Execute step” again. JOFI was told that all is well.',
	}),
	seen_before: (event) => ({
		message: `This “${event}” was received before, so it is skipped`,
		description:
			'The same event came in again. To receive it each time, turn off Skip Duplicates under Options. JOFI was told that all is well.',
	}),
};

/** Every reason there is, in the order in which the docs list them. */
export const REJECT_REASONS = Object.keys(REJECTED) as RejectReason[];
export const IGNORE_REASONS = Object.keys(IGNORED) as IgnoreReason[];

/**
 * Puts into words why a delivery did not run the workflow.
 *
 * In: the outcome, and the raw body if there is one. Its `webhook_verification_method` only helps to
 * word the explanation, since nothing has verified it. Out: fixed sentences that hold no secret,
 * signature or data of a person; at most the plain name of the event's type.
 */
export function explain(outcome: NotRun, body: Buffer | undefined): Explanation {
	if (outcome.kind === 'ignore') {
		return IGNORED[outcome.reason](eventName(outcome.event.type) ?? 'an event without a type');
	}
	if (outcome.reason === 'no_signature' && saysBasicAuth(body)) {
		return {
			message: 'JOFI says that it used Basic Auth, but no username and password arrived',
			description:
				'Something between JOFI and n8n (a reverse proxy, a firewall) probably removes the Authorization header. It must pass it on. If you want HMAC instead, ask your JOFI representative to switch your webhook.',
		};
	}
	return REJECTED[outcome.reason];
}

function saysBasicAuth(body: Buffer | undefined): boolean {
	try {
		const method = asObject(JSON.parse((body ?? '').toString())).webhook_verification_method;
		return typeof method === 'string' && method.toLowerCase().includes('basic');
	} catch {
		return false;
	}
}
