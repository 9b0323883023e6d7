import type { Reply, Visit } from './internet';

export interface PostedMessage {
	channel: string;
	text: string;
	[more: string]: unknown;
}

/** Slack's web API, as far as n8n's Slack node posts messages with it. */
export class Slack {
	readonly token = 'xoxb-token-of-slack';
	readonly messages: PostedMessage[] = [];

	/** Answers for `slack.com`. */
	readonly api = ({ method, url, headers, body }: Visit): Reply => {
		if (headers.authorization !== `Bearer ${this.token}`) {
			return { json: { ok: false, error: 'invalid_auth' } };
		}
		if (method !== 'POST' || url.pathname !== '/api/chat.postMessage') {
			return { json: { ok: false, error: 'unknown_method' } };
		}
		const message = JSON.parse(body) as PostedMessage;
		this.messages.push(message);
		return { json: { ok: true, channel: 'C0123456789', ts: '1700000000.000100', message } };
	};
}
