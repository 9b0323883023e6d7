import fc from 'fast-check';
import { dataObject, parseEvent } from '../../../nodes/Jofi/events/parse';
import { anyBody } from '../../support/arbitraries';

const parse = (text: string) => parseEvent(Buffer.from(text));

test('reads an event exactly as JSON.parse does, with the order of its keys', () => {
	const text = '{"z":1,"type":"x","a":12345678901234567890,"b":1e400,"c":-0.0,"__proto__":[]}';
	expect(JSON.stringify(parse(text))).toBe(JSON.stringify({ event: JSON.parse(text) }));
});

test('skips a byte order mark', () => {
	expect(parse('\ufeff{"type":"x"}')).toEqual({ event: { type: 'x' } });
});

test.each([
	['no body', undefined],
	['an empty body', Buffer.alloc(0)],
	['text', Buffer.from('hello')],
	['a trailing comma', Buffer.from('{"type":"x",}')],
	['a form', Buffer.from('type=x')],
	['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x7b])],
])('%s is not valid JSON', (_what, body) => {
	expect(parseEvent(body)).toEqual({ reason: 'invalid_json' });
});

test.each([
	'null',
	'5',
	'"invitation.created"',
	'true',
	'[]',
	'[{"type":"x"}]',
	'{}',
	'{"type":""}',
	'{"type":" "}',
	'{"type":5}',
	'{"id":"evt_1","object":"invitation"}',
])('%s is not an event', (text) => {
	expect(parse(text)).toEqual({ reason: 'not_an_event' });
});

test.each([
	'{"type":"x"}',
	'{"object":"event"}',
	'{"object":"event","type":5}',
	'{"type":"x","data":null}',
	'{"type":"x","id":7}',
])('%s is an event', (text) => {
	expect(parse(text)).toEqual({ event: JSON.parse(text) });
});

test.each([
	['{"type":"x","data":{"object":{"id":1}}}', { id: 1 }],
	['{"type":"x","data":{"object":null}}', {}],
	['{"type":"x","data":{"object":[1]}}', {}],
	['{"type":"x","data":"text"}', {}],
	['{"type":"x"}', {}],
])('finds the data object of %s', (text, object) => {
	const result = parse(text);
	expect('event' in result && dataObject(result.event)).toEqual(object);
});

test('never throws', () => {
	fc.assert(
		fc.property(anyBody, (body) => parseEvent(body) !== undefined),
		{ numRuns: 2000 },
	);
});
