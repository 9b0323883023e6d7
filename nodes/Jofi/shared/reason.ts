import { asObject, asText, isObject, type JsonObject } from '../json';

/**
 * JOFI's reason for a refusal, without what it repeats of the person: n8n writes an error into its log.
 *
 * @param body - JOFI's answer as JSON. Its `error` is a text, or a list of texts or of objects that hold one
 * @param sent - the body of the request
 * @returns an empty text if JOFI gave none
 */
export function reasonIn(body: unknown, sent: JsonObject = {}): string {
	const { error } = asObject(body);
	const entries: unknown[] = Array.isArray(error) ? error : [error];
	return withoutPerson(entries.map(entryText).filter(Boolean).join('; '), sent);
}

function entryText(entry: unknown): string {
	if (!isObject(entry)) return asText(entry).trim();
	const { message, msg, error } = entry;
	const text = [message, msg, error].map(asText).find(Boolean);
	// The form of such an entry is not documented.
	return text ?? JSON.stringify(entry);
}

const EMAIL = /[^\s<>"'“”(),;]+@[^\s<>"'“”(),;]+/g;
// Shorter names are too often common words of a reason, such as Will, In or Mark.
const SHORTEST_TELLING_NAME = 5;
// The words that JOFI's reasons are made of say nothing about a person of that name.
const JOFI_WORD =
	/^(?:accounts?|assessments?|custom|emails?|first|invalid|invitations?|missing|names?|persons?|phones?|profiles?|required|scores?|teams?|templates?|tests?|unknown|users?)$/i;

function withoutPerson(reason: string, sent: JsonObject): string {
	const [first = '', last = '', phone = ''] = [sent.first_name, sent.last_name, sent.phone].map(
		asText,
	);
	let masked = reason.replace(EMAIL, '[email]');
	if (phone !== '') masked = masked.replace(asWholeWord(phone, 'gu'), '[phone]');
	if (first === '' || last === '') return masked;
	for (const name of [`${first} ${last}`, `${last}, ${first}`]) {
		masked = masked.replace(asWholeWord(name, 'giu'), '[name]');
	}
	for (const name of [first, last]) {
		if (name.length < SHORTEST_TELLING_NAME || JOFI_WORD.test(name)) continue;
		// With its capital letter: a field of that name would be lower-case.
		masked = masked.replace(asWholeWord(name, 'gu'), '[name]');
	}
	return masked;
}

function asWholeWord(value: string, flags: string): RegExp {
	const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, flags);
}
