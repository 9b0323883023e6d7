import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import {
	asNodeError,
	Problem,
	refusal,
	unreachable,
	unreadable,
} from '../../../nodes/Jofi/actions/errors';

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
		expect(refusal(asked, 400, body).message).toBe(`JOFI did not give the test taker 5: ${words}`);
		expect(refusal(creating, 400, body).message).toBe(
			`JOFI did not accept this invitation: ${words}`,
		);
	});

	test.each([{}, null, undefined, 'text', { error: 5 }, { error: [] }])('none: %j', (body) => {
		expect(refusal(asked, 400, body).message).toBe('JOFI did not give the test taker 5');
	});
});

describe('what JOFI repeats of the person is not told again: it would get into the log', () => {
	const body = { first_name: 'Li', last_name: 'a+b (c', email: 'li@example.com', team_id: 5 };
	const told = (error: string) => refusal({ ...creating, body }, 400, { error }).message;

	test.each([
		['LI@example.com is taken', '[email] is taken'],
		['No user jane@example.com.', 'No user [email]'],
		['Li is no Lion, a+b (c', '[first_name] is no Lion, [last_name]'],
		['Team 5 not found', 'Team 5 not found'],
	])('%s', (error, words) => {
		expect(told(error)).toBe(`JOFI did not accept this invitation: ${words}`);
	});
});

describe('404 is told apart by its body', () => {
	test.each(['API key is required', 'Account not found for API key'])('%s', (error) => {
		expect(refusal(asked, 404, { error }).message).toBe('JOFI does not know this API key');
	});

	test('null: not there', () => {
		expect(refusal(asked, 404, null).message).toBe('JOFI does not have the test taker 5');
	});

	test.each([undefined, {}, { error: 'something else' }])('%j: not what is documented', (body) => {
		expect(refusal(asked, 404, body).message).toContain("can't be read (404)");
	});
});

test.each([400, 401, 403, 404, 405, 418, 429, 500, 503, 302])(
	'%d: what happened and what to do, with the status',
	(status) => {
		const problem = refusal(asked, status, { error: 'x' });
		expect(problem.message).not.toBe('');
		expect(problem.description).toMatch(/[.]$/);
		expect(problem.status).toBe(status);
	},
);

describe('after an invitation that may have been created', () => {
	const look = 'look in JOFI whether the invitation is there';

	test.each([
		refusal(creating, 429, undefined),
		refusal(creating, 500, undefined),
		refusal(creating, 302, undefined),
		unreadable(creating, 200),
		unreachable(creating, 'ECONNRESET'),
	])('$message: look first', ({ description }) => {
		expect(description).toContain(look);
	});

	test.each([400, 401, 403, 405])('one refused with %d was not created', (status) => {
		expect(refusal(creating, status, {}).description).toContain('Nothing was created');
	});

	test('a question that creates nothing can be repeated', () => {
		for (const status of [429, 500, 302]) {
			expect(refusal(asked, status, undefined).description).not.toContain(look);
		}
		expect(unreachable(asked, '').description).not.toContain(look);
	});
});

describe('as n8n shows it', () => {
	test('a Problem keeps its words, its status and its item', () => {
		const error = asNodeError(node, new Problem('What happened', 'What to do', 429), 3);
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
		const error = asNodeError({ ...node, parameters }, new Problem('a', 'b'), 0);
		expect(error.node.parameters).toEqual({ resource: 'invitation', operation: 'create' });
	});

	test('one without an answer has no status', () => {
		expect(asNodeError(node, new Problem('a', 'b'), 0)).toMatchObject({ httpCode: null });
	});

	test.each([new TypeError('odd'), 'odd'])('anything else: %p', (thrown) => {
		const error = asNodeError(node, thrown, 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'odd', context: { itemIndex: 2 } });
	});
});
