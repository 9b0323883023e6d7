import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { MOST_USED_COLUMNS, type ColumnName } from './columns';

/**
 * The Simplify of a node that gives rows.
 *
 * @param hint - what the node gives with it and without it
 */
export function simplifyProperty(hint: string): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		hint,
	};
}

/**
 * Columns and Chosen Columns.
 *
 * @param columns - those that the node's rows have
 * @param displayOptions - when the node gives rows
 */
export function columnProperties(
	columns: readonly ColumnName[],
	displayOptions: IDisplayOptions,
): INodeProperties[] {
	const mostUsed = MOST_USED_COLUMNS.filter((name) => columns.includes(name));
	return [
		{
			displayName: 'Columns',
			name: 'columnChoice',
			type: 'options',
			noDataExpression: true,
			default: 'all',
			displayOptions,
			description: 'Which columns the row has',
			options: [
				{
					name: 'All',
					value: 'all',
					description: `All ${columns.length}. A new Google Sheet has room for 26.`,
				},
				{
					name: 'Most Used',
					value: 'common',
					description: `The ${mostUsed.length} that a sheet or a mail mostly needs`,
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
			default: [...mostUsed],
			displayOptions: {
				...displayOptions,
				show: { ...displayOptions.show, columnChoice: ['choose'] },
			},
			description:
				'The columns of the row. Their order is always the one of this list. With none chosen, the row has all.',
			// In the order of the columns, which is that of the row.
			options: columns.map((name) => ({
				name: columnLabel(name),
				value: name,
				...(name === 'assessment_url' && {
					description: 'The candidate’s own link. Keep it out of what others can see.',
				}),
			})),
		},
	];
}

/** @param displayOptions - when the node gives rows */
export function dateFormatProperty(displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'options',
		default: 'iso',
		displayOptions,
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
	};
}

/** `event_created_at` reads as Event Created At. */
function columnLabel(name: ColumnName): string {
	const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	return words
		.join(' ')
		.replace(/\bId\b/, 'ID')
		.replace(/\bUrl\b/, 'URL');
}
