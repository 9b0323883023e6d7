import execa from 'execa';
import { join } from 'node:path';
import { queryPostgres } from './postgres';
import type { N8nServer } from './server';

/** Has n8n fail when it wants to store a run, as with a full disk, until `acceptNewRuns`. */
export async function refuseNewRuns(server: N8nServer): Promise<void> {
	await changeDatabase(
		server,
		"CREATE TRIGGER refuse_new_runs BEFORE INSERT ON execution_entity BEGIN SELECT RAISE(ABORT, 'refused by a test'); END",
	);
}

/** Undoes `refuseNewRuns`. */
export async function acceptNewRuns(server: N8nServer): Promise<void> {
	await changeDatabase(server, 'DROP TRIGGER refuse_new_runs');
}

/**
 * Sets a column of all rows of a data table.
 *
 * @param server A running n8n.
 * @param tableId The table's id.
 * @param column The column's name.
 * @param value The new value, such as `2020-01-01 00:00:00.000`.
 */
export async function updateDataTable(
	server: N8nServer,
	tableId: string,
	column: string,
	value: string,
): Promise<void> {
	await changeDatabase(server, `UPDATE "data_table_user_${tableId}" SET "${column}" = '${value}'`);
}

/** Runs a statement in a running n8n's database; in SQLite with the driver that n8n brings. */
async function changeDatabase(
	{ n8n, userFolder, place }: N8nServer,
	statement: string,
): Promise<void> {
	if (place.env.DB_TYPE === 'postgresdb') {
		return await queryPostgres(statement, place.env.DB_POSTGRESDB_DATABASE);
	}
	const script = `
		const { Database } = require('sqlite3');
		const [, file, statement] = process.argv;
		const database = new Database(file);
		database.configure('busyTimeout', 10000);
		database.exec(statement, (error) => { if (error) throw error; });
	`;
	const file = join(userFolder, '.n8n', 'database.sqlite');
	await execa(n8n.node, ['-e', script, file, statement], { cwd: n8n.folder });
}
