import type { INodeProperties } from 'n8n-workflow';
import type { JsonObject } from '../json';

interface RequestBase {
	/** Below JOFI_API, such as `/test-takers/12345`. */
	path: string;
	query?: Record<string, string>;
	/** What it is about, as the object of a sentence: `the test taker 12345`. */
	subject: string;
	/** What to check if JOFI refuses, as sentences. */
	advice?: string;
	/** How long to wait for JOFI's answer; by default 30 seconds, and 60 for what changes something. */
	timeoutSeconds?: number;
}

/** What a request changes at JOFI, for the words on what may have happened when it failed. */
interface Change {
	/** `invitation` */
	noun: string;
	/** `created` */
	done: string;
}

/** A request to JOFI's API: a GET, or one that changes something and says what. */
export type ApiRequest = RequestBase &
	(
		| { method?: undefined; body?: undefined; change?: undefined }
		| { method: 'POST'; body: JsonObject; change: Change }
	);

/** A kind of JOFI's objects. */
export interface ObjectKind {
	/** As JOFI names it in `object`. */
	name: 'invitation' | 'test_taker' | 'career_navigation_profile';
	/** In words, as part of a sentence. */
	noun: string;
	/** The address of its list. */
	path: string;
	/** The node's parameter that holds an ID of it, and its name on the screen. */
	idParameter: string;
	idLabel: string;
	/** Whether its IDs are numbers; others are text. */
	isNumbered: boolean;
}

/** What an operation has to work with, for one input item. */
export interface OperationContext {
	/** The value of a parameter, with its expression resolved. */
	parameter(name: string): unknown;
	/**
	 * Sends a request to JOFI.
	 *
	 * @returns the JSON that JOFI answers
	 * @throws JofiError if there is none
	 */
	request(request: ApiRequest): Promise<unknown>;
}

export interface Result {
	rows: JsonObject[];
	/** What a person should know about the result, shown beside it. */
	hint?: string;
}

export type Operation = (context: OperationContext) => Promise<Result>;

/** A resource of the node: its parameters, and what each of its operations does. */
export interface Resource {
	properties: INodeProperties[];
	operations: Record<string, Operation>;
}
