import { signInAs, type Reply, type Visit } from './internet';

type Cell = string | number | boolean;

const SPREADSHEET = /^\/v4\/spreadsheets\/([^/:]+)(.*)$/;
// As in A1 notation: `First sheet`, `First sheet!2:2`, `First sheet!B2` or `First sheet!A:Z`.
const RANGE = /^'?([^'!]+)'?(?:!([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?)?$/;

/** The bodies that the node sends. */
interface Sent {
	values?: Rows;
	valueInputOption?: string;
	data?: Array<{ range: string; values: Rows }>;
}

type Rows = Array<Array<Cell | null>>;

const TITLE = 'First sheet';
/** Those of a new sheet. */
const GRID_COLUMNS = 26;

/**
 * Google's sign-in and Sheets, as far as n8n's Google Sheets node uses them, after Google's reference of
 * the Sheets API v4. What matters here is kept: a sheet has a grid of so many columns and nothing can be
 * written beside it; `RAW` cells hold what was sent, while `USER_ENTERED` ones are read as if typed, so
 * that `=1+1` becomes a formula.
 */
export class GoogleSheets {
	readonly token = 'token-of-google';
	/** Shows numbers as 12,345, as a person chooses under Format → Number. */
	groupsDigits = false;
	private readonly sheets = new Map<string, Cell[][]>();

	/** Makes an empty spreadsheet. Out: the link that a user would copy. */
	create(id: string): string {
		this.sheets.set(id, []);
		return `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`;
	}

	/** All cells of a spreadsheet by rows, an empty one as ''. */
	cells(id: string): Cell[][] {
		const rows = this.sheets.get(id) ?? [];
		const width = Math.max(0, ...rows.map((row) => row.length));
		return rows.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''));
	}

	/** Answers for `oauth2.googleapis.com`. */
	readonly signIn = signInAs(this.token);

	/** Answers for `sheets.googleapis.com`. */
	readonly api = (visit: Visit): Reply => {
		if (visit.headers.authorization !== `Bearer ${this.token}`) {
			return failure(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
		}
		const [, id = '', rest = ''] = SPREADSHEET.exec(decodeURIComponent(visit.url.pathname)) ?? [];
		const rows = this.sheets.get(id);
		if (!rows) return failure(404, 'NOT_FOUND', 'Requested entity was not found.');
		try {
			return { json: this.answer(rows, visit, rest) };
		} catch (error) {
			return failure(400, 'INVALID_ARGUMENT', (error as Error).message);
		}
	};

	private answer(rows: Cell[][], { method, url, body }: Visit, rest: string): unknown {
		const sent = (body === '' ? {} : JSON.parse(body)) as Sent;
		const mode = url.searchParams.get('valueInputOption') ?? sent.valueInputOption;
		const range = rest.replace(/^\/values\//, '').replace(/:append$/, '');
		switch (`${method} ${rest.startsWith('/values/') ? '/values/' : rest}`) {
			case 'GET ':
				return { sheets: [{ properties: { sheetId: 0, title: TITLE } }] };
			case 'GET /values/':
				return this.read(rows, range, url.searchParams.get('valueRenderOption'));
			case 'POST :batchUpdate':
				// Further empty rows: this grid has no last row.
				return { replies: [{}] };
			case 'PUT /values/':
				return write(rows, startOf(range), sent.values, mode);
			case 'POST /values/': {
				const [firstRow] = startOf(range);
				return write(rows, [Math.max(rows.length, firstRow), 0], sent.values, mode);
			}
			case 'POST /values:batchUpdate':
				for (const part of sent.data ?? []) write(rows, startOf(part.range), part.values, mode);
				return {};
			default:
				throw new Error(`Not played here: ${method} ${rest}`);
		}
	}

	/** Rows up to the last one with anything in it, and each up to its last cell, as Google gives them. */
	private read(rows: Cell[][], range: string, render: string | null): unknown {
		const [, , , row] = RANGE.exec(range) ?? [];
		const wanted = row ? rows.slice(Number(row) - 1, Number(row)) : rows;
		if (wanted.length === 0) return { range };
		return {
			range,
			values: wanted.map((cells) =>
				Array.from(cells, (cell = '') =>
					render === 'UNFORMATTED_VALUE' ? cell : this.shown(cell),
				),
			),
		};
	}

	private shown(cell: Cell): string {
		const isGrouped = this.groupsDigits && typeof cell === 'number';
		return isGrouped ? cell.toLocaleString('en-US') : String(cell);
	}
}

/** The first row and the first column of a range, counted from 0. */
function startOf(range: string): [row: number, column: number] {
	const [match, title, letters = '', row = ''] = RANGE.exec(range) ?? [];
	if (!match || title !== TITLE) throw new Error(`Unable to parse range: ${range}`);
	let column = 0;
	for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
	return [Number(row || 1) - 1, Math.max(0, column - 1)];
}

function write(
	rows: Cell[][],
	[firstRow, firstColumn]: [row: number, column: number],
	values: Rows = [],
	mode?: string,
): unknown {
	if (mode !== 'RAW' && mode !== 'USER_ENTERED') throw new Error('valueInputOption is required');
	values.forEach((cells, y) => {
		if (firstColumn + cells.length > GRID_COLUMNS) {
			throw new Error(`Tried writing beside the ${GRID_COLUMNS} columns of the grid`);
		}
		const row = (rows[firstRow + y] ??= []);
		cells.forEach((cell, x) => {
			// Google leaves a cell as it is where null is sent.
			if (cell !== null) row[firstColumn + x] = mode === 'RAW' ? cell : typed(cell);
		});
	});
	return { updatedRows: values.length };
}

/** What becomes of a cell that counts as typed: enough to tell it from a raw one. */
function typed(cell: Cell): Cell {
	if (typeof cell !== 'string') return cell;
	if (cell.startsWith('=')) return '#FORMULA';
	return cell.trim() !== '' && !Number.isNaN(Number(cell)) ? Number(cell) : cell;
}

function failure(code: number, status: string, message: string): Reply {
	return { status: code, json: { error: { code, status, message } } };
}
