export { JofiWebhookApi } from './dist/credentials/JofiWebhookApi.credentials';
export { JofiTrigger } from './dist/nodes/JofiTrigger/JofiTrigger.node';
export type * from './dist/nodes/JofiTrigger/events/types';
export type { SimplifiedEvent } from './dist/nodes/JofiTrigger/items/simplify';
