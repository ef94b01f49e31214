import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who holds a folder: a pid alone is not enough, numbers come back after a restart of the process or of the machine. */
interface Holder {
  pid: number;
  startedAt: string;
  boot: string;
}

/**
 * Takes `folder` for this process. Throws a sentence when a living process has it: two on one embedded database lose data
 * without an error. A lock left by a killed process is taken over. Returns the release.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const mine = holder(process.pid);
  if (!tryWrite(file, mine)) {
    const other = read(file);
    if (other && isAlive(other))
      throw new Error(
        `The data in ${folder} is in use by process ${other.pid}. Stop it first, or choose another DATA_DIR.`,
      );
    rmSync(file, { force: true });
    if (!tryWrite(file, mine)) throw new Error(`Another process has just taken the data in ${folder}.`);
  }
  return () => rmSync(file, { force: true });
}

function tryWrite(file: string, value: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(value), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(other: Holder): boolean {
  const now = holder(other.pid);
  return now.startedAt !== '' && now.startedAt === other.startedAt && now.boot === other.boot;
}

/** Field 22 of /proc/<pid>/stat is the start time in ticks since boot; where there is no /proc, the pid alone decides. */
function holder(pid: number): Holder {
  return { pid, startedAt: startTime(pid), boot: readOr('/proc/sys/kernel/random/boot_id', 'unknown').trim() };
}

function startTime(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`, '');
  if (stat) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  try {
    process.kill(pid, 0);
    return readOr('/proc/self/stat', '') ? '' : 'alive';
  } catch {
    return '';
  }
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
