import execa from 'execa';
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { withTable } from '../../scripts/generate/docs';

const PAGE = join(__dirname, '../../docs/performance.md');

// The unit of the times in /proc/<pid>/stat, the same on all usual Linux machines (sysconf(_SC_CLK_TCK)).
const TICK_MS = 10;

/** For how long n8n has to have next to nothing to do before all its runs have surely ended. */
const QUIET_MS = 500;

/**
 * @param pid - of a process that is idle; needs Linux
 * @returns the CPU time in milliseconds that it took for some work, until it was idle again
 */
export async function cpuMsFor(pid: number, work: () => Promise<unknown>): Promise<number> {
	await untilIdle(pid);
	const before = await cpuMsOf(pid);
	await work();
	await untilIdle(pid);
	return (await cpuMsOf(pid)) - before;
}

async function cpuMsOf(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	// The second field is a name in brackets, which may hold spaces; utime and stime are fields 14 and 15.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

async function untilIdle(pid: number): Promise<void> {
	for (let quiet = 0; quiet < 2; ) {
		const before = await cpuMsOf(pid);
		await wait(QUIET_MS / 2);
		quiet = (await cpuMsOf(pid)) - before <= 2 * TICK_MS ? quiet + 1 : 0;
	}
}

/** Writes a table into docs/performance.md, after the comment of that name. */
export async function keepTable(name: string, rows: string[][]): Promise<void> {
	process.stdout.write(`${rows.map((cells) => cells.join('\t')).join('\n')}\n`);
	writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), name, rows));
	await execa('npx', ['prettier', '--write', PAGE]);
}

export function median(values: number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
