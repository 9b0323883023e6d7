import type { JofiEvent } from '../events/types';
import { asText } from '../json';
import type { Verification } from './verification/credential';

/** The last part of n8n's own name for its Test URLs; that of Production URLs has none. */
const TEST = /-test$/;

/**
 * Whether an event says that JOFI sent it to another endpoint, or verified by another method, than it came
 * by. JOFI puts `webhook_url` and `webhook_verification_method` into events for this comparison. What is
 * absent, or in no form that was expected, says nothing.
 *
 * @param event - an authentic event
 * @param url - the address that it came to, as n8n sees it
 * @param method - how it was verified
 */
export function namesAnotherEndpoint(
	event: JofiEvent,
	url: string,
	method: Verification['method'],
): boolean {
	return (
		isAnotherAddress(asText(event.webhook_url), url) ||
		isAnotherMethod(asText(event.webhook_verification_method), method)
	);
}

/**
 * Compares the paths from their end, `…/webhook/<id>/webhook`: a reverse proxy may change the host and what
 * stands in front. It may even rename n8n's `webhook`, so there only the difference to `webhook-test` counts.
 */
function isAnotherAddress(named: string, own: string): boolean {
	const [namedKind, ...namedEnd] = endOfPath(named) ?? [];
	const [ownKind, ...ownEnd] = endOfPath(own) ?? [];
	if (namedKind === undefined || ownKind === undefined) return false;
	return namedEnd.join('/') !== ownEnd.join('/') || TEST.test(namedKind) !== TEST.test(ownKind);
}

/** The last three parts of a path, or of a shorter one what there is behind empty ones. */
function endOfPath(url: string): string[] | undefined {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
	const parts = new URL(url).pathname.split('/').filter((part) => part !== '');
	return ['', '', '', ...parts].slice(-3);
}

function isAnotherMethod(named: string, method: Verification['method']): boolean {
	const saysBasicAuth = /basic/i.test(named);
	const saysHmac = /hmac/i.test(named);
	if (saysBasicAuth === saysHmac) return false;
	return saysBasicAuth !== (method === 'basicAuth');
}
