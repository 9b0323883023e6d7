import type { Reply, Service, Visit } from './internet';

type Cell = string | number | boolean;

export const WORKBOOK = '01WORKBOOKOFTHETESTS';
export const WORKSHEET = '{00000000-0001-0000-0000-000000000000}';
export const TEAM = '02bd9fd6-8f93-4758-87c3-1fb73740a315';
export const CHANNEL = '19:561fbdbbfca848a484f0a6f00ce9dbbd@thread.tacv2';

/** What Outlook was asked to send. */
export interface OutlookMessage {
	subject: string;
	body: { contentType: string; content: string };
	toRecipients: Array<{ emailAddress: { address: string } }>;
}

/**
 * Microsoft's sign-in and Graph, as far as n8n's Excel, Outlook and Teams nodes use them here, after
 * Microsoft's reference of Graph. A cell that is sent as text counts as typed: `=1+1` becomes a formula,
 * digits become a number, and an apostrophe in front keeps the rest as text.
 */
export class MicrosoftGraph {
	readonly token = 'token-of-microsoft';
	readonly cells: Cell[][] = [];
	readonly mails: OutlookMessage[] = [];
	readonly messages: Array<{ contentType: string; content: string }> = [];

	/** What to play by `Office.open`. */
	get services(): Record<string, Service> {
		return { 'login.microsoftonline.com': this.signIn, 'graph.microsoft.com': this.api };
	}

	/** Answers for `login.microsoftonline.com`. */
	private readonly signIn = ({ body }: Visit): Reply => {
		if (new URLSearchParams(body).get('grant_type') !== 'authorization_code') {
			return { status: 400, json: { error: 'unsupported_grant_type' } };
		}
		return {
			json: {
				access_token: this.token,
				refresh_token: 'refresh',
				expires_in: 3599,
				token_type: 'Bearer',
			},
		};
	};

	/** Answers for `graph.microsoft.com`. */
	private readonly api = ({ method, url, headers, body }: Visit): Reply => {
		if (headers.authorization !== `Bearer ${this.token}`) {
			return failure(401, 'InvalidAuthenticationToken');
		}
		const path = decodeURIComponent(url.pathname);
		const sheet = `/v1.0/me/drive/items/${WORKBOOK}/workbook/worksheets/${WORKSHEET}`;
		const sent = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
		switch (`${method} ${path.replace(/\(address='[^']*'\)$/, '')}`) {
			case 'POST /v1.0/me/sendMail':
				this.mails.push(sent.message as OutlookMessage);
				return { status: 202, text: '' };
			case `POST /beta/teams/${TEAM}/channels/${CHANNEL}/messages`:
				this.messages.push(sent.body as { contentType: string; content: string });
				return { status: 201, json: { id: '1700000000000', ...sent } };
			case `GET ${sheet}/usedRange`:
				return { json: { address: this.usedRange(), values: this.cells } };
			case `PATCH ${sheet}/range`:
				return this.write(path, sent.values as Cell[][]);
			default:
				return failure(404, 'itemNotFound');
		}
	};

	private usedRange(): string {
		const width = Math.max(1, ...this.cells.map((row) => row.length));
		const last = `${letter(width)}${Math.max(1, this.cells.length)}`;
		return last === 'A1' ? 'Sheet1!A1' : `Sheet1!A1:${last}`;
	}

	private write(path: string, values: Cell[][]): Reply {
		const [, from, firstRow, to, lastRow] =
			/\(address='([A-Z])(\d+):([A-Z])(\d+)'\)$/.exec(path) ?? [];
		const width = values[0]?.length ?? 0;
		const fits =
			from === 'A' &&
			to === letter(width) &&
			Number(lastRow) - Number(firstRow) + 1 === values.length;
		if (!fits) return failure(400, 'InvalidArgument');
		values.forEach((row, index) => {
			this.cells[Number(firstRow) - 1 + index] = row.map((cell) => typed(cell));
		});
		return { json: { address: path, values } };
	}
}

function letter(column: number): string {
	return String.fromCharCode(64 + column);
}

function typed(cell: Cell): Cell {
	if (typeof cell !== 'string') return cell;
	if (cell.startsWith("'")) return cell.slice(1);
	if (/^[=+@-]/.test(cell)) return '#FORMULA';
	return cell.trim() !== '' && !Number.isNaN(Number(cell)) ? Number(cell) : cell;
}

function failure(status: number, code: string): Reply {
	return { status, json: { error: { code, message: code } } };
}
