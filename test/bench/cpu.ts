import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

// The unit of the times in /proc/<pid>/stat, the same on all usual Linux machines (sysconf(_SC_CLK_TCK)).
const TICK_MS = 10;

/**
 * User and system time of a process so far, in milliseconds.
 *
 * @throws if there is no such process; needs Linux
 */
export async function cpuMsOf(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	// The second field is a name in brackets, which may hold spaces; utime and stime are fields 14 and 15.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** For how long a process has to have next to nothing to do before all its runs have surely ended. */
export const QUIET_MS = 500;

/** Waits until a process has had next to nothing to do for so long. */
export async function untilIdle(pid: number, quietMs = QUIET_MS): Promise<void> {
	for (let quiet = 0; quiet < 2; ) {
		const before = await cpuMsOf(pid);
		await wait(quietMs / 2);
		quiet = (await cpuMsOf(pid)) - before <= 2 * TICK_MS ? quiet + 1 : 0;
	}
}
