import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class JofiWebhookApi implements ICredentialType {
	name = 'jofiWebhookApi';

	displayName = 'JOFI Webhook API';

	icon: Icon = { light: 'file:../icons/jofi.svg', dark: 'file:../icons/jofi.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-jofi#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'JOFI proves with each event that it comes from JOFI. Your JOFI representative sets up your webhook and can tell you which method it uses, and the secret or the username and password that belong to it.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Verification Method',
			name: 'verificationMethod',
			type: 'options',
			default: 'hmac',
			description: 'How JOFI proves that an event comes from JOFI, as set up for your webhook',
			options: [
				{
					name: 'HMAC (Signing Secret)',
					value: 'hmac',
					description: 'JOFI signs each event with a secret that only you and JOFI know',
				},
				{
					name: 'Basic Auth (Username and Password)',
					value: 'basicAuth',
					description: 'JOFI sends a username and a password along with each event',
				},
			],
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { verificationMethod: ['hmac'] } },
			description:
				'The secret of your webhook, from your JOFI representative. It is not a JOFI API key (sk_live_… or sk_test_…).',
		},
		{
			displayName: 'Previous Signing Secret',
			name: 'previousSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { verificationMethod: ['hmac'] } },
			description:
				'Only while JOFI changes your secret: put the old one here, so that events signed with either are accepted. Empty it afterwards.',
		},
		{
			displayName: 'Signature Header',
			name: 'signatureHeader',
			type: 'string',
			default: '',
			placeholder: 'Leave empty to find it automatically',
			displayOptions: { show: { verificationMethod: ['hmac'] } },
			description:
				'The name of the header that carries the signature, if you know it. Leave it empty otherwise: the signature is found in whichever header JOFI uses.',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { verificationMethod: ['basicAuth'] } },
			description: 'The username that JOFI sends, as agreed with your JOFI representative',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { verificationMethod: ['basicAuth'] } },
			description: 'The password that JOFI sends, as agreed with your JOFI representative',
		},
	];
}
