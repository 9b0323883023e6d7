import { demonstrate } from '../../scripts/demo';
import { sharedTestServer } from '../support/n8n/testServer';

test('the demonstration shows a row for each genuine event, and nothing for a forgery or a repeat', async () => {
	const lines: string[] = [];
	let rows: unknown[] = [];
	const isRight = await demonstrate(await sharedTestServer(), {
		log: (line: string) => lines.push(line),
		table: (shown: unknown[]) => (rows = shown),
	});
	expect({ isRight, lines }).toMatchObject({ isRight: true });
	expect(rows).toHaveLength(5);
	expect(lines).toContain('Another secret: 401 {"error":"unauthorized"}');
});
