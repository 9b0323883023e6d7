import type { INodeProperties, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { rowSettingsOf } from '../items/rowSettings';
import type { ItemSettings } from '../items/toItem';
import { asObject, isObject } from '../json';
import { comparable, toBoolean, valuesOf } from '../values';
import { properties } from './properties';

/** What an event must have one of. */
export interface Filter {
	by: 'teams' | 'customIds' | 'assessments';
	/** Its label in the node. */
	label: string;
	/** Lower-cased. */
	values: ReadonlySet<string>;
}

/** What the user chose in the node. */
export interface Settings extends ItemSettings {
	/** Event types, or `*` among them for any. */
	events: readonly string[];
	/** `each`: every completed assessment runs the workflow. `all`: only the last one that counts. */
	assessmentCompletion: 'each' | 'all';
	/** Whether events that name another endpoint are refused. */
	confirmEndpoint: boolean;
	separateOutputs: boolean;
	/** Those that are set. One without values lets nothing through: its expression returned nothing. */
	filters: readonly Filter[];
	skipDuplicates: boolean;
	/** 0 = any age; undefined if it is not a number. */
	maxEventAgeMinutes: number | undefined;
	/** The version of the trigger that the workflow was saved with: its outputs stay those of that version. */
	nodeVersion: number;
}

/**
 * Reads what the user chose in the node.
 *
 * @param context - n8n's, of a delivery, a visit or a poll
 * @param ofNode - the node's properties
 */
export function readSettings(
	context: IWebhookFunctions | IPollFunctions,
	ofNode: readonly INodeProperties[] = properties,
): Settings {
	const parameters = ofNode.map(({ name, default: fallback }): [string, unknown] => [
		name,
		context.getNodeParameter(name, fallback),
	]);
	return settingsOf(
		Object.fromEntries(parameters),
		context.getTimezone(),
		context.getNode().typeVersion,
	);
}

const fieldsOf = (collection: 'filters' | 'options') =>
	(properties.find(({ name }) => name === collection)?.options ?? []) as INodeProperties[];

const DEFAULTS = new Map(
	[...properties, ...fieldsOf('filters'), ...fieldsOf('options')].map((field) => [
		field.name,
		field.default,
	]),
);

/**
 * Interprets the node's parameters. Any of them may come from an expression: a list, a number and a text with
 * commas are lists of values, "true" and "false" are booleans, and anything else takes the stricter reading.
 *
 * @param parameters - by name; what is absent has its default, and null is a value that can't be read
 * @param timezone - the workflow's, an IANA name
 * @param nodeVersion - the node's `typeVersion`
 */
export function settingsOf(
	parameters: Record<string, unknown>,
	timezone: string,
	nodeVersion: number,
): Settings {
	const valueIn = (given: Record<string, unknown>, name: string) =>
		name in given ? given[name] : DEFAULTS.get(name);
	const parameter = (name: string) => valueIn(parameters, name);
	const options = parameter('options');
	const option = (name: string) => (isObject(options) ? valueIn(options, name) : undefined);
	return {
		...rowSettingsOf((name) => (name === 'dateFormat' ? option(name) : parameter(name)), timezone),
		events: valuesOf(parameter('events')),
		assessmentCompletion: parameter('assessmentCompletion') === 'each' ? 'each' : 'all',
		includeDelivery: toBoolean(option('includeDelivery')) ?? false,
		includeRawEvent: toBoolean(option('includeRawEvent')) ?? false,
		confirmEndpoint: toBoolean(option('confirmEndpoint')) ?? true,
		separateOutputs: toBoolean(parameter('separateOutputs')) ?? false,
		filters: filtersOf(parameter('filters')),
		skipDuplicates: toBoolean(option('skipDuplicates')) ?? true,
		maxEventAgeMinutes: toMinutes(option('maxEventAge')),
		nodeVersion,
	};
}

/** The filters that are set. A blank text sets none. If Filters as a whole can't be read, all are set, without values. */
function filtersOf(filters: unknown): Filter[] {
	const given = asObject(filters);
	const isBlank = (value: unknown) => typeof value === 'string' && /^[\s,]*$/.test(value);
	return fieldsOf('filters')
		.filter(({ name }) => given !== filters || (name in given && !isBlank(given[name])))
		.map(({ name, displayName }) => ({
			by: name as Filter['by'],
			label: displayName,
			values: new Set(valuesOf(given[name]).map(comparable)),
		}));
}

function toMinutes(value: unknown): number | undefined {
	const text = comparable(value);
	const minutes = Number(text);
	return text !== '' && Number.isFinite(minutes) && minutes >= 0 ? minutes : undefined;
}
