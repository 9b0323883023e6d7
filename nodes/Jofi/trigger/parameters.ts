import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { EVENT_CATALOGUE } from '../events/catalogue';
import { COLUMN_NAMES, MOST_USED_COLUMNS, type ColumnName } from '../items/columns';
import type { ItemSettings } from '../items/toItem';
import { asObject, isObject } from '../json';
import { ANY_EVENT, comparable, type Filter } from './rules';

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

export const properties: INodeProperties[] = [
	{
		displayName:
			'Both URLs are under “Webhook URLs” above. Test URL: opened in your browser while n8n listens, it has sample events. Production URL: for your JOFI representative, once this workflow is published.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: [ANY_EVENT],
		noDataExpression: true,
		description: 'Which JOFI events run this workflow',
		// Any Event first, then the order in which people go through JOFI.
		options: [
			{
				name: 'Any Event',
				value: ANY_EVENT,
				description: 'All of them, also those that JOFI adds later',
			},
			...EVENT_CATALOGUE.map(({ name, type, sentWhen }) => ({
				name,
				value: type,
				description: `When ${sentWhen}`,
			})),
		],
	},
	{
		displayName: 'Assessment Completed Fires',
		name: 'assessmentCompletion',
		type: 'options',
		noDataExpression: true,
		default: 'each',
		displayOptions: { show: { events: [ANY_EVENT, 'test_taker.assessment_completed'] } },
		description: 'When an Assessment Completed event runs this workflow',
		options: [
			{
				name: 'For Each Completed Assessment',
				value: 'each',
				description: 'Every time someone completes one',
			},
			{
				name: 'When All Assessments Are Completed',
				value: 'all',
				description: 'Only when every assessment that counts for this person is completed',
			},
		],
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		hint: 'On: one flat row with the same columns for every event. Off: the event as JOFI sent it.',
	},
	{
		displayName: 'Columns',
		name: 'columnChoice',
		type: 'options',
		noDataExpression: true,
		default: 'all',
		displayOptions: { show: { simplify: [true] } },
		description: 'Which columns the row has',
		options: [
			{
				name: 'All',
				value: 'all',
				description: `All ${COLUMN_NAMES.length}. A new Google Sheet has room for 26.`,
			},
			{
				name: 'Most Used',
				value: 'common',
				description: `The ${MOST_USED_COLUMNS.length} that a sheet or a mail mostly needs`,
			},
			{
				name: 'Choose',
				value: 'choose',
				description: 'The ones that you choose below',
			},
		],
	},
	{
		displayName: 'Chosen Columns',
		name: 'columns',
		type: 'multiOptions',
		noDataExpression: true,
		default: [...MOST_USED_COLUMNS],
		displayOptions: { show: { simplify: [true], columnChoice: ['choose'] } },
		description:
			'The columns of the row. Their order is always the one of this list. With none chosen, the row has all.',
		// In the order of the columns, which is that of the row.
		options: COLUMN_NAMES.map((name) => ({
			name: columnLabel(name),
			value: name,
			...(name === 'assessment_url' && {
				description: 'The candidate’s own link. Keep it out of what others can see.',
			}),
		})),
	},
	{
		displayName: 'Separate Output per Event',
		name: 'separateOutputs',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether each of the selected events leaves this node through an output of its own',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description:
			'Only receive events that match. An event that does not carry what a filter asks for is held back.',
		options: [
			{
				displayName: 'Assessments',
				name: 'assessments',
				type: 'string',
				default: '',
				placeholder: 'e.g. Personality, JOFI Thinking Skills',
				description:
					'Only people who have one of these assessments assigned. Short or full names, separated by commas.',
			},
			{
				displayName: 'Custom IDs',
				name: 'customIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. REQ-1042, REQ-1043',
				description:
					'Only people who were invited with one of these custom IDs, separated by commas. A custom ID is a job requisition or a coaching group, so many people share one. It is not the ID of a person.',
			},
			{
				displayName: 'Teams',
				name: 'teams',
				type: 'string',
				default: '',
				placeholder: 'e.g. Recruiting, 100',
				description:
					'Only people in one of these teams. Team names or team IDs, separated by commas.',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Confirm Endpoint',
				name: 'confirmEndpoint',
				type: 'boolean',
				default: false,
				description:
					'Whether to refuse events that JOFI says it sent to another webhook URL. Turn this on if JOFI signs for your live and your test endpoint with the same secret, so that a test event never runs the live workflow.',
			},
			{
				displayName: 'Date Format',
				name: 'dateFormat',
				type: 'options',
				default: 'iso',
				displayOptions: { show: { '/simplify': [true] } },
				description: 'How dates are written in the simplified row',
				options: [
					{
						name: 'As JOFI Sends Them',
						value: 'iso',
						description: 'Such as 2026-02-03T12:43:36.744Z',
					},
					{
						name: 'For Spreadsheets',
						value: 'spreadsheet',
						description: "Such as 2026-02-03 12:43:36, in this workflow's time zone",
					},
				],
			},
			{
				displayName: 'Include Delivery Details',
				name: 'includeDelivery',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/simplify': [true] } },
				description:
					'Whether to add columns that tell how the event came: received_at, api_version, webhook_url, webhook_verification_method and verified_by',
			},
			{
				displayName: 'Include Raw Event',
				name: 'includeRawEvent',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/simplify': [true] } },
				description: 'Whether to add a column raw_event that holds the whole event as JOFI sent it',
			},
			{
				displayName: 'Maximum Event Age',
				name: 'maxEventAge',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'Refuse events that are older than this many minutes. 0 accepts events of any age.',
			},
			{
				displayName: 'Skip Duplicates',
				name: 'skipDuplicates',
				type: 'boolean',
				default: true,
				description:
					'Whether to skip an event that was received before. n8n remembers the last 10,000 events for up to a day, until it restarts.',
			},
		],
	},
];

