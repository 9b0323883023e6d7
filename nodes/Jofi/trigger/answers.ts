import { eventName } from '../events/catalogue';
import { asText } from '../json';
import { REASONS, type Explanation, type NotRun, type Reason } from './reasons';

/** What the caller gets: a status, a JSON body and headers. */
export interface Answer {
	status: number;
	body: Record<string, unknown>;
	headers: Record<string, string>;
}

/** What the caller gets. A 401 gives nothing away: it is the same whatever the reason. */
export function answerTo(reason: Reason): Answer {
	const { status, error = reason, toSender } = REASONS[reason];
	switch (status) {
		case 200:
			return { status, body: { received: true, ignored: reason }, headers: {} };
		case 401:
			// RFC 9110 requires a challenge with every 401.
			return {
				status,
				body: { error: 'unauthorized' },
				headers: { 'WWW-Authenticate': 'Basic realm="JOFI"' },
			};
		default:
			return { status, body: { error, ...(toSender && { message: toSender }) }, headers: {} };
	}
}

/**
 * Puts into words why a delivery did not run the workflow.
 *
 * @param outcome - what became of the delivery
 * @param url - the address that it was sent to
 * @returns fixed sentences without secrets, signatures or personal data. They may name the event's type, labels
 * of filters, two addresses, and headers with the length and alphabet of their values
 */
export function explain(outcome: NotRun, url: string): Explanation {
	const { reason, event, detail = '' } = outcome;
	const values: Record<string, string> = {
		event: eventName(event?.type) ?? 'an event without a type',
		filters: detail,
		seen: detail,
		named: `${shown(event?.webhook_url)}, verified by ${shown(event?.webhook_verification_method)}`,
		url: shown(url),
	};
	const fill = (text: string) =>
		text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
	const { message, description } = REASONS[reason];
	return { message: fill(message), description: fill(description) };
}

/** The line for n8n's log, which holds nothing secret either. */
export function logLine({ reason, detail = '' }: NotRun): string {
	return `JOFI Trigger did not run the workflow: ${reason}${detail && ` (${detail})`}`;
}

/** What an event says of its way, reduced to the characters of an address or a word. */
function shown(text: unknown): string {
	return (
		asText(text)
			.replace(/[^\w:/.-]/g, '')
			.slice(0, 300) || 'nothing'
	);
}
