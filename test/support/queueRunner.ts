import SerialRunner from './serialRunner';
import { missingServices } from './n8n/services';

/** A developer without Redis and PostgreSQL can run everything else; CI has both, and fails without. */
export default class QueueRunner extends SerialRunner {
	override async runTests(...given: Parameters<SerialRunner['runTests']>): Promise<void> {
		const missing = await missingServices();
		if (missing !== undefined && !process.env.CI && !process.env.QUEUE) {
			process.stderr.write(`Queue mode is not tested: ${missing}.\n`);
			return;
		}
		await super.runTests(...given);
	}
}