/** The node's `subtitle` in the editor: the plain names of the selected events. */
export const SUBTITLE_EXPRESSION: `={{${string}}}` = `={{ (${subtitleOf.toString()})($parameter.events, ${JSON.stringify(Object.fromEntries(EVENT_CATALOGUE.map(({ type, name }) => [type, name])))}) }}`;

/**
 * The plain names of the selected events. n8n evaluates this in the editor, so it uses nothing but its
 * arguments.
 *
 * @param events - the value of the Events parameter
 * @param names - plain names by event type
 */
function subtitleOf(
	events: readonly string[] | string | undefined,
	names: Readonly<Record<string, string>>,
): string {
	const selected = [events ?? []].flat();
	if (selected.includes('*')) return 'Any Event';
	return selected.map((type) => names[type] ?? type).join(', ');
}

/**
 * Reads what the user chose in the node.
 *
 * @param context - n8n's, of a delivery or a visit
 */
export function readSettings(context: IWebhookFunctions): Settings {
	const parameters = properties.map(({ name, default: fallback }) => [
		name,
		context.getNodeParameter(name, fallback as object),
	]);
	return settingsOf(
		Object.fromEntries(parameters) as Record<string, unknown>,
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
		events: valuesOf(parameter('events')),
		assessmentCompletion: parameter('assessmentCompletion') === 'each' ? 'each' : 'all',
		simplify: toBoolean(parameter('simplify'), true),
		columns: columnsChosen(parameter('columnChoice'), parameter('columns')),
		dateFormat: comparable(option('dateFormat')) === 'spreadsheet' ? 'spreadsheet' : 'iso',
		timezone,
		includeDelivery: toBoolean(option('includeDelivery'), false),
		includeRawEvent: toBoolean(option('includeRawEvent'), false),
		confirmEndpoint: toBoolean(option('confirmEndpoint'), true),
		separateOutputs: toBoolean(parameter('separateOutputs'), false),
		filters: filtersOf(parameter('filters')),
		skipDuplicates: toBoolean(option('skipDuplicates'), true),
		maxEventAgeMinutes: toMinutes(option('maxEventAge')),
		nodeVersion,
	};
}

/** The settings of a new node. */
export const DEFAULT_SETTINGS = settingsOf({}, 'UTC', 1.1);

/** The values of a list, or those between the commas of a text. A number is one value; other types are none. */
function valuesOf(value: unknown): string[] {
	const values: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
	return values
		.filter((one) => typeof one === 'string' || typeof one === 'number')
		.map((one) => String(one).trim())
		.filter((one) => one !== '');
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

/** @param stricter - what a value that is neither true nor false counts as */
function toBoolean(value: unknown, stricter: boolean): boolean {
	if (typeof value === 'boolean') return value;
	const text = comparable(value);
	if (text === 'true') return true;
	return text === 'false' ? false : stricter;
}

function toMinutes(value: unknown): number | undefined {
	const text = comparable(value);
	const minutes = Number(text);
	return text !== '' && Number.isFinite(minutes) && minutes >= 0 ? minutes : undefined;
}

/**
 * The columns of a row. With none chosen the row has all, since an empty row would be useless.
 *
 * @param choice - the value of Columns
 * @param columns - the value of Chosen Columns
 */
export function columnsChosen(choice: unknown, columns: unknown): readonly ColumnName[] {
	if (choice === 'common') return MOST_USED_COLUMNS;
	if (choice !== 'choose') return COLUMN_NAMES;
	const names = valuesOf(columns);
	const chosen = COLUMN_NAMES.filter((name) => names.includes(name));
	return chosen.length > 0 ? chosen : COLUMN_NAMES;
}

/** `event_created_at` reads as Event Created At. */
function columnLabel(name: ColumnName): string {
	const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	return words
		.join(' ')
		.replace(/\bId\b/, 'ID')
		.replace(/\bUrl\b/, 'URL');
}
