import {
	UserError,
	type Icon,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';
import { findKeyProblem } from '../nodes/Jofi/shared/apiKey';

const JOFI_ORIGIN = 'https://www.jofiscore.com';

export class JofiApi implements ICredentialType {
	name = 'jofiApi';

	displayName = 'JOFI API';

	icon: Icon = { light: 'file:../icons/jofi.svg', dark: 'file:../icons/jofi.dark.svg' };

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-jofi#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'For the JOFI node, with which you ask JOFI and invite people. The JOFI Trigger, which JOFI calls, has a credential of its own: JOFI Webhook API, with a signing secret.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'sk_live_… or sk_test_…',
			description:
				'The API key of your account, from your JOFI representative. With a test key (sk_test_…) JOFI returns invented data and creates nothing. It is not the signing secret of your webhook.',
		},
	];

	/**
	 * A function, since an expression could not check the key before it is sent, and would be evaluated for each
	 * request.
	 *
	 * @throws UserError if the key can't be one, or if a node such as HTTP Request would send it elsewhere
	 */
	authenticate = async (
		{ apiKey }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions & { uri?: string },
	): Promise<IHttpRequestOptions> => {
		const problem = findKeyProblem(apiKey);
		if (problem !== undefined) throw new UserError(problem);
		const url = new URL(request.uri ?? request.url, request.baseURL);
		if (url.origin !== JOFI_ORIGIN) {
			throw new UserError(`The JOFI API credential is only for ${JOFI_ORIGIN}. Correct the URL.`);
		}
		return {
			...request,
			headers: { ...request.headers, Authorization: `Bearer ${String(apiKey)}` },
		};
	};

	test: ICredentialTestRequest = {
		request: { baseURL: 'https://www.jofiscore.com/api/v2', url: '/accounts' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					// JOFI's answer to a missing or wrong key.
					value: 404,
					message:
						'JOFI does not know this API key. Copy it once more from what your JOFI representative sent you. A key starts with sk_live_ or sk_test_; the signing secret of your webhook belongs in a JOFI Webhook API credential.',
				},
			},
			...[500, 502, 503, 504].map((value) => ({
				type: 'responseCode' as const,
				properties: {
					value,
					message: `JOFI is not available at the moment (${value}), so the key could not be tried. Try again in a few minutes.`,
				},
			})),
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message:
						'JOFI gets too many requests at the moment (429), so the key could not be tried. Try again in a minute.',
				},
			},
		],
	};
}
