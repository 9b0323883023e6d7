import type { Reply, Visit } from './internet';

/** Slack's web API, as far as n8n's Slack node posts messages with it. */
export class Slack {
	readonly token = 'xoxb-token-of-slack';
	readonly messages: unknown[] = [];

	/** Answers for `slack.com`. */
	readonly api = ({ method, url, headers, body }: Visit): Reply => {
		if (headers.authorization !== `Bearer ${this.token}`) {
			return { json: { ok: false, error: 'invalid_auth' } };
		}
		if (`${method} ${url.pathname}` !== 'POST /api/chat.postMessage') {
			return { json: { ok: false, error: 'unknown_method' } };
		}
		this.messages.push(JSON.parse(body));
		return { json: { ok: true, channel: 'C0123456789', ts: '1700000000.000100' } };
	};
}
