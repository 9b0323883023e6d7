import type { Resource } from '../shared/operation';
import { operationProperty, shownFor, textOf } from '../shared/parameters';
import { requestObject } from '../shared/rows';
import { checkWebhook } from '../shared/webhookCheck';

const request = { path: '/accounts', subject: 'the account' };

export const account: Resource = {
	properties: [
		operationProperty('account', 'get', [
			{
				name: 'Check Webhook',
				value: 'checkWebhook',
				action: 'Check the webhook of the account',
				description: 'See whether JOFI sends its events to the URL of your JOFI Trigger',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get the account',
				description: 'Get the account that the API key belongs to, with its counts',
			},
		]),
		{
			displayName: 'Production URL',
			name: 'productionUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/…/jofi',
			displayOptions: shownFor('account', 'checkWebhook'),
			description:
				'The Production URL of your JOFI Trigger: open the trigger, then Webhook URLs, then Production URL',
		},
	],
	operations: {
		get: async (context) => ({ rows: [await requestObject(context, request)] }),
		checkWebhook: async (context) => {
			const productionUrl = textOf('Production URL', context.parameter('productionUrl')) ?? '';
			return { rows: [checkWebhook(await requestObject(context, request), productionUrl)] };
		},
	},
};
