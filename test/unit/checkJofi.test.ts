import { checkJofi, compare, type Get } from '../../scripts/checkJofi';
import type { Reply, Visit } from '../support/outside/internet';
import { JofiApi } from '../support/outside/jofiApi';

const KEY = new JofiApi().testKey;

/** Asks a JOFI of our own. */
const getFrom = (jofi: JofiApi, asked: string[] = []): Get => {
	return async (url, key) => {
		asked.push(url);
		const headers = { authorization: `Bearer ${key}` };
		const visit = { method: 'GET', url: new URL(url), headers, body: '' } as Visit;
		const reply: Reply = jofi.api(visit);
		if ('hangUp' in reply) throw new Error('hung up');
		const body = 'text' in reply ? reply.text : JSON.stringify(reply.json);
		return await Promise.resolve({ status: reply.status ?? 200, body });
	};
};

test('a JOFI as on its pages: every route is asked once, and nothing differs', async () => {
	const jofi = new JofiApi();
	const asked: string[] = [];
	const { lines } = await checkJofi(KEY, getFrom(jofi, asked), 0);
	const paths = asked.map((url) => new URL(url).pathname.replace('/api/v2', ''));
	expect(paths).toHaveLength(13);
	expect(new Set(paths).size).toBe(13);
	expect(jofi.requests.every(({ method, mode }) => method === 'GET' && mode === 'test')).toBe(true);
	// The stand-in's users and assessments have fields that are on no page.
	expect(lines.filter((line) => line.includes('differs'))).toEqual([
		'GET /users: differs',
		'GET /assessments: differs',
	]);
	expect(lines).toContain('GET /test-takers/:id/scorecard?sp=:sp: as documented');
});

test('what differs is told by name and type, never by value', async () => {
	const jofi = new JofiApi();
	const secret = 'value-of-a-person';
	jofi.fail(
		{ status: 200, json: { mode: 'test', id: secret, brand_new: secret } },
		{ path: /accounts/ },
	);
	jofi.fail({ status: 503, text: secret }, { path: /teams/ });
	jofi.fail({ status: 200, text: secret }, { path: /email-templates/ });
	jofi.fail({ hangUp: true }, { path: /users/ });
	jofi.fail({ status: 200, json: { mode: 'test', data: [] } }, { path: /test-takers$/ });
	const { lines, isAsDocumented } = await checkJofi(KEY, getFrom(jofi), 0);
	expect(isAsDocumented).toBe(false);
	expect(lines).toEqual(
		expect.arrayContaining([
			'  id: string in place of number',
			'  brand_new: not on the pages (string)',
			'  webhooks_enabled: not there',
			'  status 503 in place of 200',
			'  the answer is no JSON',
			'  no answer: is https://www.jofiscore.com within reach?',
			'GET /test-takers/:id: not asked, since /test-takers gave no item with that field',
		]),
	);
	const told = lines.join('\n');
	expect(told).not.toContain(secret);
	expect(told).not.toContain(KEY);
	expect(told).not.toMatch(/Invented|Person|jofiscore\.com\/welcome/);
});

test.each(['', 'sk_live_1', 'sk_test_', 'sk_test_1 '])(
	'%j is no test key: nothing is asked',
	async (key) => {
		const asked: string[] = [];
		await expect(checkJofi(key, getFrom(new JofiApi(), asked), 0)).rejects.toThrow('test key');
		expect(asked).toEqual([]);
	},
);

test('sections of a scorecard may be null, and lists empty', () => {
	expect(compare({ a: null, b: [] }, { a: [{ id: 'number' }], b: [{ id: 'number' }] }, '')).toEqual(
		[],
	);
	expect(compare({ a: [{ id: 'x' }] }, { a: [{ id: 'number' }] }, '')).toEqual([
		'a[].id: string in place of number',
	]);
});
