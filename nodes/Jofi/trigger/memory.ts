import { SeenEvents } from './seenEvents';
import { CredentialCache } from './verification/cache';

// Far more than one n8n has, and a bound on what triggers that are long deleted leave behind. n8n's
// `delete` can't do that: it is called in the same way when somebody stops listening in the editor, and
// each time a workflow is published again, and neither must make a live trigger forget what it has seen.
const MAX_TRIGGERS = 200;

/** What the process keeps for one trigger between its deliveries. */
export interface Memory {
	seenEvents: SeenEvents;
	credentialCache: CredentialCache;
}

const memories = new Map<string, Memory>();

/**
 * The memory of one trigger. The one that was not asked for the longest goes first if there are too many.
 *
 * @param trigger - a key that stays the same from delivery to delivery of that trigger
 */
export function memoryOf(trigger: string): Memory {
	const memory = memories.get(trigger) ?? {
		seenEvents: new SeenEvents(),
		credentialCache: new CredentialCache(),
	};
	memories.delete(trigger);
	memories.set(trigger, memory);
	const [longestUnused] = memories.keys();
	if (memories.size > MAX_TRIGGERS && longestUnused !== undefined) memories.delete(longestUnused);
	return memory;
}
