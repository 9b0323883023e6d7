import { SeenEvents } from './seenEvents';
import { CredentialCache } from './verification/cache';

// Far more than one n8n has. It bounds what deleted triggers leave behind: n8n's `delete` can't clear it, since
// it is also called when somebody stops listening in the editor and when a workflow is published again.
const MAX_TRIGGERS = 200;

/** What the process keeps for one trigger between deliveries. */
export interface Memory {
	seenEvents: SeenEvents;
	credentialCache: CredentialCache;
}

const memories = new Map<string, Memory>();

/**
 * The memory of one trigger. If there are too many, the least recently used is dropped.
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
