import { asObject, isObject } from '../json';
import type { DataObject, JofiEvent } from './types';

export type ParseResult = { event: JofiEvent } | { reason: 'invalid_json' | 'not_an_event' };

/**
 * Reads a verified body as a JOFI event.
 *
 * An event is a JSON object with a text as its `type`, or with JOFI's `"object": "event"`. Anything else may be
 * missing or oddly typed. Accepting several signing schemes is safe only because an event must be an object
 * (SECURITY.md).
 *
 * @param body - the raw bytes, UTF-8 with or without a byte order mark; undefined if they could not be read
 * @returns the event exactly as JSON.parse gives it, or why there is none
 */
export function parseEvent(body: Buffer | undefined): ParseResult {
	let value: unknown;
	try {
		value = JSON.parse(withoutByteOrderMark((body ?? Buffer.alloc(0)).toString('utf8')));
	} catch {
		return { reason: 'invalid_json' };
	}
	return isEvent(value) ? { event: value } : { reason: 'not_an_event' };
}

/**
 * The JOFI object that an event is about.
 *
 * @returns `data.object` as JOFI sent it, or an empty object where there is none
 */
export function dataObject(event: JofiEvent): DataObject {
	return asObject(asObject(event.data).object);
}

function isEvent(value: unknown): value is JofiEvent {
	if (!isObject(value)) return false;
	return isText(value.type) || value.object === 'event';
}

function isText(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

function withoutByteOrderMark(text: string): string {
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
