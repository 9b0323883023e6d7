import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyModeValidation,
	INodePropertyOptions,
} from 'n8n-workflow';
import { asObject } from '../json';
import { toBoolean } from '../values';
import { JofiError } from './errors';
import type { ObjectKind, OperationContext } from './operation';

/** Shows a parameter with some operations of a resource. */
export function shownFor(resource: string, ...operation: string[]): IDisplayOptions {
	return { show: { resource: [resource], operation } };
}

/** The choice between the operations of a resource. */
export function operationProperty(
	resource: string,
	defaultOperation: string,
	options: INodePropertyOptions[],
): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: defaultOperation,
		displayOptions: { show: { resource: [resource] } },
		options,
	};
}

/** A resource locator for what JOFI numbers: from a list, or by ID. Empty, it is left out. */
export function listOrId(
	searchListMethod: string,
	placeholder: string,
): Pick<INodeProperties, 'type' | 'default' | 'modes'> {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder,
				validation: [matches('\\s*\\d*\\s*', 'JOFI’s IDs are whole numbers')],
			},
		],
	};
}

/** The check of a text typed into a resource locator; an expression is checked when it runs. */
export function matches(regex: string, errorMessage: string): INodePropertyModeValidation {
	return { type: 'regex', properties: { regex, errorMessage } };
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
 * The ID that is filled in, ready for a path.
 *
 * @throws JofiError if there is none, or one that can't be JOFI's
 */
export function idParameter(
	context: OperationContext,
	{ noun, idParameter: name, isNumbered }: ObjectKind,
): string {
	const value = context.parameter(name);
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (id === '') {
		throw new JofiError(
			`The ID of the ${noun} is empty`,
			'Enter it, or check the expression: the item that it is read from may not have one.',
		);
	}
	// Dots would lead to another address.
	const isPossible = isNumbered ? /^\d+$/.test(id) : !/^\.+$/.test(id);
	if (!isPossible) {
		throw new JofiError(
			`This is not the ID of a ${noun}`,
			isNumbered
				? 'JOFI’s are whole numbers, such as 12345. A person_id or a custom_id is not one of them.'
				: 'Such an ID is text, as in CNP1234567890.',
		);
	}
	return encodeURIComponent(id);
}

/** What was chosen from a list or typed: the value of a resource locator, or a plain value. */
export function chosen(value: unknown): unknown {
	const locator = asObject(value);
	return '__rl' in locator || 'mode' in locator ? locator.value : value;
}

/**
 * The text of a field, which an expression may have given.
 *
 * @param label - the field's name in the node
 * @returns the trimmed text, a number as its digits, undefined if the field is empty
 * @throws JofiError for a list, an object or anything else that would be sent as `[object Object]`
 */
export function textOf(label: string, value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value))) {
		throw new JofiError(
			`${label} is not a text`,
			`It holds ${kindOf(value)}. Check its expression. Nothing was sent.`,
		);
	}
	return String(value).trim() || undefined;
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `“${String(value)}”`;
}

/**
 * The same for a field that has to be filled in.
 *
 * @param todo - what to do if it is empty
 * @throws JofiError as well if it is empty
 */
export function requiredText(label: string, value: unknown, todo: string): string {
	const text = textOf(label, value);
	if (text === undefined) throw new JofiError(`${label} is empty`, todo);
	return text;
}

/**
 * The value of a switch, which is a text where it comes from one of n8n's variables.
 *
 * @throws JofiError if it is neither true nor false
 */
export function booleanOf(label: string, value: unknown): boolean {
	const boolean = toBoolean(value);
	if (boolean !== undefined) return boolean;
	throw new JofiError(
		`${label} is neither true nor false`,
		`It holds ${kindOf(value)}. Check its expression. Nothing was sent.`,
	);
}
