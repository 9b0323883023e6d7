import type { ObjectKind, Resource } from '../shared/operation';
import {
	chosen,
	idParameter,
	limitProperty,
	operationProperty,
	requiredText,
	shownFor,
	simplifyProperty,
} from '../shared/parameters';
import { getMany, getOne, idAdvice, requestObject } from '../shared/rows';
import { scoreRows } from '../shared/scorecard';

const RESOURCE = 'testTaker';
const KIND: ObjectKind = {
	name: 'test_taker',
	noun: 'test taker',
	path: '/test-takers',
	idParameter: 'testTakerId',
	idLabel: 'Test Taker ID',
	isNumbered: true,
};

export const testTaker: Resource = {
	properties: [
		operationProperty(RESOURCE, 'get', [
			{
				name: 'Get',
				value: 'get',
				action: 'Get a test taker',
				description: 'Get one test taker with the assigned assessments, by ID',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many test takers',
				description: 'Get the newest test takers, as many as JOFI lists',
			},
			{
				name: 'Get Scorecard',
				value: 'getScorecard',
				action: 'Get the scorecard of a test taker',
				description: 'Get the scores of one test taker, seen through a score profile',
			},
		]),
		{
			displayName: 'Test Taker ID',
			name: 'testTakerId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 12345',
			displayOptions: shownFor(RESOURCE, 'get', 'getScorecard'),
			description:
				'As in the column test_taker_id. It is empty until the person has accepted the invitation.',
		},
		{
			displayName: 'Score Profile',
			name: 'scoreProfile',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			displayOptions: shownFor(RESOURCE, 'getScorecard'),
			description: 'The profile through which JOFI shows the scores, such as that of a job',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchScoreProfiles', searchable: true },
				},
				{
					displayName: 'By Name',
					name: 'name',
					type: 'string',
					placeholder: 'e.g. JOFI-112-CE',
					hint: 'The short name of the score profile, as JOFI shows it',
				},
			],
		},
		{
			displayName: 'Return',
			name: 'rows',
			type: 'options',
			noDataExpression: true,
			default: 'scorecard',
			displayOptions: shownFor(RESOURCE, 'getScorecard'),
			description: 'What you get for a test taker',
			options: [
				{
					name: 'The Scorecard as JOFI Sends It',
					value: 'scorecard',
					description: 'One item with the scores nested in it',
				},
				{
					name: 'One Row per Score',
					value: 'scores',
					description: 'One flat row for each score and each of its facets, for a sheet',
				},
			],
		},
		limitProperty(RESOURCE),
		simplifyProperty(RESOURCE, 'get', 'getAll'),
	],
	operations: {
		get: async (context) => await getOne(context, KIND),
		getAll: async (context) => await getMany(context, KIND),
		getScorecard: async (context) => {
			const id = idParameter(context, KIND);
			const profile = requiredText(
				'Score Profile',
				chosen(context.parameter('scoreProfile')),
				'Choose one from the list, or choose By Name and type its short name, such as JOFI-112-CE.',
			);
			const scorecard = await requestObject(context, {
				path: `/test-takers/${id}/scorecard`,
				query: { sp: profile },
				subject: `the scorecard of the test taker ${id}`,
				advice: `Check 'Score Profile'. ${idAdvice(KIND)}`,
			});
			return { rows: context.parameter('rows') === 'scores' ? scoreRows(scorecard) : [scorecard] };
		},
	},
};
