import { signInAs, type Reply, type Visit } from './internet';

type Cell = string | number | boolean;
type Rows = Array<Array<Cell | null>>;

const SPREADSHEET = /^\/v4\/spreadsheets\/([^/:]+)(.*)$/;
// As in A1 notation: `First sheet`, `First sheet!2:2`, `First sheet!B2` or `First sheet!A:Z`.
const RANGE = /^'?First sheet'?(?:!([A-Z]*)(\d*)(?::[A-Z]*\d*)?)?$/;
/** Those of a new sheet. Nothing can be written beside them. */
const GRID_COLUMNS = 26;

/**
 * Google's sign-in and Sheets, as far as n8n's Google Sheets node in the templates uses them, after Google's
 * reference of the Sheets API v4. It takes raw cells only: others count as typed, so that `=1+1` would become
 * a formula.
 */
export class GoogleSheets {
	readonly token = 'token-of-google';
	/** Shows numbers as 12,345, as a person chooses under Format → Number. */
	groupsDigits = false;
	private readonly sheets = new Map<string, Cell[][]>();

	/** Makes an empty spreadsheet and returns the link that a user would copy. */
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
		try {
			return { json: this.answer(visit) };
		} catch (error) {
			const { message } = error as Error;
			return { status: 400, json: { error: { code: 400, status: 'INVALID_ARGUMENT', message } } };
		}
	};

	private answer({ method, url, headers, body }: Visit): unknown {
		const [, id = '', rest = ''] = SPREADSHEET.exec(decodeURIComponent(url.pathname)) ?? [];
		const rows = this.sheets.get(id);
		if (!rows || headers.authorization !== `Bearer ${this.token}`) throw new Error('No access');
		const sent = (body === '' ? {} : JSON.parse(body)) as {
			values?: Rows;
			valueInputOption?: string;
			data?: Array<{ range: string; values: Rows }>;
		};
		const mode = url.searchParams.get('valueInputOption') ?? sent.valueInputOption;
		if (method !== 'GET' && mode !== 'RAW') throw new Error(`Not played here: ${mode} cells`);
		const range = rest.replace(/^\/values\//, '').replace(/:append$/, '');
		switch (`${method} ${rest.startsWith('/values/') ? '/values/' : rest}`) {
			case 'GET ':
				return { sheets: [{ properties: { sheetId: 0, title: 'First sheet' } }] };
			case 'GET /values/':
				return this.read(rows, range, url.searchParams.get('valueRenderOption'));
			case 'PUT /values/':
				return write(rows, startOf(range), sent.values);
			case 'POST /values/':
				return write(rows, { row: rows.length, column: 0 }, sent.values);
			case 'POST /values:batchUpdate':
				for (const part of sent.data ?? []) write(rows, startOf(part.range), part.values);
				return {};
			default:
				throw new Error(`Not played here: ${method} ${rest}`);
		}
	}

	/** Rows up to the last one with anything in it, and each up to its last cell, as Google gives them. */
	private read(rows: Cell[][], range: string, render: string | null): unknown {
		const { row } = startOf(range);
		const wanted = /\d/.test(range) ? rows.slice(row, row + 1) : rows;
		if (wanted.length === 0) return { range };
		const shown = (cell: Cell = '') => {
			if (render === 'UNFORMATTED_VALUE') return cell;
			const isGrouped = this.groupsDigits && typeof cell === 'number';
			return isGrouped ? cell.toLocaleString('en-US') : String(cell);
		};
		return { range, values: wanted.map((cells) => Array.from(cells, shown)) };
	}
}

/** The first row and the first column of a range, counted from 0. */
function startOf(range: string): { row: number; column: number } {
	const [match, letters = '', row = ''] = RANGE.exec(range) ?? [];
	if (match === undefined) throw new Error(`Unable to parse range: ${range}`);
	let column = 0;
	for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
	return { row: Number(row || 1) - 1, column: Math.max(0, column - 1) };
}

function write(rows: Cell[][], { row, column }: ReturnType<typeof startOf>, values: Rows = []) {
	values.forEach((cells, y) => {
		if (column + cells.length > GRID_COLUMNS) {
			throw new Error(`Tried writing beside the ${GRID_COLUMNS} columns of the grid`);
		}
		const written = (rows[row + y] ??= []);
		cells.forEach((cell, x) => {
			// Google leaves a cell as it is where null is sent.
			if (cell !== null) written[column + x] = cell;
		});
	});
	return { updatedRows: values.length };
}
