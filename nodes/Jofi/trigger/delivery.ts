import type { Headers } from './verification/candidates';

/** One POST to the webhook, as it came. */
export interface Delivery {
	/** The URL that it was sent to, as n8n sees it: behind a proxy the host may be another. */
	url: string;
	/** How many parts at the end of that URL's path belong to the node: n8n puts `webhook` or `webhook-test` before. */
	ownPathParts: number;
	headers: Headers;
	/** The bytes as they were sent; undefined if n8n could not provide them (multipart). */
	body: Buffer | undefined;
	/** Milliseconds since 1970. */
	receivedAt: number;
	/** Resolves once n8n has answered it, whether or not the sender is still there: to true for a 2xx. */
	answered: Promise<boolean>;
}

/** The part of a delivery that decides whether it is authentic. */
export type SignedRequest = Pick<Delivery, 'headers' | 'body' | 'receivedAt'>;
