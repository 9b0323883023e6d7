import { EVENT_TYPES, jofiEvent } from './jofi';

const PERSONAL_FIELD = /^(first_name|last_name|email|phone|custom_id|person_id|\w+_url)$/;

/** What the fixtures tell of persons: names, mail addresses, ids in other systems, personal links. */
export function personalData(): string[] {
	return [...new Set(EVENT_TYPES.flatMap((type) => personalTexts(jofiEvent(type).data.object)))];
}

function personalTexts(value: unknown, field = ''): string[] {
	if (typeof value === 'string') return PERSONAL_FIELD.test(field) ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => personalTexts(inner, name));
}
