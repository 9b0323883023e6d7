import type { JofiEvent } from '../events/types';

/** What the person who builds the workflow reads: what happened, and what to do about it. */
export interface Explanation {
	message: string;
	description: string;
}

interface ReasonDetails extends Explanation {
	status: 200 | 400 | 401 | 503;
	/** `debug` for everyday things and the internet's noise; otherwise a warning. */
	logLevel?: 'debug';
	/** The error code for the caller, if it is not the reason itself. */
	error?: string;
	/** A sentence for the caller, for 400 and 503. */
	toSender?: string;
}

const TABLE = {
	no_signature: {
		status: 401,
		logLevel: 'debug',
		message: 'A request came in without a signature, so it was refused',
		description:
			'JOFI signs every event. If this request was your own test, open the Test URL in your browser instead and choose a sample event. If JOFI sent it, ask your JOFI representative whether verification is switched on for your webhook.',
	},
	// Only `diagnose` finds this one, for the editor.
	authorization_removed: {
		status: 401,
		message: 'JOFI says that it used Basic Auth, but no username and password arrived',
		description:
			'A reverse proxy or firewall probably removes the Authorization header. It must pass it on. Or ask your JOFI representative to switch your webhook to HMAC.',
	},
	unknown_signature: {
		status: 401,
		message: 'A request came in that is signed by a scheme that this node does not know',
		description:
			'Seen: {seen}. That is no HMAC by SHA-1, SHA-256 or SHA-512. Ask your JOFI representative to sign with HMAC-SHA256, or to use Basic Auth. Send what follows “Seen:” to them and to the maintainers of this node: it holds nothing secret.',
	},
	signature_header_missing: {
		status: 401,
		message: 'The header that your credential names as Signature Header carried no signature',
		description:
			'Empty the Signature Header field in the JOFI Webhook API credential: the signature is then found by itself. Or ask your JOFI representative for the exact name of the header.',
	},
	wrong_signature: {
		status: 401,
		message: 'The signature of a request does not fit the Signing Secret in your credential',
		description:
			"Seen: {seen}. Most likely the secret is not JOFI's: copy the signing secret of this webhook from JOFI once more and paste it into the JOFI Webhook API credential. (A JOFI API key, sk_live_… or sk_test_…, is not the signing secret.) Or this node does not know JOFI's signing scheme yet: send what follows “Seen:” to your JOFI representative and to the maintainers of this node; it holds nothing secret. Or a reverse proxy changes the request: it must pass it on unchanged.",
	},
	timestamp_too_old: {
		status: 401,
		message: 'The signature is right, but it was made more than five minutes ago',
		description:
			'A late request could be a copied one, so it was refused. Ask for the event to be sent again. If this happens every time, check that the clock of your n8n server is right.',
	},
	basic_auth_sent_but_hmac_set: {
		status: 401,
		message: 'JOFI used Basic Auth, but your credential is set to HMAC',
		description:
			'Open the JOFI Webhook API credential, set Verification Method to Basic Auth and enter the username and password that JOFI uses. Or ask your JOFI representative to switch your webhook to HMAC.',
	},
	hmac_sent_but_basic_auth_set: {
		status: 401,
		message: 'JOFI signed this with HMAC, but your credential is set to Basic Auth',
		description:
			'Open the JOFI Webhook API credential, set Verification Method to HMAC and paste the signing secret that JOFI gave you. Or ask your JOFI representative to switch your webhook to Basic Auth.',
	},
	wrong_username_or_password: {
		status: 401,
		message: "The Username or Password in your credential differs from JOFI's",
		description:
			'Open the JOFI Webhook API credential and enter both exactly as your JOFI representative has them. Upper and lower case matter.',
	},
	body_unreadable: {
		status: 401,
		message: 'A request came in as a form upload, which cannot be verified',
		description:
			'JOFI sends its events as JSON. A proxy between JOFI and n8n must pass the request on unchanged.',
	},
	credential_not_usable: {
		status: 503,
		error: 'not_configured',
		message: 'The JOFI Webhook API credential is missing or not filled in',
		description:
			'Open the credential in this node, fill in the Signing Secret (or Username and Password), and save. Until then every event is refused.',
	},
	invalid_json: {
		status: 400,
		toSender: 'The body is not valid JSON.',
		message: 'The request is verified, but its body is not valid JSON',
		description:
			'JOFI sends its events as JSON. A proxy between JOFI and n8n must pass the request on unchanged. Otherwise tell your JOFI representative.',
	},
	not_an_event: {
		status: 400,
		toSender: 'The body is JSON, but not a JOFI event: it has no "type".',
		message: 'The request is verified, but it is not a JOFI event',
		description:
			'Its body is JSON without the "type" that every JOFI event has. If JOFI sent it, tell your JOFI representative.',
	},
	sent_to_another_endpoint: {
		status: 400,
		toSender: 'The event says that it was sent to another endpoint.',
		message: 'JOFI says that it sent this event to another endpoint',
		description:
			'The event names {named}. It came to {url}. Because Confirm Endpoint is on, it was refused. To accept it, ask your JOFI representative to correct the address and the verification method of your webhook, or turn Confirm Endpoint off under Options. In a test run the address is the Test URL.',
	},
	maximum_age_unreadable: {
		status: 503,
		toSender: 'The workflow does not say how old an event may be. Please send it again later.',
		message: 'Maximum Event Age is not a number, so the event was refused',
		description:
			'Open Options in this node and set Maximum Event Age to a number of minutes, or to 0 for any age. If it is an expression, look at what it gives. Until then every event is refused.',
	},
	event_too_old: {
		status: 400,
		toSender: 'The event is older than this workflow accepts.',
		message: 'The event is older than Maximum Event Age allows',
		description:
			'To accept it, raise Maximum Event Age under Options in this node, or set it to 0 for any age.',
	},
	event_in_progress: {
		status: 503,
		toSender: 'The same event is still being taken. Please send it again.',
		message: 'The same event came in twice at once, and the first one was not finished yet',
		description:
			'The first one took n8n more than ten seconds. JOFI was told to send the event again. If this happens often, your n8n server is overloaded.',
	},
	event_not_selected: {
		status: 200,
		logLevel: 'debug',
		message: 'JOFI sent “{event}”, which is not among the Events of this node',
		description:
			'To receive it, add “{event}” (or Any Event) under Events, then click “Execute step” again. JOFI was told that all is well.',
	},
	assessments_not_all_completed: {
		status: 200,
		logLevel: 'debug',
		message: 'An assessment was completed, but not all of them are yet',
		description:
			'Assessment Completed Fires is set to “When All Assessments Are Completed”. Choose “For Each Completed Assessment” to receive every one. JOFI was told that all is well.',
	},
	filter_without_value: {
		status: 200,
		message: 'JOFI sent “{event}”, but a filter of this node has no value, so nothing passes',
		description:
			'It is this filter under Filters: {filters}. Its expression gives nothing, or something that is no text, number or list. Correct it, or remove the filter to let every event through. JOFI was told that all is well.',
	},
	filtered_out: {
		status: 200,
		logLevel: 'debug',
		message: 'JOFI sent “{event}”, but your Filters hold it back',
		description:
			'Its team, custom ID or assessments are not among those under Filters, or the event does not carry them. Change or remove the filter, then click “Execute step” again. JOFI was told that all is well.',
	},
	seen_before: {
		status: 200,
		logLevel: 'debug',
		message: 'This “{event}” was received before, so it is skipped',
		description:
			'The same event came in again. To receive it each time, turn off Skip Duplicates under Options. JOFI was told that all is well.',
	},
} satisfies Record<string, ReasonDetails>;

export type Reason = keyof typeof TABLE;

/**
 * Why a delivery did not run the workflow, in the order in which the docs list the reasons. `{event}` stands
 * for the plain name of the event's type, `{seen}` for the header report, `{filters}` for labels of filters,
 * `{named}` and `{url}` for two addresses.
 */
export const REASONS: Record<Reason, ReasonDetails> = TABLE;

/** Why a delivery does not run the workflow. */
export interface NotRun {
	reason: Reason;
	/** Only of an authentic delivery. */
	event?: JofiEvent;
	/** For `{seen}` or `{filters}` in the texts, and for the log: the header report, or the labels of filters. */
	detail?: string;
}
