import type { JofiEvent } from '../events/types';
import { simplify } from './columns';
import { asSpreadsheetDate } from './dates';
import { shapeRow, type RowSettings } from './rowSettings';

/** What the user chose for the form of an item. */
export interface ItemSettings extends RowSettings {
	includeDelivery: boolean;
	includeRawEvent: boolean;
}

/** How an event reached n8n. */
export interface DeliveryDetails {
	/** Milliseconds since 1970. */
	receivedAt: number;
	/** In words, such as `HMAC-SHA256 in x-jofi-signature over the body`; null for a sample event. */
	verifiedBy: string | null;
}

/**
 * Makes the item that a workflow gets of an event.
 *
 * @param event - any event
 * @param settings - the form that the user chose
 * @param delivery - how it came, for the columns that tell of it
 * @returns one flat row with the chosen columns, or the event itself, unchanged
 */
export function toItem(
	event: JofiEvent,
	settings: ItemSettings,
	delivery: DeliveryDetails,
): object {
	if (!settings.simplify) return event;
	return {
		...shapeRow(simplify(event), settings),
		...(settings.includeDelivery && deliveryColumns(event, settings, delivery)),
		...(settings.includeRawEvent && { raw_event: event }),
	};
}

function deliveryColumns(
	event: JofiEvent,
	{ dateFormat, timezone }: ItemSettings,
	{ receivedAt, verifiedBy }: DeliveryDetails,
) {
	const received = new Date(receivedAt).toISOString();
	return {
		received_at: dateFormat === 'spreadsheet' ? asSpreadsheetDate(received, timezone) : received,
		api_version: event.api_version ?? null,
		webhook_url: event.webhook_url ?? null,
		webhook_verification_method: event.webhook_verification_method ?? null,
		verified_by: verifiedBy,
	};
}
