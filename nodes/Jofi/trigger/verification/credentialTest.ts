import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { findProblem } from './credential';

/**
 * Tests a JOFI Webhook API credential as the credential dialog asks for it. It needs no network, since
 * JOFI has nothing to ask: it looks for what people get wrong when they fill it in.
 */
export async function jofiWebhookCredentialTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = findProblem(credential.data);
	return problem
		? { status: 'Error', message: problem.message }
		: {
				status: 'OK',
				message:
					'Looks good. The first event from JOFI will show whether JOFI uses the same values.',
			};
}
