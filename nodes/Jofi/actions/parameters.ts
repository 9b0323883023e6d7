import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { asObject } from '../json';
import { Problem } from './errors';
import type { Call } from './operation';

/** Shows a parameter with some operations of a resource. */
export function shownFor(resource: string, ...operation: string[]): IDisplayOptions {
	return { show: { resource: [resource], operation } };
}

/** The Simplify of an operation that gives one person or many. */
export function simplifyProperty(resource: string, ...operation: string[]): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: shownFor(resource, ...operation),
		description: 'Whether to return a simplified version of the response instead of the raw data',
		hint: 'On: one flat row with the person columns of the JOFI Trigger. Off: the object as JOFI sent it.',
	};
}

export function limitProperty(resource: string): INodeProperties {
	return {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: shownFor(resource, 'getAll'),
		description: 'Max number of results to return',
		hint: 'JOFI lists only the newest ones and has no further pages. total_count and has_more in each item say whether there are more.',
	};
}

/**
 * The id that a parameter holds, ready for a path.
 *
 * @param kind - what it is an id of, in words
 * @param isNumber - whether JOFI numbers this kind; ids of the other kinds are text
 * @throws Problem if there is none, or one that can't be JOFI's
 */
export function idParameter(call: Call, name: string, kind: string, isNumber: boolean): string {
	const value = call.parameter(name);
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (id === '') {
		throw new Problem(
			`The ID of the ${kind} is empty`,
			'Enter it, or check the expression: the item that it is read from may not have one.',
		);
	}
	if (isNumber && !/^\d+$/.test(id)) {
		throw new Problem(
			`This is not the ID of a ${kind}`,
			'JOFI’s are whole numbers, such as 12345. A person_id or a custom_id is not one of them.',
		);
	}
	// What would lead to another address.
	if (/^\.*$/.test(id)) {
		throw new Problem(
			`This is not the ID of a ${kind}`,
			'Such an ID is text, as in CNP1234567890.',
		);
	}
	return encodeURIComponent(id);
}

/** What was chosen from a list or typed: the value of a resource locator, or a plain value. */
export function chosen(value: unknown): unknown {
	const locator = asObject(value);
	return '__rl' in locator || 'mode' in locator ? locator.value : value;
}

/** Whether somebody left a field empty. */
export function isBlank(value: unknown): boolean {
	return value === undefined || value === null || String(value).trim() === '';
}
