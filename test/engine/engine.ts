/** Runs the built package through n8n-core's own classes, behind a small HTTP server. No n8n server. */
import 'reflect-metadata';
import express, { type Request, type Response } from 'express';
import {
	CredentialTestContext,
	HookContext,
	PackageDirectoryLoader,
	WebhookContext,
} from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeType,
	type IVersionedNodeType,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');

/** Loads the package from the checkout, as n8n does at its start. */
export async function loadPackage(): Promise<PackageDirectoryLoader> {
	const loader = new PackageDirectoryLoader(checkout);
	await loader.loadAll();
	return loader;
}

export interface CallOptions {
	parameters?: Record<string, unknown>;
	/** The credential's fields; undefined if the node has none. */
	credential?: Record<string, unknown>;
	mode?: WorkflowExecuteMode;
	method?: 'GET' | 'POST';
	query?: string;
	headers?: Record<string, string>;
	body?: Buffer;
	/** Tells calls apart that must not share what the process remembers. */
	workflowId?: string;
	/** Whether n8n fails to queue the run after the node has handed it over. */
	failsToQueue?: boolean;
}

export interface CallResult {
	status: number;
	headers: Headers;
	text: string;
	/** What the node returned; undefined if it threw. */
	returned?: IWebhookResponseData;
	thrown?: Error & { description?: string };
}

/** The trigger as n8n-core runs it. */
export class Engine {
	private constructor(readonly loader: PackageDirectoryLoader) {}

	static async load(): Promise<Engine> {
		return new Engine(await loadPackage());
	}

	get nodeType(): INodeType {
		return this.loader.getNode('jofiTrigger').type as INodeType;
	}

	/** Sends one request over HTTP to the node's webhook, and answers it by what n8n does with the result. */
	async call(options: CallOptions): Promise<CallResult> {
		const result: Partial<CallResult> = {};
		const app = express();
		// n8n reads the body before the node runs where it knows the content type.
		app.use(express.raw({ type: () => true, limit: '20mb' }));
		app.use(async (request: Request, response: Response) => {
			Object.assign(request, {
				rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
			});
			try {
				const context = this.webhookContext(options, request, response);
				result.returned = await this.nodeType.webhook?.call(context);
				if (options.failsToQueue) throw new Error('queue is down');
				if (!response.headersSent) response.status(200).end();
			} catch (error) {
				result.thrown = error as Error;
				if (!response.headersSent) response.status(500).end();
			}
		});
		const server = app.listen(0, '127.0.0.1');
		await new Promise((listening) => server.once('listening', listening));
		try {
			const { port } = server.address() as AddressInfo;
			const method = options.method ?? 'POST';
			const response = await fetch(`http://127.0.0.1:${port}/${options.query ?? ''}`, {
				method,
				headers: options.headers,
				...(method === 'POST' && { body: new Uint8Array(options.body ?? Buffer.alloc(0)) }),
			});
			const text = await response.text();
			return { ...result, status: response.status, headers: response.headers, text };
		} finally {
			await new Promise((closed) => server.close(closed));
		}
	}

	/** Runs the node's `create`, as n8n does when a workflow is published. */
	async create(credential: Record<string, unknown> | undefined): Promise<boolean | undefined> {
		const { workflow, node, additionalData } = this.surroundings({ credential });
		const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate');
		return await this.nodeType.webhookMethods?.default?.create?.call(context);
	}

	/** Runs the credential's test, as the credential dialog does. */
	async testCredential(data: Record<string, unknown>) {
		const test = this.nodeType.methods?.credentialTest?.jofiWebhookCredentialTest;
		const credential = { id: '1', name: 'JOFI', type: 'jofiWebhookApi', data };
		return await test?.call(new CredentialTestContext(), credential as never);
	}

	private webhookContext(
		options: CallOptions,
		request: Request,
		response: Response,
	): WebhookContext {
		const { workflow, node, additionalData } = this.surroundings(options);
		Object.assign(additionalData, { httpRequest: request, httpResponse: response });
		const description = this.nodeType.description.webhooks?.find(
			({ httpMethod }) => httpMethod === (options.method ?? 'POST'),
		);
		const webhookData = { webhookDescription: description } as unknown as IWebhookData;
		return new WebhookContext(
			workflow,
			node,
			additionalData,
			options.mode ?? 'webhook',
			webhookData,
			[],
			null,
		);
	}

	private surroundings({ parameters = {}, credential, workflowId = 'w' }: CallOptions) {
		const node: INode = {
			id: 'n',
			name: 'JOFI Trigger',
			type: 'n8n-nodes-jofi.jofiTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: parameters as INode['parameters'],
			...(credential && {
				credentials: { jofiWebhookApi: { id: `c-${workflowId}`, name: 'JOFI' } },
			}),
		};
		const { nodeType } = this;
		const nodeTypes = {
			getByName: (): INodeType | IVersionedNodeType => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({
			id: workflowId,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			settings: { timezone: 'America/Denver' },
		});
		const additionalData = {
			credentialsHelper: {
				isCredentialUsableByNode: () => true,
				getDecrypted: () => Promise.resolve(credential as ICredentialDataDecryptedObject),
			},
		} as unknown as IWorkflowExecuteAdditionalData;
		return { workflow, node, additionalData };
	}
}
