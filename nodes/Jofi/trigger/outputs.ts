import { EVENT_CATALOGUE, findInCatalogue } from '../events/catalogue';
import type { Settings } from './settings';

/**
 * The outputs of the node, in the catalogue's order: one for each selected type that the node's version
 * knows, and Other Events last for all else that was selected. A single one without a name if the events
 * share it. n8n evaluates this in the editor (see `OUTPUTS_EXPRESSION`), so it uses nothing but its arguments.
 *
 * @param parameters - the node's; strings where something other than the editor wrote them
 * @param nodeVersion - the version that the workflow was saved with
 * @param catalogue - the table of event types
 */
export function outputsOf(
	parameters: { events?: readonly string[] | string; separateOutputs?: boolean | string },
	nodeVersion: number,
	catalogue: ReadonlyArray<{ type: string; name: string; since: number }>,
): Array<{ type: 'main'; displayName?: string }> {
	if (String(parameters.separateOutputs).trim().toLowerCase() !== 'true') return [{ type: 'main' }];
	const selected = [parameters.events ?? []]
		.flat()
		.flatMap((events) => events.split(',').map((type) => type.trim()));
	const own = catalogue.filter(
		({ type, since }) =>
			since <= nodeVersion && (selected.includes('*') || selected.includes(type)),
	);
	const hasOthers =
		own.length === 0 || selected.some((chosen) => !own.some(({ type }) => type === chosen));
	const names = own.map(({ name }) => name).concat(hasOthers ? ['Other Events'] : []);
	return names.map((displayName) => ({ type: 'main', displayName }));
}

/** The node's `outputs`. n8n evaluates it where it draws the node, and never for a delivery. */
export const OUTPUTS_EXPRESSION: `={{${string}}}` = `={{ (${outputsOf.toString()})($parameter, $nodeVersion, ${JSON.stringify(EVENT_CATALOGUE)}) }}`;

/**
 * The place among the outputs at which an event leaves the node.
 *
 * @param eventType - an event's `type`, of an event that was selected
 * @param settings - what the user chose
 * @returns the index of its own output, or else of the last one, which is Other Events
 */
export function outputIndex(
	eventType: unknown,
	settings: Pick<Settings, 'events' | 'separateOutputs' | 'nodeVersion'>,
): number {
	const outputs = outputsOf(settings, settings.nodeVersion, EVENT_CATALOGUE);
	const name = findInCatalogue(eventType)?.name;
	const own = outputs.findIndex(
		({ displayName }) => displayName !== undefined && displayName === name,
	);
	return own >= 0 ? own : outputs.length - 1;
}

/**
 * n8n's form of a result: a list of items for each output, all empty but one.
 *
 * @param index - the output that the item leaves through
 * @param item - the item
 */
export function atOutput<Item>(index: number, item: Item): Item[][] {
	const outputs: Item[][] = Array.from({ length: index }, () => []);
	return [...outputs, [item]];
}
