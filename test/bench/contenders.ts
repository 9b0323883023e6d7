/** What `npm run bench` compares: the JOFI Trigger, and what people would use in its place. */
import { createHmac, randomUUID } from 'node:crypto';
import { hmac, jofiEvent, type Signing } from '../support/jofi';
import type { N8nRest, Workflow, WorkflowNode } from '../support/n8n/rest';
import { jofiTrigger, triggerWorkflow } from '../support/workflows';
import { worstHeaders } from './receive';

export const CONTENDERS = [
	'JOFI Trigger accepting',
	'JOFI Trigger refusing a forgery',
	'JOFI Trigger ignoring an unselected event',
	'JOFI Trigger dropping a repeat',
	'Webhook node, no verification',
	'Webhook node, Header Auth accepting',
	'Webhook node, Header Auth refusing',
	'Hand-built chain accepting',
	'Hand-built chain refusing',
	'Slack Trigger accepting',
	'Slack Trigger refusing',
	'JOFI Trigger refusing 16 MB',
	'JOFI Trigger refusing 16 MB, worst headers',
] as const;

export type ContenderName = (typeof CONTENDERS)[number];

/** A published workflow, and deliveries that it answers in one way. */
export interface Contender {
	name: ContenderName;
	workflowId: string;
	url: string;
	/** The next delivery: never the same event twice, but for the repeats. */
	next(): { content: object; signing: Signing };
	/** The right answer. */
	status: number;
	/** How many runs each delivery starts. */
	runs: 0 | 1;
	/** It gets one delivery where others get so many. */
	oneIn?: number;
}

const SECRET = 'bench-signing-secret';
const SIGNATURE_HEADER = 'x-jofi-signature';
const AUTH_HEADER = 'x-jofi-secret';
/** As much as n8n takes as it comes. */
const LARGE = { hello: 'a'.repeat(16 * 1024 * 1024 - 100) };
const genuine = hmac(SECRET);
const forged = hmac('somebody else');

/** Creates and publishes all workflows in an n8n. In: n8n's REST interface, and its address. */
export async function publishContenders(rest: N8nRest, n8nUrl: string): Promise<Contender[]> {
	const event = () => jofiEvent('test_taker.assessment_completed');
	const repeated = event();

	const credential = await rest.createCredential('jofiWebhookApi', {
		verificationMethod: 'hmac',
		signingSecret: SECRET,
	});
	const publishJofi = async (events: string[]) => {
		const trigger = jofiTrigger({ events }, credential);
		return await publish(rest, n8nUrl, triggerWorkflow('JOFI', trigger, []), 'jofi');
	};
	const jofi = await publishJofi(['*']);
	const unselecting = await publishJofi(['invitation.accepted']);
	const repeating = await publishJofi(['*']);
	const webhook = await publish(rest, n8nUrl, webhookWorkflow(), 'floor');
	const headerAuth = await publish(rest, n8nUrl, await headerAuthWorkflow(rest, SECRET), 'header');
	const chain = await publish(rest, n8nUrl, await chainWorkflow(rest), 'chain');
	const slack = await publish(rest, n8nUrl, await slackWorkflow(rest), 'webhook');

	const accepting = { next: () => ({ content: event(), signing: genuine }), status: 200 };
	const refusing = { next: () => ({ content: event(), signing: forged }), status: 401, runs: 0 };
	return [
		{ name: 'JOFI Trigger accepting', ...jofi, ...accepting, runs: 1 },
		{ name: 'JOFI Trigger refusing a forgery', ...jofi, ...refusing, runs: 0 },
		{ name: 'JOFI Trigger ignoring an unselected event', ...unselecting, ...accepting, runs: 0 },
		{
			name: 'JOFI Trigger dropping a repeat',
			...repeating,
			...accepting,
			next: () => ({ content: repeated, signing: genuine }),
			runs: 0,
		},
		{ name: 'Webhook node, no verification', ...webhook, ...accepting, runs: 1 },
		{
			name: 'Webhook node, Header Auth accepting',
			...headerAuth,
			next: () => ({ content: event(), signing: () => ({ [AUTH_HEADER]: SECRET }) }),
			status: 200,
			runs: 1,
		},
		{
			name: 'Webhook node, Header Auth refusing',
			...headerAuth,
			next: () => ({ content: event(), signing: () => ({ [AUTH_HEADER]: 'somebody else' }) }),
			status: 403,
			runs: 0,
		},
		{ name: 'Hand-built chain accepting', ...chain, ...accepting, runs: 1 },
		// The chain has answered before it knows, and its run ends at the If node.
		{ name: 'Hand-built chain refusing', ...chain, ...refusing, status: 200, runs: 1 },
		{
			name: 'Slack Trigger accepting',
			...slack,
			next: () => ({ content: slackEvent(event()), signing: slackStyle(SECRET) }),
			status: 200,
			runs: 1,
		},
		{
			name: 'Slack Trigger refusing',
			...slack,
			next: () => ({ content: slackEvent(event()), signing: slackStyle('somebody else') }),
			status: 401,
			runs: 0,
		},
		{
			name: 'JOFI Trigger refusing 16 MB',
			...jofi,
			...refusing,
			next: () => ({ content: LARGE, signing: () => ({ [SIGNATURE_HEADER]: 'ab'.repeat(32) }) }),
			runs: 0,
			oneIn: 10,
		},
		{
			name: 'JOFI Trigger refusing 16 MB, worst headers',
			...jofi,
			...refusing,
			next: () => ({ content: LARGE, signing: () => worstHeaders(Date.now()) }),
			runs: 0,
			oneIn: 10,
		},
	];
}

