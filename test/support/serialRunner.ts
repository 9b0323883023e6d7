import TestRunner from 'jest-runner';
import { sharingTestServer } from './n8n/testServer';

/** Runs its test files one after the other, none of another runner beside them, and lets them share an n8n. */
export default class SerialRunner extends TestRunner {
	override readonly isSerial = true;

	override async runTests(...given: Parameters<TestRunner['runTests']>): Promise<void> {
		await sharingTestServer(async () => await super.runTests(...given));
	}
}
