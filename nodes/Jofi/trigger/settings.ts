import { COLUMN_NAMES } from '../items/columns';
import type { ItemSettings } from '../items/toItem';
import type { Filters } from './filters';
import { ANY_EVENT, type CompletionRule } from './selection';

/** What the user chose in the node. */
export interface Settings extends ItemSettings {
	/** Event types, or `*` among them for any. */
	events: readonly string[];
	assessmentCompletion: CompletionRule;
	/** Whether events that name another endpoint are refused. */
	confirmEndpoint: boolean;
	separateOutputs: boolean;
	filters: Filters;
	skipDuplicates: boolean;
	/** 0 = any age. */
	maxEventAgeMinutes: number;
	/** The version of the trigger that the workflow was saved with: its outputs stay those of that version. */
	nodeVersion: number;
}

const NONE: ReadonlySet<string> = new Set();

/** The settings of a node as it is when it is new. */
export const DEFAULT_SETTINGS: Settings = {
	events: [ANY_EVENT],
	assessmentCompletion: 'each',
	simplify: true,
	columns: COLUMN_NAMES,
	dateFormat: 'iso',
	timezone: 'UTC',
	includeDelivery: false,
	includeRawEvent: false,
	confirmEndpoint: false,
	separateOutputs: false,
	filters: { teams: NONE, customIds: NONE, assessments: NONE },
	skipDuplicates: true,
	maxEventAgeMinutes: 0,
	nodeVersion: 1.1,
};
