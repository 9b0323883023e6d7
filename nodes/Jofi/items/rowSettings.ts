import { comparable, toBoolean, valuesOf } from '../values';
import { COLUMN_NAMES, DATE_COLUMNS, MOST_USED_COLUMNS, type ColumnName } from './columns';
import { asSpreadsheetDate } from './dates';

/** What the user chose for the form of a row. */
export interface RowSettings {
	/** One flat row in place of the data as JOFI sent it. All else here is about that row. */
	simplify: boolean;
	/** The columns to keep. Their order is always that of the table of columns. */
	columns: readonly ColumnName[];
	dateFormat: 'iso' | 'spreadsheet';
	/** The zone of spreadsheet dates: the workflow's, an IANA name. */
	timezone: string;
}

/**
 * Interprets the parameters of `items/properties.ts`.
 *
 * @param valueOf - gives the value of a parameter
 * @param timezone - the workflow's, an IANA name
 */
export function rowSettingsOf(
	valueOf: (name: 'simplify' | 'columnChoice' | 'columns' | 'dateFormat') => unknown,
	timezone: string,
): RowSettings {
	return {
		simplify: toBoolean(valueOf('simplify')) ?? true,
		columns: columnsChosen(valueOf('columnChoice'), valueOf('columns')),
		dateFormat: comparable(valueOf('dateFormat')) === 'spreadsheet' ? 'spreadsheet' : 'iso',
		timezone,
	};
}

/**
 * The columns of a row. With none chosen the row has all, since an empty row would be useless.
 *
 * @param choice - the value of Columns
 * @param columns - the value of Chosen Columns
 */
export function columnsChosen(choice: unknown, columns: unknown): readonly ColumnName[] {
	if (choice === 'common') return MOST_USED_COLUMNS;
	if (choice !== 'choose') return COLUMN_NAMES;
	const names = valuesOf(columns);
	const chosen = COLUMN_NAMES.filter((name) => names.includes(name));
	return chosen.length > 0 ? chosen : COLUMN_NAMES;
}

type Row = Partial<Record<ColumnName, unknown>>;

/**
 * Keeps the chosen columns of a row, in its order, and writes its dates as the user wants them.
 *
 * @param row - from `simplify` or `personRow`
 */
export function shapeRow(row: Row, { columns, dateFormat, timezone }: RowSettings): Row {
	const kept = Object.entries(row).filter(([name]) => columns.some((column) => column === name));
	const shaped: Row = Object.fromEntries(kept);
	if (dateFormat === 'spreadsheet') {
		for (const name of DATE_COLUMNS) {
			if (name in shaped) shaped[name] = asSpreadsheetDate(shaped[name], timezone);
		}
	}
	return shaped;
}
