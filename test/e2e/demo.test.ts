import { demonstrate } from '../../scripts/demo';
import { sharedTestServer } from '../support/n8n/testServer';

test('the demonstration shows that events are taken, but no forgery and no repeat', async () => {
	const lines: string[] = [];
	await demonstrate(await sharedTestServer(), (line) => lines.push(line));
	expect(lines.slice(1)).toEqual([
		...Array.from({ length: 5 }, () => expect.stringMatching(/^\w+\.\w+: 200$/) as string),
		'Another secret: 401 {"error":"unauthorized"}',
		'One more event: 200',
		'The same event again: 200 {"received":true,"ignored":"seen_before"}',
	]);
});
