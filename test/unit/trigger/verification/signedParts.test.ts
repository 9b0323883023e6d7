import { findCandidates } from '../../../../nodes/Jofi/trigger/verification/candidates';
import {
	partsBeside,
	readTime,
	timeInOwnHeader,
} from '../../../../nodes/Jofi/trigger/verification/signedParts';

const hex = 'ab'.repeat(32);
const now = '1770122616';
const partsOf = (headers: Record<string, string | string[]>) =>
	findCandidates(headers).map((candidate) => {
		const { time, ...others } = partsBeside(candidate, headers);
		return { ...others, time: time && `${time.header}: ${time.text}` };
	});

describe('what may be signed with a signature', () => {
	test('nothing', () => {
		expect(partsOf({ a: hex })).toEqual([{}]);
	});

	test('the label', () => {
		expect(partsOf({ a: `v1=${hex}` })).toEqual([{ label: 'v1' }]);
	});

	test('the time beside it, rather than one in another header', () => {
		expect(partsOf({ 'a-signature': `t=${now},v1=${hex}`, 'a-timestamp': '1770000000' })).toEqual([
			{ label: 'v1', time: `a-signature: ${now}` },
		]);
	});

	test("the time of its own family, rather than another's", () => {
		expect(
			partsOf({ 'a-signature': hex, 'a-timestamp': now, 'b-timestamp': '1770000000' }),
		).toEqual([{ time: `a-timestamp: ${now}` }]);
		expect(partsOf({ 'a-hash': hex, 'a-timestamp': now })).toEqual([{}]);
	});

	test('no time that is sent twice', () => {
		expect(partsOf({ 'a-signature': hex, 'a-timestamp': [now, now] })).toEqual([{}]);
	});

	const standard = (id: string, more = {}) =>
		partsOf({ 'svix-id': id, 'svix-timestamp': now, 'svix-signature': hex, ...more });

	test("Standard Webhooks' id", () => {
		const time = `svix-timestamp: ${now}`;
		expect(standard('msg_2KWPBgLl-A:1')).toEqual([{ id: 'msg_2KWPBgLl-A:1', time }]);
		expect(standard('x'.repeat(200))).toEqual([{ id: 'x'.repeat(200), time }]);
	});

	// With free text in it, verification would call a part of a signed body authentic.
	test.each(['', 'msg 1', 'msg.1', 'x'.repeat(201), 'a"b', '{', 'msg_1\n', 'ü'])(
		'"%s" is no id',
		(id) => {
			expect(standard(id)).toEqual([{ time: `svix-timestamp: ${now}` }]);
		},
	);

	test('an id belongs to the signature of its family only', () => {
		expect(partsOf({ 'a-id': 'msg_1', 'b-signature': hex })).toEqual([{}]);
		expect(partsOf({ id: 'msg_1', signature: hex })).toEqual([{ id: 'msg_1' }]);
		expect(partsOf({ id: 'msg_1', 'signature-x': hex })).toEqual([{}]);
		expect(partsOf({ id: 'msg_1', timestamp: 'x', otherwise: hex })).toEqual([{}]);
	});
});

describe('a time beside the signature', () => {
	test.each([
		[`t=1770122616,v1=${hex}`, '1770122616'],
		[`v1=${hex}, t=1770122616744`, '1770122616744'],
		[`T=1770122616;s=${hex}`, '1770122616'],
		[`v=1770122616744,d=${hex}`, '1770122616744'],
		[`ts=1770122616&s=${hex}`, '1770122616'],
		[`s=${hex}&time=1770122616`, '1770122616'],
		[`timestamp="1770122616" s="${hex}"`, '1770122616'],
		[`t='2026-02-03T05:43:36-07:00',s=${hex}`, '2026-02-03T05:43:36-07:00'],
		[`v=1,t=1770122616,s=${hex}`, '1770122616'],
		[`n=1234567890,t=1770122616,s=${hex}`, '1770122616'],
		[`1770122616,${hex}`, '1770122616'],
		[`${hex}.1770122616744`, '1770122616744'],
		[`created=1770122616;s=${hex}`, '1770122616'],
	])('%s', (value, text) => {
		expect(partsOf({ 'x-signature': value })).toMatchObject([{ time: `x-signature: ${text}` }]);
	});

	test.each([
		`${hex}`,
		`t=17,v1=${hex}`,
		`t=,v1=${hex}`,
		`x1770122616,${hex}`,
		`17701226167,${hex}`,
		`1770122616=,${hex}`,
	])('%s carries none', (value) => {
		expect(partsOf({ 'x-signature': value })).toMatchObject([{ time: undefined }]);
	});
});

describe('a time in a header of its own', () => {
	test.each([
		['named so', { 'x-timestamp': now }, 'x-timestamp'],
		['named so and more', { 'lob-signature-timestamp': now }, 'lob-signature-timestamp'],
		['beside one that carries no time', { 'a-timestamp': 'x', 'b-timestamp': now }, 'b-timestamp'],
		['one of two', { 'a-timestamp': now, 'b-timestamp': now }, undefined],
		['one of two beside a date', { 'a-timestamp': now, timestamp: now, date: now }, undefined],
		['a date', { date: 'Tue, 03 Feb 2026 12:43:36 GMT' }, 'date'],
		['a time', { 'x-request-time': now }, 'x-request-time'],
		['rather a timestamp than a date', { date: now, 'x-timestamp': now }, 'x-timestamp'],
		['no update', { 'x-update': now }, undefined],
		['no timezone', { 'x-timezone': now }, undefined],
		['no date of something', { 'x-date-x': now }, undefined],
		['repeated', { 'x-timestamp': [now, now] }, undefined],
		['none', { host: now }, undefined],
	])('%s', (_what, headers, header) => {
		expect(timeInOwnHeader({ ...headers })?.header).toBe(header);
	});
});

const AT = 1_770_122_616_000;

describe('a time that may have been signed', () => {
	test.each([
		['1770122616', AT],
		['1770122616744', AT + 744],
		['2026-02-03T12:43:36Z', AT],
		['2026-02-03T12:43:36.744Z', AT + 744],
		['2026-02-03T12:43:36.744123456Z', AT + 744],
		['2026-02-03T05:43:36-07:00', AT],
		['2026-02-03T12:43:36', AT],
		['2026-02-03T12:43:36.744', AT + 744],
		['Tue, 03 Feb 2026 12:43:36 GMT', AT],
	])('%s', (text, at) => {
		expect(readTime(text)).toBe(at);
	});

	test.each([
		'177012261',
		'17701226160',
		'177012261674',
		'17701226167440',
		'-1770122616',
		'1770122616.5',
		'x1770122616',
		'1770122616x',
		'17701226167x4',
		'2026-02-03',
		'2026-02-03T12:43Z',
		'2026-02-03 12:43:36Z',
		'2026-13-03T12:43:36Z',
		'2026-02-03T12:43:36.Z',
		'2026-02-03T12:43:36.1234567890Z',
		'2026-02-03T12:43:36+0000',
		'x2026-02-03T12:43:36Z',
		'2026-02-03T12:43:36Zx',
		'x2026-02-03T12:43:36',
		'2026-02-03T12:43:36x',
		'Tue, 03 Feb 2026 12:43:36 PST',
		'xTue, 03 Feb 2026 12:43:36 GMT',
		'Tue, 03 Feb 2026 12:43:36 GMTx',
		'Tue, 99 Foo 2026 12:43:36 GMT',
		'3 February 2026',
	])('"%s" is none', (text) => {
		expect(readTime(text)).toBeUndefined();
	});
});
