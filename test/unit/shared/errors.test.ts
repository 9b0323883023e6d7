import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import {
	answerError,
	asNodeError,
	credentialError,
	JofiError,
	unansweredError,
	unexpectedError,
	unreachableError,
} from '../../../nodes/Jofi/shared/errors';
import type { ApiRequest } from '../../../nodes/Jofi/shared/operation';

const getting = { path: '/test-takers/5', subject: 'the test taker 5' };
const creating = {
	method: 'POST' as const,
	path: '/invitations',
	body: {},
	subject: 'this invitation',
	change: { noun: 'invitation', done: 'created' },
	advice: 'Check the fields.',
};
const node = {
	name: 'JOFI',
	type: 'x',
	typeVersion: 1,
	id: '1',
	position: [0, 0],
	parameters: { resource: 'invitation', operation: 'create', firstName: 'Ann' },
} as INode;

test.each([
	[{ error: 'Test taker not found' }, ': Test taker not found'],
	[{ error: ['a is required', ' b is required '] }, ': a is required; b is required'],
	[{ error: [{ message: 'a' }, { msg: 'b' }, { error: 'c' }] }, ': a; b; c'],
	[{ error: [{ path: ['email'], code: 7 }] }, ': {"path":["email"],"code":7}'],
	[{}, ''],
	[null, ''],
	[undefined, ''],
	['text', ''],
	[{ error: 5 }, ''],
	[{ error: [] }, ''],
])("tells JOFI's reason, in whatever shape it comes: %j", (body, reason) => {
	const messages = [getting, creating].map((request) => answerError(request, 400, body).message);
	expect(messages).toEqual([
		`JOFI did not give the test taker 5${reason}`,
		`JOFI did not accept this invitation${reason}`,
	]);
});

test.each([
	['WILL@example.com is taken', '[email] is taken'],
	['The email will be checked', 'The email will be checked'],
	['will quill+feather (c and Quill+Feather (c, Will are known', '[name] and [name] are known'],
	['Quill+Feather (c is taken', '[name] is taken'],
	['555 123-4567 is no number', '[phone] is no number'],
	['No user jane@example.com.', 'No user [email]'],
	['Team 5 not found', 'Team 5 not found'],
])("masks the person's data in JOFI's reason, which n8n logs: %s", (error, masked) => {
	const body = {
		first_name: 'Will',
		last_name: 'Quill+Feather (c',
		email: 'will@example.com',
		phone: '555 123-4567',
		team_id: 5,
	};
	expect(answerError({ ...creating, body }, 400, { error }).message).toBe(
		`JOFI did not accept this invitation: ${masked}`,
	);
});

test('leaves the words of which JOFI makes its reasons, also for a person of that name', () => {
	const request = { ...creating, body: { first_name: 'Anna', last_name: 'Teams' } };
	expect(answerError(request, 400, { error: 'Teams of this account: no Anna Teams' }).message).toBe(
		'JOFI did not accept this invitation: Teams of this account: no [name]',
	);
});

test('masks nothing but addresses where no person was sent', () => {
	expect(answerError(getting, 400, { error: '"a", (b) of c@d.e' }).message).toBe(
		'JOFI did not give the test taker 5: "a", (b) of [email]',
	);
});

test.each([
	[{ error: 'API key is required' }, 'JOFI does not know this API key'],
	[{ error: 'Account not found for API key' }, 'JOFI does not know this API key'],
	[null, 'JOFI does not have the test taker 5'],
	[undefined, "JOFI's answer for the test taker 5 can't be read (404)"],
	[{ error: 'Not found' }, 'JOFI did not give the test taker 5: Not found (404)'],
])('tells answers with 404 apart by their body: %j', (body, message) => {
	expect(answerError(getting, 404, body).message).toBe(message);
});

test.each([
	[getting, 418, 'I am a teapot', 'JOFI did not give the test taker 5: '],
	[creating, 409, 'already exists', 'JOFI did not accept this invitation: '],
	[creating, 422, 'email is already invited', 'JOFI did not accept this invitation: '],
])("%j: tells JOFI's reason with an unusual status, %d", (request, status, error, words) => {
	expect(answerError(request, status, { error }).message).toBe(`${words}${error} (${status})`);
});

test('says that JOFI gave no reason where its JSON has none', () => {
	expect(answerError(getting, 409, {}).description).toContain('JOFI gave no reason');
});

test.each([400, 401, 403, 404, 405, 418, 429, 500, 503, 302])(
	"%d: says what happened, JOFI's reason and what to do, and keeps the status",
	(status) => {
		const error = answerError(getting, status, { error: 'told so' });
		expect(`${error.message} ${error.description}`).toMatch(/^JOFI .*: told so /);
		expect(error.description).toMatch(/^\S.*[.]$/);
		expect(error.description).not.toContain('  ');
		expect(error.status).toBe(status);
	},
);

describe('after a request that changes something', () => {
	const failures = (request: ApiRequest) => ({
		'Nothing was sent.': [
			unreachableError(request, 'ENOTFOUND', false),
			credentialError(request, 'The API Key is empty.'),
		],
		'Nothing was created.': [400, 401, 403, 404, 405, 409, 413, 422, 429].flatMap((status) =>
			[{ error: 'told so' }, null, undefined].map((body) => answerError(request, status, body)),
		),
		'Before you run it again, look in JOFI: the invitation may have been created, and this node never sends it twice by itself.':
			[
				...[200, 302, 408, 500, 503].map((status) => answerError(request, status, undefined)),
				unexpectedError(request),
				unreachableError(request, 'ECONNRESET', true),
				unansweredError(request, 60),
			],
	});
	const outcomes = Object.entries(failures(creating)).flatMap(([outcome, errors]) =>
		errors.map((error) => ({ outcome, error })),
	);

	test.each(outcomes)('$error.message: $outcome', ({ outcome, error }) => {
		const said = Object.keys(failures(creating)).filter((one) => error.description.includes(one));
		expect(said).toEqual([outcome]);
		expect(error.description.startsWith(outcome)).toBe(true);
	});

	test('says nothing of it where a request only reads', () => {
		for (const { description } of Object.values(failures(getting)).flat()) {
			expect(description).not.toMatch(/^$|Nothing was|look in JOFI/);
		}
	});
});

describe('as n8n shows it', () => {
	test('a JofiError keeps its words, its status and its item', () => {
		const error = asNodeError(node, new JofiError('What happened', 'What to do', 429), 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'What happened',
			description: 'What to do',
			httpCode: '429',
			context: { itemIndex: 3 },
		});
		expect(asNodeError(node, new JofiError('a', 'b'))).toMatchObject({ httpCode: null });
	});

	test.each([
		new JofiError('odd', 'why'),
		new NodeOperationError(node, 'odd', { description: 'why' }),
	])('an error keeps no parameters that may hold a name: %p', (thrown) => {
		const error = asNodeError(node, thrown, 1);
		expect(error).toMatchObject({ message: 'odd', description: 'why' });
		expect(error.node.parameters).toEqual({ resource: 'invitation', operation: 'create' });
	});

	test.each([new TypeError('odd'), 'odd'])('anything else keeps its words: %p', (thrown) => {
		const error = asNodeError(node, thrown, 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'odd', context: { itemIndex: 2 } });
	});
});
