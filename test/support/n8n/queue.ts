import Redis from 'ioredis';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REDIS_URL } from '../requirements';
import { newPostgresDatabase } from './postgres';
import { N8nRest } from './rest';
import { N8nServer, type StartOptions } from './server';

/** How many runs a worker has in hand at most. */
export const WORKER_CONCURRENCY = 5;

export type QueueModeN8n = Awaited<ReturnType<typeof startQueueMode>>;

/**
 * Starts n8n in queue mode on a database and a queue of its own, in the PostgreSQL and the Redis that
 * `requirements.ts` names: a main process, two webhook processors, which take the deliveries, and two workers,
 * which run the workflows.
 */
export async function startQueueMode() {
	const database = await newPostgresDatabase();
	const { name } = database;
	const redis = new URL(REDIS_URL);
	// An empty one: the usual one has a database and a key of its own.
	const userFolder = await mkdtemp(join(tmpdir(), 'jofi-queue-'));

	const env = {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: name,
		...database.env,
		QUEUE_BULL_REDIS_HOST: redis.hostname,
		QUEUE_BULL_REDIS_PORT: redis.port || '6379',
		QUEUE_BULL_PREFIX: name,
		N8N_REDIS_KEY_PREFIX: name,
		// How soon n8n notices a killed worker (a minute by default).
		QUEUE_WORKER_LOCK_DURATION: '10000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
		QUEUE_WORKER_STALLED_INTERVAL: '5000',
		// Always so in n8n 3.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
	const started: N8nServer[] = [];
	/** Ends everything and deletes what it left in PostgreSQL and Redis. */
	const dispose = async () => {
		// The main process last: it is the one that deletes the user folder.
		for (const server of started.slice(1)) await server.stop();
		const [main] = started;
		await main?.dispose();
		await rm(userFolder, { recursive: true, force: true });
		await database.drop();
		await forget(name);
	};
	const start = async (command: string[], more: StartOptions = {}) => {
		const server = await N8nServer.start({ userFolder, command, env, ...more });
		started.push(server);
		return server;
	};
	try {
		const main = await start(['start'], { tarball: process.env.JOFI_TARBALL, hasEditor: true });
		const rest = new N8nRest(main);
		await rest.setUpOwner();
		// They find the installed package in the folder of the main process.
		const worker = ['worker', `--concurrency=${WORKER_CONCURRENCY}`];
		const commands = [['webhook'], ['webhook'], worker, worker];
		const others = await Promise.all(commands.map(async (command) => await start(command)));
		return {
			main,
			rest,
			webhooks: others.slice(0, 2),
			workers: others.slice(2),
			/**
			 * Starts the main process again, from then on looking every quarter of a minute, and not every three
			 * hours, for runs that nobody has in hand. It takes a run that is just being put into the queue for one.
			 */
			lookForLostRunsOften: async () => {
				await main.stop();
				main.place.env.N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL = '0.25';
				await main.launch();
			},
			dispose,
		};
	} catch (error) {
		await dispose();
		throw error;
	}
}

async function forget(prefix: string): Promise<void> {
	const redis = new Redis(REDIS_URL);
	try {
		for await (const keys of redis.scanStream({ match: `${prefix}*` })) {
			if (keys.length > 0) await redis.del(...keys);
		}
	} finally {
		await redis.quit();
	}
}
