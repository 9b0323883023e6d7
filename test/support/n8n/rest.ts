import { parse } from 'flatted';
import { eventually } from '../eventually';
import { setTimeout as wait } from 'node:timers/promises';
import { inParallel } from '../parallel';
import type { N8nServer } from './server';

export const OWNER = {
	email: process.env.N8N_EMAIL ?? 'owner@example.com',
	password: process.env.N8N_PASSWORD ?? 'Recruiting-2026',
	firstName: 'Olivia',
	lastName: 'Owner',
};

/** The id by which n8n tells browsers apart. */
export const BROWSER_ID = 'test-browser';

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	id?: string;
	webhookId?: string;
	credentials?: Record<string, { id: string; name: string }>;
	[more: string]: unknown;
}

export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
	[more: string]: unknown;
}

export interface SavedWorkflow extends Workflow {
	id: string;
	versionId: string;
}

export interface Execution {
	id: string;
	status: string;
	workflowId: string;
	mode: string;
	/** ISO 8601. */
	startedAt?: string | null;
}

interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

/** One item at an output of a node, as an execution recorded it. */
type RecordedItem = { json: Record<string, unknown> };

interface RecordedExecution extends Execution {
	/** What it recorded, in the form that `flatted` reads. */
	data: string;
}

interface RunResult {
	error?: { message: string; description?: string };
	runData: Record<string, Array<{ data?: { main: RecordedItem[][] } }>>;
}

/** n8n's REST interface as the editor uses it, logged in as the owner. */
export class N8nRest {
	private cookie = '';
	/** The number of the last run that belongs to others. */
	private lastForeignRun = 0;
	/** Runs that have ended, by number: they do not change any more. */
	private readonly ended = new Map<number, Execution>();

	constructor(private readonly server: Pick<N8nServer, 'url' | 'n8n'>) {}

	/** Sets up the owner of a new n8n, and logs in. */
	async setUpOwner(): Promise<void> {
		// n8n 1.x says that it is ready before it knows this address.
		await eventually(
			'n8n to know its owner',
			async () => await this.call('POST', '/owner/setup', OWNER).catch((error: Error) => error),
			(answer) => !(answer instanceof Error),
		);
		await this.logIn();
	}

	async logIn(): Promise<void> {
		const { email: emailOrLdapLoginId, password } = OWNER;
		await this.call('POST', '/login', { emailOrLdapLoginId, password });
	}

	get cookies(): Array<{ name: string; value: string }> {
		return this.cookie.split('; ').map((cookie) => {
			const end = cookie.indexOf('=');
			return { name: cookie.slice(0, end), value: cookie.slice(end + 1) };
		});
	}

	/** Creates a credential and returns what a node's `credentials` refers to it by. */
	async createCredential(
		type: string,
		data: Record<string, unknown>,
		name = type,
	): Promise<{ id: string; name: string }> {
		const { id } = await this.call<{ id: string }>('POST', '/credentials', { name, type, data });
		return { id, name };
	}

	async deleteCredential(id: string): Promise<void> {
		await this.call('DELETE', `/credentials/${id}`);
	}

	async deleteAllCredentials(): Promise<void> {
		for (const { id } of await this.call<Array<{ id: string }>>('GET', '/credentials')) {
			await this.deleteCredential(id);
		}
	}

	async createWorkflow(workflow: Workflow): Promise<SavedWorkflow> {
		return await this.call('POST', '/workflows', { settings: {}, active: false, ...workflow });
	}

	async readWorkflow(id: string): Promise<SavedWorkflow> {
		return await this.call('GET', `/workflows/${id}`);
	}

	async updateWorkflow(id: string, changes: Partial<Workflow>): Promise<SavedWorkflow> {
		const { versionId } = await this.readWorkflow(id);
		return await this.call('PATCH', `/workflows/${id}`, { versionId, ...changes });
	}

	async workflows(): Promise<Array<{ id: string; name: string }>> {
		return await this.call('GET', '/workflows');
	}

	/** Publishes a workflow: from then on its Production URLs answer, as soon as n8n has registered them. */
	async publish({ id }: { id: string }, active = true): Promise<void> {
		const { versionId } = await this.readWorkflow(id);
		if (this.server.n8n.release.isPublishedByPatch) {
			await this.call('PATCH', `/workflows/${id}`, { active, versionId });
		} else {
			const action = active ? 'activate' : 'deactivate';
			await this.call('POST', `/workflows/${id}/${action}`, active ? { versionId } : {});
		}
	}

	async unpublish(workflow: { id: string }): Promise<void> {
		await this.publish(workflow, false);
	}

	async leaveOutEarlierRuns(): Promise<void> {
		const runs = await this.listedExecutions({});
		this.lastForeignRun = Math.max(0, ...runs.map(({ id }) => Number(id)));
	}

	/**
	 * All executions of a workflow, newest first. Looks up by its number what is not on n8n's first page: the
	 * later pages can leave out or repeat a run where two began in the same millisecond.
	 */
	async executions(workflowId: string): Promise<Execution[]> {
		const page = new Map((await this.listedExecutions({})).map((run) => [Number(run.id), run]));
		const newest = Math.max(this.lastForeignRun, ...page.keys());
		const numbers = Array.from({ length: newest - this.lastForeignRun }, (_, i) => newest - i);
		const found = new Map(this.ended);
		const unknown = numbers.filter((number) => !this.ended.has(number));
		await inParallel(unknown, 16, async (number) => {
			const run = page.get(number) ?? (await this.execution(String(number)));
			if (!run) return;
			const { id, status, workflowId: of, mode, startedAt } = run;
			const execution = { id, status, workflowId: of, mode, startedAt };
			found.set(number, execution);
			if (!isUnderWay(execution) && status !== 'waiting') this.ended.set(number, execution);
		});
		return [...found.values()]
			.filter((execution) => execution.workflowId === workflowId)
			.sort((one, other) => Number(other.id) - Number(one.id));
	}

