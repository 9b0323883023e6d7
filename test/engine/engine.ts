/** Runs the built package through n8n-core's own loader and contexts, without an n8n server. */
import 'reflect-metadata';
import express from 'express';
import {
	CredentialTestContext,
	HookContext,
	PackageDirectoryLoader,
	WebhookContext,
} from 'n8n-core';
import {
	Workflow,
	type INode,
	type INodeType,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { send, type ReceivedAnswer } from '../support/jofi';

const checkout = resolve(__dirname, '../..');

/** Loads the package from the checkout, as n8n does at its start. */
export async function loadPackage(): Promise<PackageDirectoryLoader> {
	const loader = new PackageDirectoryLoader(checkout);
	await loader.loadAll();
	return loader;
}

type CredentialFields = Record<string, unknown>;

interface WebhookRequest {
	/** Undefined if the node has none. */
	credential?: CredentialFields;
	parameters?: Record<string, unknown>;
	mode?: WorkflowExecuteMode;
	query?: string;
	/** What is posted. Without it, the request is a GET. */
	delivery?: { body: Buffer; headers: Record<string, string> };
}

interface WebhookResult extends ReceivedAnswer {
	/** What the node returned; undefined if it threw. */
	returned?: IWebhookResponseData;
	thrown?: Error & { description?: string };
}

/** A workflow of one node. Fills in the defaults of its parameters, as n8n does. */
export function workflowOf(node: INode, nodeType: INodeType): Workflow {
	return new Workflow({
		id: 'w',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
}

/** The trigger as n8n-core runs it. */
export class Engine {
	private constructor(readonly nodeType: INodeType) {}

	static async load(): Promise<Engine> {
		const loader = await loadPackage();
		return new Engine(loader.getNode('jofiTrigger').type as INodeType);
	}

	/** Sends a request over HTTP to the node's `webhook`, and answers with success if the node does not answer. */
	async request(options: WebhookRequest): Promise<WebhookResult> {
		const { credential, parameters, mode = 'webhook', query = '', delivery } = options;
		const method = delivery ? 'POST' : 'GET';
		const { workflow, node, additionalData } = this.surroundings(credential, parameters);
		const webhookDescription = this.nodeType.description.webhooks?.find(
			({ httpMethod }) => httpMethod === method,
		);
		const webhookData = { webhookDescription } as unknown as IWebhookData;
		const result: Pick<WebhookResult, 'returned' | 'thrown'> = {};
		const app = express().use(async (httpRequest, httpResponse) => {
			Object.assign(httpRequest, { rawBody: delivery?.body });
			Object.assign(additionalData, { httpRequest, httpResponse });
			const given = [workflow, node, additionalData, mode, webhookData] as const;
			const context = new WebhookContext(...given, [], null);
			try {
				result.returned = await this.nodeType.webhook?.call(context);
			} catch (error) {
				result.thrown = error as Error;
			}
			if (!httpResponse.headersSent) httpResponse.end();
		});
		const server = app.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const { body = Buffer.alloc(0), headers } = delivery ?? {};
		const answer = await send(method, `http://127.0.0.1:${port}/${query}`, body, headers);
		server.close();
		return { ...answer, ...result };
	}

	/** Runs the node's `create`, as n8n does when a workflow is published. */
	async create(credential?: CredentialFields): Promise<boolean | undefined> {
		const { workflow, node, additionalData } = this.surroundings(credential);
		const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate');
		return await this.nodeType.webhookMethods?.default?.create?.call(context);
	}

	/** Runs the credential's test, as the credential dialog does. */
	async testCredential(data: CredentialFields) {
		const test = this.nodeType.methods?.credentialTest?.jofiWebhookCredentialTest;
		const credential = { id: '1', name: 'JOFI', type: 'jofiWebhookApi', data };
		return await test?.call(new CredentialTestContext(), credential as never);
	}

	private surroundings(credential?: CredentialFields, parameters: Record<string, unknown> = {}) {
		const node: INode = {
			id: 'n',
			name: 'JOFI Trigger',
			type: 'n8n-nodes-jofi.jofiTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: parameters as INode['parameters'],
			...(credential && { credentials: { jofiWebhookApi: { id: 'c', name: 'JOFI' } } }),
		};
		const workflow = workflowOf(node, this.nodeType);
		const additionalData = {
			credentialsHelper: {
				isCredentialUsableByNode: () => true,
				getDecrypted: () => Promise.resolve(credential),
			},
		} as unknown as IWorkflowExecuteAdditionalData;
		return { workflow, node, additionalData };
	}
}
