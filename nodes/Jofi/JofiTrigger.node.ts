import {
	NodeOperationError,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IDataObject,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { answerTo, explain, logLine } from './trigger/answers';
import { diagnose } from './trigger/diagnosis';
import { readDelivery, sendAnswer, sendPage, visitsOverHttps } from './trigger/http';
import { memoryOf } from './trigger/memory';
import { atOutput, OUTPUTS_EXPRESSION } from './trigger/outputs';
import { properties, SUBTITLE_EXPRESSION } from './trigger/properties';
import { REASONS } from './trigger/reasons';
import { receive } from './trigger/receive';
import { livePage } from './trigger/sample/page';
import { answerVisit } from './trigger/sample/visit';
import { readSettings } from './trigger/settings';
import {
	findMistake,
	readVerification,
	whyUnusable,
	type Verification,
} from './trigger/verification/credential';

export class JofiTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JOFI Trigger',
		name: 'jofiTrigger',
		icon: { light: 'file:../../icons/jofi.svg', dark: 'file:../../icons/jofi.dark.svg' },
		group: ['trigger'],
		// With version 1, n8n evaluates an expression for each request to find out how to read its body.
		version: 1.1,
		subtitle: SUBTITLE_EXPRESSION,
		description:
			'Starts the workflow when JOFI reports an invitation, a test taker or an assessment',
		eventTriggerDescription:
			'Now open the Test URL in your browser and choose a sample event, or wait for JOFI',
		activationMessage:
			'JOFI events sent to the Production URL now run this workflow. Send that URL to your JOFI representative if you have not yet.',
		documentationUrl: 'https://www.npmjs.com/package/n8n-nodes-jofi#get-started',
		defaults: { name: 'JOFI Trigger' },
		builderHint: {
			searchHint:
				'Use this to start a workflow when a candidate is invited, accepts, completes an assessment or gets a career navigation profile in JOFI. Its events carry no scores: get them with the JOFI node, operation Get Scorecard.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-jofi.jofi', relationHint: 'Gets the scorecard of the test taker' },
			],
		},
		triggerPanel: {
			header: 'First copy the Test URL, under “Webhook URLs”',
			executionsHelp: {
				inactive:
					'<b>While building your workflow</b>, copy the Test URL (under “Webhook URLs”), click “Execute step”, then open that URL in your browser and choose a sample event. It appears here in the editor.<br><br><b>When the workflow is ready</b>, publish it and send the Production URL to your JOFI representative. From then on it runs for each event; you find the runs in the <a data-key="executions">executions list</a>.',
				active:
					'<b>This workflow is published</b>: it runs for each event that JOFI sends to the Production URL. You find the runs in the <a data-key="executions">executions list</a>, not in the editor.<br><br><b>To change it</b>, copy the Test URL (under “Webhook URLs”), click “Execute step”, then open that URL in your browser and choose a sample event.',
			},
			activationHint:
				'Once you are done building, <a data-key="activate">publish</a> this workflow and send the Production URL to your JOFI representative.',
		},
		hints: [
			{
				message:
					'<b>Try it without JOFI:</b> copy the Test URL (under “Webhook URLs”), click “Execute step”, then open that URL in your browser within two minutes and choose a sample event. Is n8n listening already, and the URL not copied? Click “Stop Listening” first. <a href="https://www.npmjs.com/package/n8n-nodes-jofi#get-started" target="_blank">Each click</a>',
				location: 'outputPane',
				whenToDisplay: 'beforeExecution',
			},
		],
		inputs: [],
		outputs: OUTPUTS_EXPRESSION,
		credentials: [
			{ name: 'jofiWebhookApi', required: true, testedBy: 'jofiWebhookCredentialTest' },
		],
		// No expressions here: n8n would evaluate them for each request.
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'jofi',
			},
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				path: 'jofi',
				ndvHideUrl: true,
			},
		],
		properties,
	};

	methods = {
		credentialTest: {
			/** Needs no network: it looks for common mistakes, since JOFI has nothing to ask. */
			async jofiWebhookCredentialTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				const message = whyUnusable(credential.data) ?? findMistake(credential.data);
				if (message !== undefined) return { status: 'Error', message };
				return {
					status: 'OK',
					message:
						'Looks good. The first event from JOFI will show whether JOFI uses the same values.',
				};
			},
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// JOFI has no way to ask; n8n calls create only if this is false.
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const problem = whyUnusable(await this.getCredentials('jofiWebhookApi'));
				if (problem === undefined) return true;
				throw new NodeOperationError(
					this.getNode(),
					`The JOFI Webhook API credential can't be used. ${problem}`,
				);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return this.getWebhookName() === 'setup' ? answerVisitor(this) : await answerDelivery(this);
	}
}

/** A POST: a delivery of JOFI's, or a forgery. */
async function answerDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const isInEditor = context.getMode() === 'manual';
	const { id: nodeId, name: nodeName, credentials, webhookId } = context.getNode();
	const delivery = await readDelivery(context.getRequestObject(), response, webhookId);

	const { id: workflowId = '' } = context.getWorkflow();
	const memory = memoryOf(`${workflowId}/${nodeId}/${context.getMode()}`);
	const credential = memory.credentialCache.sourceOf(
		credentials?.jofiWebhookApi?.id ?? '',
		async () => await readCredential(context),
	);
	const outcome = await receive(
		delivery,
		credential,
		() => readSettings(context),
		memory.seenEvents,
	);
	if ('item' in outcome) return toWebhookResponse(outcome);

	const notRun = isInEditor ? diagnose(outcome, delivery.body) : outcome;
	const { reason } = notRun;
	context.logger[REASONS[reason].logLevel ?? 'warn'](logLine(notRun), {
		reason,
		workflowId,
		nodeName,
	});
	sendAnswer(response, answerTo(reason));
	if (isInEditor) {
		// The caller has its answer; what is thrown now is only shown in the editor.
		const { message, description } = explain(notRun, delivery.url);
		throw new NodeOperationError(context.getNode(), message, { description });
	}
	return { noWebhookResponse: true };
}

/** A GET: somebody opens the URL in a browser. */
function answerVisitor(context: IWebhookFunctions): IWebhookResponseData {
	const request = context.getRequestObject();
	const response = context.getResponseObject();
	if (context.getMode() !== 'manual') {
		sendPage(response, livePage(visitsOverHttps(request)));
		return { noWebhookResponse: true };
	}
	const visit = answerVisit(request.query.sample, readSettings(context), Date.now());
	sendPage(response, visit.page);
	return { ...(visit.emitted && toWebhookResponse(visit.emitted)), noWebhookResponse: true };
}

function toWebhookResponse({
	item,
	output,
}: {
	item: object;
	output: number;
}): IWebhookResponseData {
	return { workflowData: atOutput(output, { json: item as IDataObject }) };
}

/** Without a usable credential nothing can be verified: the delivery is refused, and JOFI may try again. */
async function readCredential(context: IWebhookFunctions): Promise<Verification | undefined> {
	try {
		return readVerification(await context.getCredentials('jofiWebhookApi'));
	} catch (error) {
		context.logger.error('JOFI Trigger could not read its credential', { error: String(error) });
		return undefined;
	}
}
