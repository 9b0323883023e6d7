import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import {
	asNodeError,
	JofiError,
	refusedError,
	unansweredError,
	unreachableError,
	unreadableError,
} from '../../../nodes/Jofi/shared/errors';

const asked = { path: '/test-takers/5', subject: 'the test taker 5' };
const creating = { method: 'POST' as const, path: '/invitations', subject: 'this invitation' };
const NODE = { name: 'JOFI', type: 'x', typeVersion: 1, id: '1', position: [0, 0], parameters: {} };
const node = NODE as unknown as INode;

describe("JOFI's own reason, in whatever shape it comes", () => {
	test.each([
		[{ error: 'Test taker not found' }, 'Test taker not found'],
		[{ error: ['a is required', ' b is required '] }, 'a is required; b is required'],
		[{ error: [{ message: 'a' }, { msg: 'b' }, { error: 'c' }] }, 'a; b; c'],
		[{ error: [{ path: ['email'], code: 7 }] }, '{"path":["email"],"code":7}'],
	])('%j', (body, words) => {
		expect(refusedError(asked, 400, body).message).toBe(
			`JOFI did not give the test taker 5: ${words}`,
		);
		expect(refusedError(creating, 400, body).message).toBe(
			`JOFI did not accept this invitation: ${words}`,
		);
	});

	test.each([{}, null, undefined, 'text', { error: 5 }, { error: [] }])('none: %j', (body) => {
		expect(refusedError(asked, 400, body).message).toBe('JOFI did not give the test taker 5');
	});
});

describe('what JOFI repeats of the person is not told again: it would get into the log', () => {
	const body = {
		first_name: 'Will',
		last_name: 'Quill+Feather (c',
		email: 'will@example.com',
		phone: '555 123-4567',
		team_id: 5,
	};
	const told = (error: string) => refusedError({ ...creating, body }, 400, { error }).message;

	test.each([
		['WILL@example.com is taken', '[email] is taken'],
		['The email will be checked', 'The email will be checked'],
		['will quill+feather (c and Quill+Feather (c, Will are known', '[name] and [name] are known'],
		['Quill+Feather (c is taken', '[name] is taken'],
		['555 123-4567 is no number', '[phone] is no number'],
		['No user jane@example.com.', 'No user [email]'],
		['Team 5 not found', 'Team 5 not found'],
	])('%s', (error, words) => {
		expect(told(error)).toBe(`JOFI did not accept this invitation: ${words}`);
	});
});

describe('404 is told apart by its body', () => {
	test.each(['API key is required', 'Account not found for API key'])('%s', (error) => {
		expect(refusedError(asked, 404, { error }).message).toBe('JOFI does not know this API key');
	});

	test('null: not there', () => {
		expect(refusedError(asked, 404, null).message).toBe('JOFI does not have the test taker 5');
	});

	test('no JSON: something else may have answered', () => {
		expect(refusedError(asked, 404, undefined).message).toContain("can't be read (404)");
	});
});

describe('a reason of JOFI is told, whatever the status', () => {
	test.each([
		[asked, 404, 'Test taker not found', 'JOFI did not give the test taker 5: '],
		[asked, 418, 'I am a teapot', 'JOFI did not give the test taker 5: '],
		[creating, 409, 'already exists', 'JOFI did not accept this invitation: '],
		[creating, 422, 'email is already invited', 'JOFI did not accept this invitation: '],
	])('%j: %d %s', (request, status, error, words) => {
		expect(refusedError(request, status, { error }).message).toBe(`${words}${error} (${status})`);
	});

	test.each([401, 403, 405, 429, 500, 503])('%d', (status) => {
		expect(refusedError(asked, status, { error: 'told so' }).description).toContain(
			'JOFI says: told so.',
		);
	});

	test('JSON without a reason is no firewall’s', () => {
		expect(refusedError(asked, 409, {}).description).toContain('JOFI gave no reason');
	});
});

test.each([400, 401, 403, 404, 405, 418, 429, 500, 503, 302])(
	'%d: what happened and what to do, with the status',
	(status) => {
		const problem = refusedError(asked, status, { error: 'x' });
		expect(problem.message).not.toBe('');
		expect(problem.description).toMatch(/[.]$/);
		expect(problem.status).toBe(status);
	},
);

describe('after an invitation that may have been created', () => {
	const look = 'look in JOFI whether the invitation is there';

	test.each([
		refusedError(creating, 429, undefined),
		refusedError(creating, 500, undefined),
		refusedError(creating, 302, undefined),
		unreadableError(creating, 200),
		unreachableError(creating, 'ECONNRESET'),
		unansweredError(creating, 60),
	])('$message: look first', ({ description }) => {
		expect(description).toContain(look);
	});

	test.each([400, 401, 403, 405])('one refused with %d was not created', (status) => {
		expect(refusedError(creating, status, {}).description).toContain('Nothing was created');
	});

	test('a request that creates nothing can be repeated', () => {
		for (const status of [429, 500, 302]) {
			expect(refusedError(asked, status, undefined).description).not.toContain(look);
		}
		expect(unreachableError(asked, '').description).not.toContain(look);
		expect(unansweredError(asked, 30).description).not.toContain(look);
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
	});

	test('of the parameters only what was asked for goes along', () => {
		const parameters = { resource: 'invitation', operation: 'create', firstName: 'Ann' };
		const error = asNodeError({ ...node, parameters }, new JofiError('a', 'b'), 0);
		expect(error.node.parameters).toEqual({ resource: 'invitation', operation: 'create' });
	});

	test('one without an answer has no status', () => {
		expect(asNodeError(node, new JofiError('a', 'b'), 0)).toMatchObject({ httpCode: null });
	});

	test('of an error of n8n’s own only the words go along', () => {
		const parameters = { resource: 'invitation', operation: 'create', firstName: 'Ann' };
		const theirs = new NodeOperationError({ ...node, parameters }, 'odd', { description: 'why' });
		const error = asNodeError({ ...node, parameters }, theirs, 1);
		expect(error).toMatchObject({ message: 'odd', description: 'why' });
		expect(error.node.parameters).not.toHaveProperty('firstName');
	});

	test.each([new TypeError('odd'), 'odd'])('anything else: %p', (thrown) => {
		const error = asNodeError(node, thrown, 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'odd', context: { itemIndex: 2 } });
	});
});
