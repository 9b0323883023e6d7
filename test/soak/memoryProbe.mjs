/** Loaded into n8n by `soak.ts`: answers with the memory of the process, after a collection of garbage. */
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

createServer((_request, response) => {
	collectGarbage();
	response.end(JSON.stringify(process.memoryUsage()));
})
	// n8n's task runner is loaded with it too, and comes second.
	.on('error', () => undefined)
	.listen(Number(process.env.MEMORY_PROBE_PORT), '127.0.0.1')
	.unref();
