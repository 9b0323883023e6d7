import type { JofiEvent } from '../events/types';
import type { Item } from '../items/toItem';
import type { Refusal, SignedRequest } from './verification/verify';

/** One POST to the webhook, as it came. */
export interface Delivery extends SignedRequest {
	/** The address that it came to, as n8n sees it: behind a proxy the host may be another. */
	url: string;
	/** Resolves once n8n has answered it, whether or not the sender is still there: to true for a 2xx. */
	answered: Promise<boolean>;
}

/** Why an authentic event does not run the workflow though all is well: the user does not want it. */
export type IgnoreReason =
	| 'event_not_selected'
	| 'assessments_not_all_completed'
	| 'filtered_out'
	| 'seen_before';

/** Why a delivery is answered with an error. */
export type RejectReason =
	| Refusal
	| 'invalid_json'
	| 'not_an_event'
	| 'sent_to_another_endpoint'
	| 'event_too_old'
	| 'event_in_progress';

/** What becomes of a delivery. */
export type Outcome =
	| { kind: 'emit'; item: Item; output: number }
	| { kind: 'ignore'; reason: IgnoreReason; event: JofiEvent }
	| { kind: 'reject'; reason: RejectReason; event?: JofiEvent };
