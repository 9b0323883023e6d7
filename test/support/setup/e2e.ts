import { setUp } from './n8n';

/** Jest's globalSetup: it runs each file once, so each project has one of its own. */
export default async () => await setUp(['default', 'lazy']);
