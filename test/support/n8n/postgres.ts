import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { POSTGRES_URL } from '../requirements';

/**
 * Makes a database in the PostgreSQL that `requirements.ts` names.
 *
 * @returns What n8n has to be started with to use it, and what deletes it, once nothing uses it any more.
 */
export async function newPostgresDatabase() {
	const name = `jofi_test_${randomUUID().replaceAll('-', '')}`;
	const { hostname, port, username, password } = new URL(POSTGRES_URL);
	await queryPostgres(`CREATE DATABASE ${name}`);
	return {
		name,
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: hostname,
			DB_POSTGRESDB_PORT: port || '5432',
			DB_POSTGRESDB_USER: decodeURIComponent(username),
			DB_POSTGRESDB_PASSWORD: decodeURIComponent(password),
			DB_POSTGRESDB_DATABASE: name,
			// With n8n's two connections, sixty runs at once make it answer that its database is not ready.
			DB_POSTGRESDB_POOL_SIZE: '10',
			// On a busy machine they wait longer for one of them than n8n allows, with the same answer.
			DB_POSTGRESDB_CONNECTION_TIMEOUT: '600000',
		},
		drop: async () => await queryPostgres(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
	};
}

/**
 * Runs a statement in PostgreSQL.
 *
 * @param statement - SQL
 * @param database - the name of a database, if it is not the one of `POSTGRES_URL`
 */
export async function queryPostgres(statement: string, database?: string): Promise<void> {
	const url = new URL(POSTGRES_URL);
	if (database !== undefined) url.pathname = database;
	const client = new Client({ connectionString: url.href });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
