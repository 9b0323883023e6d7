import {
	inWords,
	likeliestWay,
	textAround,
	WAYS,
} from '../../../../nodes/Jofi/trigger/verification/ways';

const time = { text: '1700000000', at: 1_700_000_000_000, header: 'x-timestamp' };
const whole = { time, id: 'msg_1', label: 'v1', version: 'v1' };

describe('what each way signs', () => {
	test.each([
		['bodyAlone', '', ''],
		['standardWebhooks', 'msg_1.1700000000.', ''],
		['stripe', '1700000000.', ''],
		['sendGrid', '1700000000', ''],
		['slack', 'v1:1700000000:', ''],
		['webflow', '1700000000:', ''],
		['bambooHr', '', '1700000000'],
		['remote', '', ':1700000000'],
		['revolut', 'v1.1700000000.', ''],
		['comma', '1700000000,', ''],
	] as const)('%s', (name, before, after) => {
		expect(textAround(WAYS[name], whole)).toEqual({ before, after });
	});

	test('no way is left out above', () => {
		expect(Object.keys(WAYS)).toHaveLength(10);
	});

	test.each([
		['time', ['bodyAlone']],
		['id', Object.keys(WAYS).filter((name) => name !== 'standardWebhooks')],
		['label', Object.keys(WAYS).filter((name) => name !== 'revolut')],
	])('without %s it is the others that are left', (part, names) => {
		const parts = { ...whole, [part]: undefined };
		const left = Object.entries(WAYS).filter(([, way]) => textAround(way, parts));
		expect(left.map(([name]) => name)).toEqual(names);
	});

	// What makes it safe to accept them all: see SECURITY.md.
	test.each(Object.entries(WAYS))('%s stands on one side of the body only', (_name, way) => {
		expect([way.before, way.after]).toContain('');
		expect(way.before + way.after).toMatch(/^(<(time|id|label|version)>|[.:,])*$/);
	});
});

test('the likeliest way follows the headers', () => {
	const beside = { ...time, header: 'x-signature' };
	const version = 'v0';
	expect(likeliestWay('x-signature', { version })).toBe(WAYS.bodyAlone);
	expect(likeliestWay('x-signature', { version, time })).toBe(WAYS.bodyAlone);
	expect(likeliestWay('x-signature', { version, time: beside })).toBe(WAYS.stripe);
	expect(likeliestWay('x-signature', { version, id: 'm' })).toBe(WAYS.bodyAlone);
	expect(likeliestWay('x-signature', { version, id: 'm', time })).toBe(WAYS.standardWebhooks);
});

test('in words', () => {
	expect(inWords(WAYS.bodyAlone)).toBe('the body');
	expect(inWords(WAYS.slack)).toBe('<version>:<time>:<body>');
	expect(inWords(WAYS.remote)).toBe('<body>:<time>');
});
