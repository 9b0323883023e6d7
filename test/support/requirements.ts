/** What tests need beside npm packages, and which tests this machine cannot run without it. */
import execa from 'execa';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { isInstalled, withProgress } from './n8n/install';

export const REDIS_URL = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
export const POSTGRES_URL =
	process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';

const ANY_CHROMIUM = [
	process.env.CHROMIUM_PATH ?? '',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Each with its package in Debian, and the paths where it may be. */
const PROGRAMS = {
	/** The build without a screen, in which n8n's editor takes a tenth less time. */
	browser: {
		package: 'chromium-headless-shell',
		paths: ['/usr/bin/chromium-headless-shell', ...ANY_CHROMIUM],
	},
	/** The build that people have, for pictures: the other one rounds the width of letters. */
	chromium: { package: 'chromium', paths: ANY_CHROMIUM },
	nginx: { package: 'nginx-light', paths: ['/usr/sbin/nginx', '/usr/bin/nginx'] },
	caddy: { package: 'caddy', paths: ['/usr/bin/caddy'] },
};

export type Program = keyof typeof PROGRAMS;

const find = (program: Program) => PROGRAMS[program].paths.find((path) => existsSync(path));

const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * Installs a program if it is missing, on Debian as root.
 *
 * @returns the path of the program
 * @throws if there is none, with what to do and why it could not be installed
 */
export async function installProgram(program: Program): Promise<string> {
	const found = find(program);
	if (found !== undefined) return found;
	const name = PROGRAMS[program].package;
	const install = async () => {
		await execa('apt-get', ['update']);
		await execa('apt-get', ['install', '--yes', '--no-install-recommends', name], {
			env: { DEBIAN_FRONTEND: 'noninteractive' },
		});
	};
	const failure: unknown = canInstall()
		? await withProgress(`Installing ${name}`, install).catch((error: unknown) => error)
		: undefined;
	const installed = find(program);
	if (installed === undefined) {
		const orPath = name.startsWith('chromium')
			? ', or set CHROMIUM_PATH to Chromium or Chrome'
			: '';
		throw new Error(`This needs ${name}. On Debian: sudo apt-get install ${name}${orPath}.`, {
			cause: failure,
		});
	}
	return installed;
}

/**
 * @param project - a project of jest.config.js
 * @returns what this machine lacks to run its tests, and can't install, in words; empty if nothing
 */
export async function missingFor(project: string): Promise<string> {
	const missing: string[] = [];
	if (['e2e', 'queue', 'browser'].includes(project) && !isInstalled()) {
		// For the native parts of n8n.
		missing.push(...['python3', 'make', 'g++'].filter((tool) => !isOnPath(tool)));
	}
	if (project === 'queue') missing.push(...(await missingServices()));
	if (['queue', 'browser'].includes(project) && cannotHave('browser')) {
		missing.push('Chromium or Chrome (CHROMIUM_PATH names another place)');
	}
	return missing.length > 0
		? `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`
		: '';
}

/** @returns whether a program is missing and can't be installed */
export function cannotHave(program: Program): boolean {
	return find(program) === undefined && !canInstall();
}

/** @returns what n8n's queue mode needs and what takes no connections */
async function missingServices(): Promise<string[]> {
	const isThere = await takesConnections(REDIS_URL, 6379);
	const redis = isThere ? [] : [`Redis at ${REDIS_URL} (TEST_REDIS_URL names another)`];
	return [...redis, ...(await missingPostgres())];
}

/** @returns PostgreSQL, if it takes no connections */
export async function missingPostgres(): Promise<string[]> {
	const isThere = await takesConnections(POSTGRES_URL, 5432);
	return isThere ? [] : [`PostgreSQL at ${POSTGRES_URL} (TEST_POSTGRES_URL names another)`];
}

function isOnPath(command: string): boolean {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return folders.some((folder) => existsSync(join(folder, command)));
}

/** @returns whether a server answers at an address; `usualPort` is for one without a port */
async function takesConnections(url: string, usualPort: number): Promise<boolean> {
	const { hostname, port } = new URL(url);
	const socket = connect({ host: hostname, port: Number(port || usualPort) });
	const connected = once(socket, 'connect', { signal: AbortSignal.timeout(3000) });
	return await connected
		.then(() => true)
		.catch(() => false)
		.finally(() => socket.destroy());
}
