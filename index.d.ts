import type { ICredentialType, INodeType } from 'n8n-workflow';

export declare const Jofi: new () => INodeType;
export declare const JofiApi: new () => ICredentialType;
export declare const JofiTrigger: new () => INodeType;
export declare const JofiWebhookApi: new () => ICredentialType;

export type * from './dist/nodes/Jofi/events/types';
export type { ColumnName, SimplifiedEvent } from './dist/nodes/Jofi/items/columns';