	/** The newest runs that n8n lists now, a hundred at most. Those that `executions` has seen may be deleted since. */
	async listedExecutions(filter: { workflowId?: string }): Promise<Execution[]> {
		const { results } = await this.call<{ results: Execution[] }>(
			'GET',
			`/executions?filter=${encodeURIComponent(JSON.stringify(filter))}&limit=100`,
		);
		return results;
	}

	/** As `firstExecutions`, but waits a moment longer for one that should not be there. */
	async finishedExecutions(workflowId: string, count: number): Promise<Execution[]> {
		await this.firstExecutions(workflowId, count);
		await wait(300);
		return await this.executions(workflowId);
	}

	/** Waits until a workflow has at least so many executions and all have ended; returns them, newest first. */
	async firstExecutions(workflowId: string, count: number): Promise<Execution[]> {
		return await eventually(
			`${count} executions to end`,
			async () => await this.executions(workflowId),
			(found) => found.length >= count && !found.some(isUnderWay),
		);
	}

	async finishedExecution(executionId: string): Promise<RecordedExecution> {
		return (await eventually(
			`execution ${executionId} to end`,
			async () => await this.execution(executionId),
			(run) => run !== undefined && !isUnderWay(run),
		)) as RecordedExecution;
	}

	/** Retries an execution, waits for its end and returns the new one. */
	async retry(executionId: string): Promise<{ id: string }> {
		return await this.call('POST', `/executions/${executionId}/retry`, { loadWorkflow: true });
	}

	/**
	 * An execution with what it recorded; undefined if there is none of that id, or if it has recorded nothing
	 * yet, which n8n 2.20 answers with an error of its own.
	 */
	async execution(executionId: string): Promise<RecordedExecution | undefined> {
		return await this.call<RecordedExecution>('GET', `/executions/${executionId}`).catch(
			(error: Error) => {
				if (/: 404 |reading 'resultData'/.test(error.message)) return undefined;
				throw error;
			},
		);
	}

	/**
	 * What left a node in an execution: for each output the items. Of a retried execution it is what left the
	 * node last: n8n puts a placeholder in front where a crash kept it from storing the items.
	 */
	async outputsOf(executionId: string, nodeName: string): Promise<RecordedItem[][]> {
		const execution = await this.execution(executionId);
		return (execution && resultOf(execution).runData[nodeName]?.at(-1)?.data?.main) ?? [];
	}

	async dataTables(): Promise<DataTable[]> {
		const { data } = await this.call<{ data: DataTable[] }>('GET', '/data-tables-global');
		return data;
	}

	async deleteDataTable({ id, projectId }: DataTable): Promise<void> {
		await this.call('DELETE', `/projects/${projectId}/data-tables/${id}`);
	}

	/** Why an execution failed, in n8n's words. */
	async errorOf(executionId: string): Promise<string> {
		const { error } = resultOf(await this.call('GET', `/executions/${executionId}`));
		return `${error?.message ?? 'no error'} ${error?.description ?? ''}`.trim();
	}

	/** Throws why an execution failed, if it did. */
	async expectSuccess({ id, status }: Execution): Promise<void> {
		if (status !== 'success') throw new Error(await this.errorOf(id));
	}

	/** The types of all nodes that the editor can add. */
	async nodeTypes(): Promise<Array<{ name: string }>> {
		return JSON.parse(await this.open('GET', '/../types/nodes.json')) as Array<{ name: string }>;
	}

	async dataTable(name: string): Promise<DataTable> {
		const table = (await this.dataTables()).find((candidate) => candidate.name === name);
		if (!table) throw new Error(`n8n has no data table "${name}"`);
		return table;
	}

	/** The rows of a data table of n8n, oldest first. */
	async tableRows(name: string): Promise<Array<Record<string, unknown>>> {
		const { id, projectId } = await this.dataTable(name);
		const { data } = await this.call<{ data: Array<Record<string, unknown>> }>(
			'GET',
			`/projects/${projectId}/data-tables/${id}/rows?sortBy=id:asc`,
		);
		return data;
	}

	/** Calls n8n. Throws what n8n says if it does not succeed. */
	async call<Result>(method: string, path: string, body?: unknown): Promise<Result> {
		const answer = JSON.parse(await this.open(method, path, body)) as { data: Result };
		return answer.data;
	}

	/** Calls n8n for what is not JSON, such as a page. Throws what n8n says if it does not succeed. */
	async open(method: string, path: string, body?: unknown): Promise<string> {
		const response = await fetch(`${this.server.url}/rest${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				// n8n closes a connection that was idle for some seconds, which the next call would trip over.
				connection: 'close',
				cookie: this.cookie,
				'browser-id': BROWSER_ID,
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
		if (cookie.length > 0) this.cookie = cookie.join('; ');
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return text;
	}
}

export function isUnderWay({ status }: Execution): boolean {
	return status === 'new' || status === 'running';
}

function resultOf({ data }: RecordedExecution): RunResult {
	const { resultData } = parse(data) as { resultData: RunResult };
	return resultData;
}

/** Waits until a published webhook answers: n8n registers it a while after publishing. */
export async function waitForWebhook(url: string): Promise<void> {
	await eventually(
		`an answer of ${url}`,
		async () => (await fetch(url).catch(() => undefined))?.status,
		(status) => status === 200,
	);
}
