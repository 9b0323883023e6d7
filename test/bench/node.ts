/**
 * What Get Test Taker of the JOFI node costs n8n, beside n8n's HTTP Request node asking for the same: 1,000
 * items in each run, in one n8n, against JOFI played on loopback. `npm run bench:node` runs it, writes the
 * figures into docs/performance.md, and fails if the limit is not kept.
 */
import { packPackage } from '../support/n8n/packedPackage';
import { N8nRest, type SavedWorkflow, type WorkflowNode } from '../support/n8n/rest';
import { N8nServer } from '../support/n8n/server';
import { Internet } from '../support/outside/internet';
import { JOFI_HOST, JofiApi } from '../support/outside/jofiApi';
import { byHandWorkflow, JOFI_NAME, jofiNode, runByHand } from '../support/workflows';
import { cpuMsOf, QUIET_MS, untilIdle } from './cpu';
import { keepFigures, median, table } from './figures';

/** Of the CPU time of the HTTP Request node. */
export const AT_MOST = 1.1;

export const CONTENDERS = ['JOFI node', 'JOFI node, Simplify off', 'HTTP Request node'] as const;

export type NodeCosts = Record<(typeof CONTENDERS)[number], number[]>;

/**
 * Measures all contenders, in turns.
 *
 * @param rounds - how many runs of each are measured, after one that warms up
 * @param items - how many test takers each run asks for
 * @param quietMs - for how long n8n has to be quiet before and after each
 * @returns CPU time of the n8n process in milliseconds for one item, for each round
 * @throws Error if a run does not give one item for each; needs Linux
 */
export async function measureNode(
	rounds: number,
	items: number,
	quietMs = QUIET_MS,
): Promise<NodeCosts> {
	const jofi = new JofiApi();
	const { testTakerId } = jofi.complete(jofi.invite());
	const internet = await Internet.start({ [JOFI_HOST]: jofi.api });
	const server = await N8nServer.start({
		tarball: await packPackage(),
		env: { ...internet.env, N8N_LOG_LEVEL: 'error' },
	});
	const costs: NodeCosts = {
		'JOFI node': [],
		'JOFI node, Simplify off': [],
		'HTTP Request node': [],
	};
	try {
		const rest = new N8nRest(server);
		await rest.setUpOwner();
		const nodes = await contenders(rest, jofi);
		const workflows = new Map<(typeof CONTENDERS)[number], SavedWorkflow>();
		for (const name of CONTENDERS) {
			const given = Array.from({ length: items }, () => ({ test_taker_id: testTakerId }));
			workflows.set(name, await rest.createWorkflow(byHandWorkflow(name, [nodes[name]], given)));
		}
		for (let round = 0; round <= rounds; round++) {
			for (const [name, workflow] of workflows) {
				await untilIdle(server.pid, quietMs);
				const before = await cpuMsOf(server.pid);
				const { id } = await runByHand(rest, workflow);
				await untilIdle(server.pid, quietMs);
				const cpuMs = (await cpuMsOf(server.pid)) - before;
				const [output] = await rest.outputsOf(id, JOFI_NAME);
				if (output?.length !== items) throw new Error(`${name}: ${await rest.errorOf(id)}`);
				if (round > 0) costs[name].push(cpuMs / items);
				jofi.forgetRequests();
			}
		}
	} finally {
		await server.dispose();
		await internet.stop();
	}
	return costs;
}

/** The JOFI node's CPU time in that of the HTTP Request node, round by round, the one in the middle. */
export function ratioOf(costs: NodeCosts, name: keyof NodeCosts): number {
	return median(costs[name].map((ms, round) => ms / (costs['HTTP Request node'][round] ?? NaN)));
}

async function contenders(
	rest: N8nRest,
	jofi: JofiApi,
): Promise<Record<(typeof CONTENDERS)[number], WorkflowNode>> {
	const apiKey = await rest.createCredential('jofiApi', { apiKey: jofi.liveKey });
	const header = await rest.createCredential('httpHeaderAuth', {
		name: 'Authorization',
		value: `Bearer ${jofi.liveKey}`,
	});
	const get = {
		resource: 'testTaker',
		operation: 'get',
		testTakerId: '={{ $json.test_taker_id }}',
	};
	return {
		'JOFI node': jofiNode(get, apiKey),
		'JOFI node, Simplify off': jofiNode({ ...get, simplify: false }, apiKey),
		'HTTP Request node': {
			name: JOFI_NAME,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, 0],
			parameters: {
				url: `=https://${JOFI_HOST}/api/v2/test-takers/{{ $json.test_taker_id }}`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				options: {},
			},
			credentials: { httpHeaderAuth: header },
		},
	};
}

async function main(): Promise<void> {
	const costs = await measureNode(5, 1000);
	const figures = table([
		['Get Test Taker, 1,000 items in a run', 'CPU for one item', 'Beside the HTTP Request node'],
		...CONTENDERS.map((name) => [
			name,
			`${median(costs[name]).toFixed(2)} ms`,
			ratioOf(costs, name).toFixed(2),
		]),
	]);
	process.stdout.write(`${figures}\n`);
	await keepFigures('bench-node', figures);
	if (!(ratioOf(costs, 'JOFI node') <= AT_MOST)) process.exitCode = 1;
}

if (require.main === module) void main();
