/** Runs the built JOFI node through n8n-core's own classes, over HTTPS to a JOFI played on loopback. */
import 'reflect-metadata';
import { ExecuteContext, LoadOptionsContext, type PackageDirectoryLoader } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodePropertyOptions,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { FakeInternet } from '../support/outside/internet';
import { JOFI_HOST, JofiApi } from '../support/outside/jofiApi';
import { loadPackage } from './engine';

export interface RunOptions {
	items?: IDataObject[];
	/** The live key of the stand-in if left out. */
	apiKey?: string;
	onError?: INode['onError'];
}

export interface RunResult {
	items: INodeExecutionData[];
	hints: NodeExecutionHint[];
}

/** The JOFI node as n8n-core runs it, with a JOFI of its own. */
export class JofiEngine {
	private constructor(
		readonly jofi: JofiApi,
		private readonly loader: PackageDirectoryLoader,
		private readonly internet: FakeInternet,
	) {}

	/** Starts JOFI on loopback, and leads this process to it. */
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

	get nodeType(): INodeType {
		return this.loader.getNode('jofi').type as INodeType;
	}

	/** Runs the node once, over all items. */
	async run(parameters: Record<string, unknown>, options: RunOptions = {}): Promise<RunResult> {
		const { workflow, node, additionalData } = this.surroundings(parameters, options);
		const items = (options.items ?? [{}]).map((json) => ({ json }));
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

	/** What a list of the node shows. In: the method behind it, what was typed, what is filled in so far. */
	async search(
		method: string,
		filter?: string,
		parameters: Record<string, unknown> = {},
		options: RunOptions = {},
	): Promise<INodeListSearchResult['results']> {
		const search = this.nodeType.methods?.listSearch?.[method];
		const context = this.loadOptionsContext(parameters, options);
		return (await search?.call(context, filter))?.results ?? [];
	}

	async assessments(options: RunOptions = {}): Promise<INodePropertyOptions[]> {
		const load = this.nodeType.methods?.loadOptions?.getAssessments;
		return (await load?.call(this.loadOptionsContext({}, options))) ?? [];
	}

	private loadOptionsContext(parameters: Record<string, unknown>, options: RunOptions) {
		const { workflow, node, additionalData } = this.surroundings(parameters, options);
		Object.assign(additionalData, { currentNodeParameters: parameters });
		return new LoadOptionsContext(workflow, node, additionalData, '');
	}

	private surroundings(
		parameters: Record<string, unknown>,
		{ apiKey = this.jofi.liveKey, onError }: RunOptions,
	) {
		const node: INode = {
			id: 'n',
			name: 'JOFI',
			type: 'n8n-nodes-jofi.jofi',
			typeVersion: 1,
			position: [0, 0],
			parameters: parameters as INode['parameters'],
			credentials: { jofiApi: { id: 'c', name: 'JOFI' } },
			...(onError && { onError }),
		};
		const { nodeType } = this;
		const workflow = new Workflow({
			id: 'w',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: {
				getByName: () => nodeType,
				getByNameAndVersion: () => nodeType,
				getKnownTypes: () => ({}),
			},
		});
		const { authenticate } = this.loader.getCredential('jofiApi').type;
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
				) => {
					if (typeof authenticate !== 'function') throw new Error('authenticate is a function');
					return await authenticate(credential as never, request);
				},
			},
		} as unknown as IWorkflowExecuteAdditionalData;
		// The defaults are filled in by the workflow, as n8n does it.
		return { workflow, node: workflow.nodes.JOFI as INode, additionalData };
	}
}

/** From here on this process trusts one more certificate. NODE_EXTRA_CA_CERTS is only read at its start. */
function trust(certificate: string): void {
	const create = tls.createSecureContext;
	tls.createSecureContext = (options) =>
		create({ ...options, ca: [...tls.rootCertificates, certificate] });
}
