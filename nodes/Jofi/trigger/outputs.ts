import { EVENT_CATALOGUE } from '../events/catalogue';
import { ANY_EVENT } from './selection';

const OTHER_EVENTS = 'Other Events';

/**
 * The place of an event type among the outputs, which stand in the catalogue's order: one for each
 * selected type, or with Any Event one for each type and Other Events last. 0 if the events share one
 * output.
 */
export function outputIndex(
	eventType: unknown,
	selectedEvents: readonly string[],
	separateOutputs: boolean,
): number {
	if (!separateOutputs) return 0;
	const isAny = selectedEvents.includes(ANY_EVENT);
	const types = EVENT_CATALOGUE.map((row) => row.type as string).filter(
		(type) => isAny || selectedEvents.includes(type),
	);
	const index = types.findIndex((type) => type === eventType);
	return index >= 0 ? index : types.length;
}

/** n8n's form of a result: a list of items for each output, all empty but the one at `index`. */
export function atOutput<Item>(index: number, item: Item): Item[][] {
	const outputs: Item[][] = Array.from({ length: index }, () => []);
	return [...outputs, [item]];
}

/**
 * The node's `outputs`: the same rule as `outputIndex`, in the language of n8n's expressions, because
 * the editor draws the outputs while parameters change. n8n does not evaluate it for a delivery.
 */
export const OUTPUTS_EXPRESSION: `={{${string}}}` = `={{ ((events, separate) => {
	if (!separate) return [{ type: 'main' }];
	const catalogue = ${JSON.stringify(EVENT_CATALOGUE.map(({ type, name }) => ({ type, name })))};
	const any = events.includes('${ANY_EVENT}');
	const names = catalogue.filter((row) => any || events.includes(row.type)).map((row) => row.name);
	if (any || names.length === 0) names.push('${OTHER_EVENTS}');
	return names.map((displayName) => ({ type: 'main', displayName }));
})($parameter.events ?? [], $parameter.separateOutputs) }}`;
