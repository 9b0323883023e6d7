import { readTime, timeForm } from '../../../../nodes/Jofi/trigger/verification/times';

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
		'',
		'17',
		'177012261',
		'17701226160',
		'177012261674',
		'17701226167440',
		'-1770122616',
		'1770122616.5',
		' 1770122616',
		'1770122616 ',
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
		'Tue, 03 Feb 2026 12:43:36 PST',
		'xTue, 03 Feb 2026 12:43:36 GMT',
		'Tue, 03 Feb 2026 12:43:36 GMTx',
		'Tue, 99 Foo 2026 12:43:36 GMT',
		'3 February 2026',
	])('"%s" is none', (text) => {
		expect(readTime(text)).toBeUndefined();
	});
});

describe('a time with something around it has the form of none', () => {
	test.each([
		'x2026-02-03T12:43:36Z',
		'2026-02-03T12:43:36Zx',
		'x2026-02-03T12:43:36',
		'2026-02-03T12:43:36x',
		'xTue, 03 Feb 2026 12:43:36 GMT',
		'Tue, 03 Feb 2026 12:43:36 GMTx',
	])('"%s"', (text) => {
		expect(timeForm(text)).toBeUndefined();
	});
});
