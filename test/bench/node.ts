/**
 * What Get Test Taker of the JOFI node costs n8n, beside n8n's HTTP Request node asking for the same: 1,000
 * items in each run, in one n8n, with JOFI faked on loopback. `npm run bench:node` runs it and writes
 * docs/performance.md. It fails if a run does not give an item for each, or the ratio is above its limit.
 */
import { packPackage } from '../support/n8n/packedPackage';
import type { N8nRest, WorkflowNode } from '../support/n8n/rest';
import { startTestServer } from '../support/n8n/testServer';
import { FakeInternet } from '../support/outside/internet';
import { JOFI_HOST, JofiApi } from '../support/outside/jofiApi';
import { byHandWorkflow, JOFI_NAME, jofiNode, runByHand } from '../support/workflows';
import { cpuMsFor, keepTable, median } from './measure';

const ROUNDS = 5;
const ITEMS = 1000;
/** Of the CPU time of the HTTP Request node. */
const LIMIT = 1.1;

async function contenders(rest: N8nRest, jofi: JofiApi): Promise<Record<string, WorkflowNode>> {
	const apiKey = await rest.createCredential('jofiApi', { apiKey: jofi.liveKey });
	const header = { name: 'Authorization', value: `Bearer ${jofi.liveKey}` };
	const httpHeaderAuth = await rest.createCredential('httpHeaderAuth', header);
	const id = '{{ $json.test_taker_id }}';
	const get = { resource: 'testTaker', operation: 'get', testTakerId: `=${id}` };
	return {
		'JOFI node': jofiNode(get, apiKey),
		'JOFI node, Simplify off': jofiNode({ ...get, simplify: false }, apiKey),
		'HTTP Request node': {
			name: JOFI_NAME,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, 0],
			parameters: {
				url: `=https://${JOFI_HOST}/api/v2/test-takers/${id}`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				options: {},
			},
			credentials: { httpHeaderAuth },
		},
	};
}

async function measure(): Promise<Record<string, number[]>> {
	const jofi = new JofiApi();
	const { testTakerId } = jofi.complete(jofi.invite());
	const internet = await FakeInternet.start({ [JOFI_HOST]: jofi.api });
	const { server, rest } = await startTestServer({
		tarball: await packPackage(),
		env: { ...internet.env, N8N_LOG_LEVEL: 'error' },
	});
	const costs: Record<string, number[]> = {};
	try {
		const items = Array.from({ length: ITEMS }, () => ({ test_taker_id: testTakerId }));
		const workflows: Array<[string, { id: string }]> = [];
		for (const [name, node] of Object.entries(await contenders(rest, jofi))) {
			workflows.push([name, await rest.createWorkflow(byHandWorkflow(name, [node], items))]);
		}
		// The first round warms up.
		for (let round = 0; round <= ROUNDS; round++) {
			for (const [name, workflow] of workflows) {
				let execution = '';
				const cpuMs = await cpuMsFor(server.pid, async () => {
					execution = (await runByHand(rest, workflow)).id;
				});
				const [output] = await rest.outputsOf(execution, JOFI_NAME);
				if (output?.length !== ITEMS) {
					throw new Error(`${name}: ${await rest.errorOf(execution)}`);
				}
				if (round > 0) (costs[name] ??= []).push(cpuMs / ITEMS);
				jofi.forgetRequests();
			}
		}
	} finally {
		await server.dispose();
		await internet.stop();
	}
	return costs;
}

async function main(): Promise<void> {
	const costs = await measure();
	const base = costs['HTTP Request node'] ?? [];
	const ratios = Object.entries(costs).map(([name, times]) => {
		const ratio = median(times.map((ms, round) => ms / (base[round] ?? NaN)));
		return { name, ms: median(times), ratio };
	});
	await keepTable('bench-node', [
		['Get Test Taker, 1,000 items in a run', 'CPU for one item', 'Beside the HTTP Request node'],
		...ratios.map(({ name, ms, ratio }) => [name, `${ms.toFixed(2)} ms`, ratio.toFixed(2)]),
	]);
	if (!ratios.every(({ name, ratio }) => name !== 'JOFI node' || ratio <= LIMIT)) {
		process.exitCode = 1;
	}
}

void main();
