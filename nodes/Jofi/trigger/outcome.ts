import type { Item } from '../items/toItem';
import type { NotRun } from './reasons';
import type { SignedRequest } from './verification/verify';

/** One POST to the webhook, as it came. */
export interface Delivery extends SignedRequest {
	/** The URL that it was sent to, as n8n sees it: behind a proxy the host may be another. */
	url: string;
	/** How many parts at the end of that URL's path belong to the node: n8n puts `webhook` or `webhook-test` before. */
	ownPathParts: number;
	/** Resolves once n8n has answered it, whether or not the sender is still there: to true for a 2xx. */
	answered: Promise<boolean>;
}

/** What becomes of a delivery: an item at one of the node's outputs, or nothing, for a reason. */
export type Outcome = { item: Item; output: number } | NotRun;
