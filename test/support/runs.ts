import {
	deliverAsOftenAsAsked,
	EVENT_TYPES,
	hmac,
	jofiEvent,
	unsigned,
	type SentEvent,
	type Signing,
} from './jofi';
import type { N8nRest, Workflow, WorkflowNode } from './n8n/rest';
import { inParallel, shuffled } from './parallel';
import { readTemplate, SETTINGS_NODE, settingsOf, triggerOf } from './templates';
import { jofiTrigger, noOp } from './workflows';

export const SELECTED = EVENT_TYPES.filter((type) => type !== 'invitation.created');

/** Events of the selected types. */
export function selectedEvents(count: number): SentEvent[] {
	return Array.from({ length: count }, (_, index) =>
		jofiEvent(SELECTED[index % SELECTED.length] ?? 'invitation.accepted'),
	);
}

interface MixedDelivery {
	/** The same for both deliveries of one event. */
	index: number;
	content: object | string;
	signing: Signing;
	/** The right answers, as `<status> <body>`. */
	right: RegExp;
}

/**
 * Deliveries in random order to a trigger that selects `SELECTED`: all events, half of them twice; for every
 * eight events two forgeries, one that is not selected and one that is no event.
 */
export function mixedDeliveries(secret: string, events: SentEvent[]): MixedDelivery[] {
	const deliveries = events.flatMap((content, index) => {
		const right = /^200 (\{"received":true,"ignored":"seen_before"\})?$/;
		const event = { index, content, signing: hmac(secret), right };
		const forger = index % 8 === 1 ? hmac('another') : unsigned;
		const forged = { ...event, signing: forger, right: /^401 \{"error":"unauthorized"\}$/ };
		const notSelected = /^200 .*"event_not_selected"/;
		const other = { ...event, content: jofiEvent('invitation.created'), right: notSelected };
		const text = index % 16 === 3 ? '[1,2,3]' : '{"hello":"there"}';
		const noEvent = { ...event, content: text, right: /^400 \{"error":"not_an_event"/ };
		const more = [[event], [forged], [event, other], [noEvent], [event], [forged], [event], []];
		return [event, ...(more[index % 8] ?? [])];
	});
	return shuffled(deliveries);
}

/**
 * Sends mixed deliveries.
 *
 * @param urlOf - where the delivery of an index goes
 * @returns the answers that are wrong
 */
export async function sendMixed(
	deliveries: MixedDelivery[],
	concurrency: number,
	urlOf: (index: number) => string,
): Promise<string[]> {
	const wrong: string[] = [];
	await inParallel(deliveries, concurrency, async ({ index, content, signing, right }) => {
		const { status, body } = await deliverAsOftenAsAsked(urlOf(index), content, signing);
		if (!right.test(`${status} ${body}`)) wrong.push(`${status} ${body} instead of ${right}`);
	});
	return wrong;
}

/** The ids of the events that left a node, sorted, one for each time, over all runs that succeeded. */
export async function idsThatLeft(
	rest: N8nRest,
	workflowId: string,
	node: string,
): Promise<string[]> {
	const runs = await rest.executions(workflowId);
	const ids: string[] = [];
	await inParallel(
		runs.filter(({ status }) => status === 'success'),
		16,
		async ({ id }) => {
			const items = (await rest.outputsOf(id, node)).flat();
			ids.push(...items.map(({ json }) => String(json.event_id)));
		},
	);
	return ids.sort();
}

/** The node for what people do with an event in the template with Remove Duplicates. */
export const OWN_STEPS = 'Your own steps';

/** The template with Remove Duplicates, with another node in place of its mail. */
export function neverTwice(
	credential: { id: string; name: string },
	ownSteps: WorkflowNode = noOp(OWN_STEPS),
): Workflow {
	const template = readTemplate('6-never-twice');
	const trigger = triggerOf(template);
	const nodes = template.nodes.map((node) => {
		if (node === trigger) {
			return { ...jofiTrigger(node.parameters, credential), name: node.name };
		}
		if (node.name === SETTINGS_NODE) {
			return { ...node, parameters: { ...node.parameters, assignments: settingsOf(node) } };
		}
		return node.name === OWN_STEPS ? ownSteps : node;
	});
	return { ...template, nodes };
}
