/** Jest's globalTeardown of a project. */
export { disposeServers as default } from '../n8n/testServer';
