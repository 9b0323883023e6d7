import { setUp } from './n8n';

export default async () => await setUp(['default']);