/** Publishes a workflow. Out: its id, and the URL of its first node. */
export async function publish(rest: N8nRest, n8nUrl: string, workflow: Workflow, path: string) {
	const saved = await rest.createWorkflow(workflow);
	await rest.publish(saved);
	const webhookId = workflow.nodes[0]?.webhookId ?? '';
	return { workflowId: saved.id, url: `${n8nUrl}/webhook/${webhookId}/${path}` };
}

function node(name: string, type: string, typeVersion: number, parameters: object): WorkflowNode {
	return {
		id: randomUUID(),
		webhookId: randomUUID(),
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0],
		parameters: { ...parameters },
	};
}

function inARow(name: string, nodes: WorkflowNode[]): Workflow {
	const connections = Object.fromEntries(
		nodes.slice(1).map((next, index) => {
			const previous = nodes[index] as WorkflowNode;
			return [previous.name, { main: [[{ node: next.name, type: 'main', index: 0 }]] }];
		}),
	);
	return { name, nodes, connections };
}

function webhookWorkflow(): Workflow {
	return inARow('Webhook', [webhookNode('floor', {})]);
}

/** With a credential, as the JOFI Trigger has one: n8n checks for each run whether it may be used. */
export async function headerAuthWorkflow(rest: N8nRest, secret: string): Promise<Workflow> {
	const credential = await rest.createCredential('httpHeaderAuth', {
		name: AUTH_HEADER,
		value: secret,
	});
	const webhook = webhookNode('header', {});
	return inARow('Header Auth', [
		{
			...webhook,
			parameters: { ...webhook.parameters, authentication: 'headerAuth' },
			credentials: { httpHeaderAuth: credential },
		},
	]);
}

function webhookNode(path: string, options: object): WorkflowNode {
	const webhook = node('Webhook', 'webhook', 2, { httpMethod: 'POST', options });
	// A path with a parameter stands behind the webhook's id, as a trigger's does; a plain one would not.
	return {
		...webhook,
		parameters: { ...webhook.parameters, path: `${webhook.webhookId}/${path}` },
	};
}

/** What people build who have no trigger: the signature over the raw body, compared, and the fields taken out. */
async function chainWorkflow(rest: N8nRest): Promise<Workflow> {
	const credential = await rest.createCredential('crypto', { hmacSecret: SECRET });
	const crypto = node('Crypto', 'crypto', 2, {
		action: 'hmac',
		binaryData: true,
		type: 'SHA256',
		dataPropertyName: 'signature',
	});
	const isGenuine = node('If', 'if', 2.2, {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: randomUUID(),
					leftValue: '={{ $json.signature }}',
					rightValue: `={{ $json.headers["${SIGNATURE_HEADER}"] }}`,
					operator: { type: 'string', operation: 'equals' },
				},
			],
			combinator: 'and',
		},
	});
	const object = '$json.data.data.object';
	const fields = {
		event_id: '={{ $json.data.id }}',
		event_type: '={{ $json.data.type }}',
		event_created_at: '={{ $json.data.created_at }}',
		first_name: `={{ ${object}.first_name }}`,
		last_name: `={{ ${object}.last_name }}`,
		email: `={{ ${object}.email }}`,
		custom_id: `={{ ${object}.custom_id }}`,
		team_name: `={{ ${object}.team?.display_name }}`,
	};
	const edit = node('Edit Fields', 'set', 3.4, {
		assignments: {
			assignments: Object.entries(fields).map(([name, value]) => ({
				id: randomUUID(),
				name,
				value,
				type: 'string',
			})),
		},
	});
	// Extract From File has to stand before Crypto, which keeps no binary data that it has read.
	const extract = node('Extract From File', 'extractFromFile', 1, {
		operation: 'fromJson',
		options: { keepSource: 'both' },
	});
	return inARow('Hand-built chain', [
		webhookNode('chain', { rawBody: true }),
		extract,
		{ ...crypto, credentials: { crypto: credential } },
		isGenuine,
		edit,
	]);
}

async function slackWorkflow(rest: N8nRest): Promise<Workflow> {
	const credential = await rest.createCredential('slackApi', {
		accessToken: 'xoxb-bench',
		signatureSecret: SECRET,
	});
	const trigger = node('Slack Trigger', 'slackTrigger', 1, {
		trigger: ['any_event'],
		watchWorkspace: true,
	});
	return inARow('Slack', [{ ...trigger, credentials: { slackApi: credential } }]);
}

/** The same content as a Slack event. */
function slackEvent(event: object): object {
	return { type: 'event_callback', event: { type: 'message', channel: 'C1', user: 'U1', event } };
}

/** Slack's style: `v0=<hex>` over `v0:<unix seconds>:<body>`. */
function slackStyle(secret: string): Signing {
	return (body) => {
		const timestamp = Math.floor(Date.now() / 1000);
		const signature = createHmac('sha256', secret)
			.update(`v0:${timestamp}:`)
			.update(body)
			.digest('hex');
		return {
			'x-slack-request-timestamp': String(timestamp),
			'x-slack-signature': `v0=${signature}`,
		};
	};
}
