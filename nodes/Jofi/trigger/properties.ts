import type { INodeProperties } from 'n8n-workflow';
import { ANY_EVENT, EVENT_CATALOGUE } from '../events/catalogue';
import { COLUMN_NAMES } from '../items/columns';
import { columnProperties, dateFormatProperty, simplifyProperty } from '../items/properties';

/** Which events run the workflow, and in what form it gets them. */
export const eventProperties: INodeProperties[] = [
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
	simplifyProperty(
		'On: one flat row with the same columns for every event. Off: the event as JOFI sent it.',
	),
	...columnProperties(COLUMN_NAMES, { show: { simplify: [true] } }),
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
];

export const properties: INodeProperties[] = [
	{
		displayName:
			'Both URLs are under “Webhook URLs” above. Test URL: opened in your browser while n8n listens, it has sample events. Production URL: for your JOFI representative, once this workflow is published.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	...eventProperties,
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
			dateFormatProperty({ show: { '/simplify': [true] } }),
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
