import { setUp } from './n8n';

/** Queue mode has an n8n of its own. */
export default async () => await setUp([]);
