/** Short forms of `npm run bench` and `npm run bench:node`: every contender has to answer and to run as it should. How fast, only the long form says. */
import { CONTENDERS } from '../bench/contenders';
import { CONTENDERS as NODES, measureNode, ratioOf } from '../bench/node';
import { ENGINES, measureServers, ratiosOf, type Engine } from '../bench/server';

/** Long enough to see that something was measured, and no longer. */
const QUIET_MS = 50;

test.concurrent(
	'the trigger and its peers take and refuse what they should, on both engines',
	async () => {
		const costs = await measureServers(1, 8, 1, QUIET_MS);
		for (const engine of Object.keys(ENGINES) as Engine[]) {
			for (const name of CONTENDERS) {
				const [cost] = costs[engine][name];
				expect({ name, isMeasured: (cost?.cpuMs ?? 0) > 0 }).toEqual({ name, isMeasured: true });
			}
		}
		for (const { ratios } of ratiosOf(costs)) {
			for (const { ratio } of ratios) expect(ratio).toBeGreaterThan(0);
		}
	},
);

test.concurrent('the JOFI node and the HTTP Request node ask JOFI once for each item', async () => {
	const costs = await measureNode(1, 10, QUIET_MS);
	for (const name of NODES) expect(ratioOf(costs, name)).toBeGreaterThan(0);
});
