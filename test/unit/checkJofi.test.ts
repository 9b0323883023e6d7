import { checkJofi, compare, getFrom, type Get } from '../../scripts/checkJofi';
import { JofiApi } from '../support/outside/jofiApi';

const KEY = new JofiApi().testKey;

test('requests every route once, and finds no difference at a JOFI as on its pages', async () => {
	const jofi = new JofiApi();
	const { lines, isAsDocumented } = await checkJofi(KEY, getFrom(jofi), 0);
	expect(new Set(jofi.requests.map(({ path }) => path)).size).toBe(13);
	expect(jofi.requests).toHaveLength(13);
	expect(jofi.requests.every(({ method, mode }) => method === 'GET' && mode === 'test')).toBe(true);
	expect(lines.filter((line) => line.endsWith(': as documented'))).toHaveLength(13);
	expect(isAsDocumented).toBe(true);
});

test('tells differences by name and type, never by value', async () => {
	const jofi = new JofiApi();
	const secret = 'value-of-a-person';
	jofi.fail({ json: { mode: 'test', id: secret, brand_new: secret } }, { path: /accounts/ });
	jofi.fail({ status: 503, text: secret }, { path: /teams/ });
	jofi.fail({ status: 200, text: secret }, { path: /email-templates/ });
	jofi.fail({ hangUp: true }, { path: /users/ });
	jofi.fail({ json: { mode: 'test', data: [] } }, { path: /test-takers$/ });
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
			'  not requested, since /test-takers gave no item with an id',
		]),
	);
	const told = lines.join('\n');
	expect(told).not.toContain(secret);
	expect(told).not.toContain(KEY);
	expect(told).not.toMatch(/Invented|Person|jofiscore\.com\/welcome/);
});

test.each(['', 'sk_live_1', 'sk_test_', 'sk_test_1 '])(
	'refuses %j, which is not a test key, before any request',
	async (key) => {
		const get = jest.fn<ReturnType<Get>, Parameters<Get>>();
		await expect(checkJofi(key, get, 0)).rejects.toThrow('test key');
		expect(get).not.toHaveBeenCalled();
	},
);

test('takes lists that are empty, and null where JOFI may send it', () => {
	const documented = { person_id: 'p', email: 'e', facets: [{ id: 1 }], accepted_at: null };
	expect(
		compare({ person_id: null, email: 'x', facets: [], accepted_at: 'now' }, documented),
	).toEqual([]);
	expect(
		compare({ person_id: 1, email: null, facets: [{ id: 'x' }], accepted_at: null }, documented),
	).toEqual([
		'person_id: number in place of string',
		'email: null in place of string',
		'facets[].id: string in place of number',
	]);
});
