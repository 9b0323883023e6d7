import { connect } from 'node:net';

export const REDIS_URL = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
export const POSTGRES_URL =
	process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/**
 * Which of the servers that queue mode needs is missing. Out: what to do; undefined if both take
 * connections.
 */
export async function missingServices(): Promise<string | undefined> {
	const isThere = await Promise.all([
		takesConnections(new URL(REDIS_URL), 6379),
		takesConnections(new URL(POSTGRES_URL), 5432),
	]);
	const missing = [
		`Redis does not answer at ${REDIS_URL} (TEST_REDIS_URL names another one)`,
		`PostgreSQL does not answer at ${POSTGRES_URL} (TEST_POSTGRES_URL names another one)`,
	].filter((_, index) => !isThere[index]);
	return missing.length > 0 ? missing.join('; ') : undefined;
}

async function takesConnections({ hostname, port }: URL, usualPort: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect({ host: hostname, port: Number(port || usualPort), timeout: 3000 });
		const end = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.on('connect', () => end(true));
		socket.on('error', () => end(false));
		socket.on('timeout', () => end(false));
	});
}
