import { signInAs, type Reply, type Service, type Visit } from './internet';

type Cell = string | number | boolean;

export const WORKBOOK = '01WORKBOOKOFTHETESTS';
export const WORKSHEET = '{00000000-0001-0000-0000-000000000000}';
export const TABLE = '{00000000-000C-0000-0000-000000000001}';
export const TEAM = '02bd9fd6-8f93-4758-87c3-1fb73740a315';
export const CHANNEL = '19:561fbdbbfca848a484f0a6f00ce9dbbd@thread.tacv2';

const WORKBOOK_PATH = `/v1.0/me/drive/items/${WORKBOOK}/workbook`;
const TABLE_PATH = `/worksheets/${WORKSHEET}/tables/${TABLE}`;

/** What Outlook was asked to send. */
interface OutlookMessage {
	subject: string;
	body: { contentType: string; content: string };
	toRecipients: Array<{ emailAddress: { address: string } }>;
}

/**
 * Microsoft's sign-in and Graph, as far as n8n's Excel, Outlook and Teams nodes use them here, after
 * Microsoft's reference of Graph. Graph itself adds rows at the end of a table. A cell that is sent as text
 * counts as typed: `=1+1` becomes a formula, digits become a number, and an apostrophe in front keeps the
 * rest as text.
 */
export class MicrosoftGraph {
	readonly token = 'token-of-microsoft';
	/** The rows of the table, which are those of its sheet; the first has the titles. */
	readonly cells: Cell[][] = [];
	readonly mails: OutlookMessage[] = [];
	readonly messages: Array<{ contentType: string; content: string }> = [];
	/** How many runs read the columns before the first of them gets its answer. */
	readersAtOnce = 1;
	/** How often a row is added and the answer is 504 all the same. */
	timeouts = 0;
	private readonly waiting: Array<() => void> = [];

	/** What to play by `TemplateHarness.open`. */
	get services(): Record<string, Service> {
		return { 'login.microsoftonline.com': signInAs(this.token), 'graph.microsoft.com': this.api };
	}

	/** Answers for `graph.microsoft.com`. */
	private readonly api = async ({ method, url, headers, body }: Visit): Promise<Reply> => {
		if (headers.authorization !== `Bearer ${this.token}`) {
			return failure(401, 'InvalidAuthenticationToken');
		}
		const path = decodeURIComponent(url.pathname).replace(WORKBOOK_PATH, '');
		const sent = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
		const values = ((sent.values ?? []) as Cell[][]).map((row) => row.map(typed));
		switch (`${method} ${path}`) {
			case 'POST /v1.0/me/sendMail':
				this.mails.push(sent.message as OutlookMessage);
				return { status: 202, text: '' };
			case `POST /beta/teams/${TEAM}/channels/${CHANNEL}/messages`:
				this.messages.push(sent.body as { contentType: string; content: string });
				return { status: 201, json: { id: '1700000000000', ...sent } };
			case `GET ${TABLE_PATH}/columns`:
				await this.untilAllHaveRead();
				return { json: { value: this.cells[0]?.map((name) => ({ name })) } };
			case 'POST /createSession':
				return { status: 201, json: { id: 'session' } };
			case `POST ${TABLE_PATH}/rows/add`:
				this.cells.push(...values);
				return this.timeouts-- > 0 ? failure(504, 'gatewayTimeout') : { json: { values } };
			case 'POST /closeSession':
				return { status: 204, text: '' };
			default:
				return failure(404, 'itemNotFound');
		}
	};

	/** Holds a reader back until as many have come as are to write at the same moment. */
	private async untilAllHaveRead(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.waiting.push(resolve);
			if (this.waiting.length < this.readersAtOnce) return;
			for (const proceed of this.waiting.splice(0)) proceed();
		});
	}
}

function typed(cell: Cell | null): Cell {
	if (typeof cell !== 'string') return cell ?? '';
	if (cell.startsWith("'")) return cell.slice(1);
	if (/^[=+@-]/.test(cell)) return '#FORMULA';
	return cell.trim() !== '' && !Number.isNaN(Number(cell)) ? Number(cell) : cell;
}

function failure(status: number, code: string): Reply {
	return { status, json: { error: { code, message: code } } };
}
