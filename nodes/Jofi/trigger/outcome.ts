import type { JofiEvent } from '../events/types';
import type { Item } from '../items/toItem';
import type { IgnoreReason, RuleRejectReason } from './rules';
import type { Refusal, SignedRequest } from './verification/verify';

/** One POST to the webhook, as it came. */
export interface Delivery extends SignedRequest {
	/** The URL that it was sent to, as n8n sees it: behind a proxy the host may be another. */
	url: string;
	/** How many parts at the end of that URL's path belong to the node. */
	ownPathParts: number;
	/** Resolves once n8n has answered it, whether or not the sender is still there: to true for a 2xx. */
	answered: Promise<boolean>;
}

/** Why a delivery is answered with an error. */
export type RejectReason =
	| Refusal
	| RuleRejectReason
	| 'invalid_json'
	| 'not_an_event'
	| 'event_in_progress'
	// Only `diagnose` finds these, for the editor.
	| 'authorization_removed'
	| 'secret_has_pasted_extras';

/** What becomes of a delivery. */
export type Outcome = { kind: 'emit'; item: Item; output: number } | NotRun;

/** What becomes of a delivery that does not run the workflow. */
export type NotRun =
	| { kind: 'ignore'; reason: IgnoreReason; event: JofiEvent; filters?: readonly string[] }
	| { kind: 'reject'; reason: RejectReason; event?: JofiEvent; headerReport?: string };
