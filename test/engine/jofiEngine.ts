/** Runs the built JOFI node through n8n-core's own classes, over HTTPS to a fake of JOFI. */
import 'reflect-metadata';
import { ExecuteContext, LoadOptionsContext, type PackageDirectoryLoader } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchItems,
	type INodePropertyOptions,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { FakeInternet } from '../support/outside/internet';
import { JOFI_HOST, JofiApi } from '../support/outside/jofiApi';
import { JOFI_NAME, jofiNode } from '../support/workflows';
import { loadPackage, workflowOf } from './engine';

export interface RunOptions {
	items?: IDataObject[];
	/** The live key of the fake by default. */
	apiKey?: string;
}

/** The JOFI node as n8n-core runs it, with a JOFI of its own. */
export class JofiEngine {
	private constructor(
		readonly jofi: JofiApi,
		private readonly loader: PackageDirectoryLoader,
		private readonly internet: FakeInternet,
	) {}

	/** Starts the fake, and sends this process to it. */
	static async start(): Promise<JofiEngine> {
		const jofi = new JofiApi();
		const internet = await FakeInternet.start({ [JOFI_HOST]: jofi.api });
		Object.assign(process.env, internet.env);
		trust(readFileSync(internet.certificateFile, 'utf8'));
		return new JofiEngine(jofi, await loadPackage(), internet);
	}

	async stop(): Promise<void> {
		await this.internet.stop();
	}

	/** Runs the node once, over all items. */
	async run(
		parameters: Record<string, unknown>,
		{ items: input = [{}], apiKey }: RunOptions = {},
	): Promise<{ items: INodeExecutionData[]; hints: NodeExecutionHint[] }> {
		const { workflow, node, additionalData } = this.surroundings(parameters, apiKey);
		const items = input.map((json) => ({ json }));
		const context = new ExecuteContext(
			workflow,
			node,
			additionalData,
			'manual',
			createEmptyRunExecutionData(),
			0,
			items,
			{ main: [items] },
			{ node, data: { main: [items] }, source: null } as IExecuteData,
			[],
		);
		const output = await this.nodeType.execute?.call(context);
		return { items: (output as INodeExecutionData[][])[0] ?? [], hints: context.hints };
	}

	/**
	 * What a list of the node shows.
	 *
	 * @param filter - what was typed
	 * @param parameters - what is filled in so far
	 */
	async entries(
		method: string,
		filter?: string,
		parameters: Record<string, unknown> = {},
	): Promise<Array<INodeListSearchItems | INodePropertyOptions>> {
		const { workflow, node, additionalData } = this.surroundings(parameters);
		Object.assign(additionalData, { currentNodeParameters: parameters });
		const context = new LoadOptionsContext(workflow, node, additionalData, '');
		const { listSearch, loadOptions } = this.nodeType.methods ?? {};
		const found = await listSearch?.[method]?.call(context, filter);
		return found?.results ?? (await loadOptions?.[method]?.call(context)) ?? [];
	}

	private get nodeType(): INodeType {
		return this.loader.getNode('jofi').type as INodeType;
	}

	private surroundings(parameters: Record<string, unknown>, apiKey = this.jofi.liveKey) {
		const node = jofiNode(parameters, { id: 'c', name: JOFI_NAME }) as INode;
		const workflow = workflowOf(node, this.nodeType);
		const { authenticate } = this.loader.getCredential('jofiApi').type;
		if (typeof authenticate !== 'function') throw new Error('authenticate is not a function');
		const additionalData = {
			credentialsHelper: {
				isCredentialUsableByNode: () => true,
				getParentTypes: () => [],
				getDecrypted: () => Promise.resolve({ apiKey }),
				preAuthentication: () => Promise.resolve(undefined),
				authenticate: async (
					credential: IDataObject,
					_type: string,
					request: IHttpRequestOptions,
				) => await authenticate(credential as never, request),
			},
		} as unknown as IWorkflowExecuteAdditionalData;
		// With the defaults that the workflow filled in.
		return { workflow, node: workflow.nodes[JOFI_NAME] as INode, additionalData };
	}
}

/** Makes this process trust one more certificate. NODE_EXTRA_CA_CERTS is only read at its start. */
function trust(certificate: string): void {
	const create = tls.createSecureContext;
	tls.createSecureContext = (options) =>
		create({ ...options, ca: [...tls.rootCertificates, certificate] });
}
