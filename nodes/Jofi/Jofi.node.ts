import {
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type NodeApiError,
} from 'n8n-workflow';
import { account } from './resources/account';
import { careerNavigationProfile } from './resources/careerNavigationProfile';
import { asNodeError } from './shared/errors';
import { invitation } from './resources/invitation';
import { listSearch, loadOptions } from './listSearch';
import type { OperationContext, Resource, Result } from './shared/operation';
import { requestJofi } from './shared/request';
import { testTaker } from './resources/testTaker';

const RESOURCES: Record<string, Resource> = {
	account,
	careerNavigationProfile,
	invitation,
	testTaker,
};

export class Jofi implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JOFI',
		name: 'jofi',
		icon: { light: 'file:../../icons/jofi.svg', dark: 'file:../../icons/jofi.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Invite people to JOFI assessments, and get test takers, scorecards and profiles',
		documentationUrl: 'https://www.npmjs.com/package/n8n-nodes-jofi#operations',
		defaults: { name: 'JOFI' },
		builderHint: {
			searchHint:
				'Use this to invite a candidate to JOFI assessments and to get invitations, test takers, scorecards and profiles. To start a workflow when something happens in JOFI, use the JOFI Trigger.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-jofi.jofiTrigger',
					relationHint: 'Starts the workflow on JOFI events',
				},
			],
		},
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'jofiApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'invitation',
				options: [
					{ name: 'Account', value: 'account' },
					{ name: 'Career Navigation Profile', value: 'careerNavigationProfile' },
					{ name: 'Invitation', value: 'invitation' },
					{ name: 'Test Taker', value: 'testTaker' },
				],
			},
			...account.properties,
			...careerNavigationProfile.properties,
			...invitation.properties,
			...testTaker.properties,
		],
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		const hints = new Set<string>();
		for (const [index, item] of this.getInputData().entries()) {
			try {
				const { rows, hint } = await run(this, index);
				output.push(
					...rows.map((row) => ({ json: row as IDataObject, pairedItem: { item: index } })),
				);
				if (hint !== undefined) hints.add(hint);
			} catch (error) {
				const shown = asNodeError(this.getNode(), error, index);
				if (!this.continueOnFail()) throw shown;
				output.push(failed(this.getNode(), item, index, shown));
			}
		}
		this.addExecutionHints(
			...[...hints].map((message) => ({ message, location: 'outputPane' as const })),
		);
		return [output];
	}
}

/**
 * The item for an input item that failed: its fields, with the error in words. For an error output n8n adds the
 * fields itself: before 2.41 it takes an item with fields beside `error` and `message` for a success. An `error`
 * beside `json` would make n8n drop the rest.
 */
function failed(
	{ onError }: INode,
	{ json }: INodeExecutionData,
	index: number,
	{ message: error, description }: NodeApiError | NodeOperationError,
): INodeExecutionData {
	const kept = onError === 'continueErrorOutput' ? {} : json;
	return {
		json: { ...kept, error, ...(description && { message: description }) },
		pairedItem: { item: index },
	};
}

/** Runs the chosen operation for one input item. */
async function run(context: IExecuteFunctions, index: number): Promise<Result> {
	const operationContext: OperationContext = {
		parameter: (name) => context.getNodeParameter(name, index),
		request: async (request) => await requestJofi(context, request),
	};
	const operations = RESOURCES[String(operationContext.parameter('resource'))]?.operations;
	const operation = operations?.[String(operationContext.parameter('operation'))];
	if (!operation) {
		throw new NodeOperationError(
			context.getNode(),
			'This Resource does not have this Operation. Choose both again in the node.',
		);
	}
	return await operation(operationContext);
}
