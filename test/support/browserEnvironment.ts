import type { Circus } from '@jest/types';
import NodeEnvironment from 'jest-environment-node';

/** When a test fails, adds the name of a picture of the page at that moment to its error. */
export default class BrowserEnvironment extends NodeEnvironment {
	async handleTestEvent(event: Circus.Event): Promise<void> {
		if (event.name !== 'test_fn_failure') return;
		const { takePicture } = this.global as { takePicture?: () => Promise<string> };
		const error: unknown = event.error;
		if (!takePicture || typeof error !== 'object' || error === null) return;
		const line = `The page at that moment: ${await takePicture()}`;
		const { message = '', stack = '' } = error as { message?: string; stack?: string };
		Object.assign(error, { message: `${message}\n${line}`, stack: `${line}\n${stack}` });
	}
}
