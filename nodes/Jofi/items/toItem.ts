import type { JofiEvent } from '../events/types';
import { COLUMN_NAMES, DATE_COLUMNS, simplify, type ColumnName } from './columns';
import { asSpreadsheetDate } from './dates';

/** What the user chose for the form of an item. */
export interface ItemSettings {
	/** One flat row in place of the event as JOFI sent it. All else here is about that row. */
	simplify: boolean;
	/** The columns to keep. Their order is always that of the table of columns. */
	columns: readonly ColumnName[];
	dateFormat: 'iso' | 'spreadsheet';
	/** The zone of spreadsheet dates: the workflow's, an IANA name. */
	timezone: string;
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

/** A simplified row, or an event as JOFI sent it. */
export type Item = object;

/**
 * Makes the item that a workflow gets of an event.
 *
 * @param event - any event
 * @param settings - the form that the user chose
 * @param delivery - how it came, for the columns that tell of it
 * @returns one flat row with the chosen columns, or the event itself, unchanged
 */
export function toItem(event: JofiEvent, settings: ItemSettings, delivery: DeliveryDetails): Item {
	if (!settings.simplify) return event;
	const all = simplify(event);
	const row = settings.columns.length === COLUMN_NAMES.length ? all : pick(all, settings.columns);
	if (settings.dateFormat === 'spreadsheet') {
		for (const name of DATE_COLUMNS) {
			if (name in row) row[name] = asSpreadsheetDate(row[name], settings.timezone);
		}
	}
	return Object.assign(
		row,
		settings.includeDelivery && deliveryColumns(event, settings, delivery),
		settings.includeRawEvent && { raw_event: event },
	);
}

function pick(
	row: Record<ColumnName, unknown>,
	columns: readonly ColumnName[],
): Partial<Record<ColumnName, unknown>> {
	const kept = COLUMN_NAMES.filter((name) => columns.includes(name));
	return Object.fromEntries(kept.map((name) => [name, row[name]]));
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
