import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Who holds a folder: a pid alone is not enough, numbers come back after a restart of the process or of the machine. */
interface Holder {
  pid: number;
  startedAt: string;
  boot: string;
  /** It stops, and gives the folder back in a moment. */
  leaves?: boolean;
}

/** A folder that this process has. */
export interface Lock {
  /** Says that it will be given back in a moment: who wants it waits. */
  leave(): void;
  release(): void;
}

const PATIENCE_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 50;

/**
 * Takes `folder` for this process: two on one embedded database lose data without an error. A lock left by a killed process is taken over;
 * for a process that is going this one waits, ten seconds at most. Throws a sentence when another has it.
 */
export async function lockFolder(folder: string): Promise<Lock> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const mine = holder(process.pid);
  for (const end = Date.now() + PATIENCE_MILLISECONDS; !tryWrite(file, mine); await setTimeout(LOOK_MILLISECONDS)) {
    const other = read(file);
    if (!other || !isAlive(other)) rmSync(file, { force: true });
    else if (!isGoing(other) || Date.now() > end)
      throw new Error(
        `The data in ${folder} is in use by process ${other.pid}. Stop it first, or choose another DATA_DIR.`,
      );
  }
  return {
    leave: () => writeFileSync(file, JSON.stringify({ ...mine, leaves: true })),
    release: () => rmSync(file, { force: true }),
  };
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

/** It said so, or the system is taking it down after a kill. */
const isGoing = ({ pid, leaves = false }: Holder): boolean => leaves || (Number(statOf(pid)?.[6]) & EXITING) !== 0;

function holder(pid: number): Holder {
  return { pid, startedAt: startTime(pid), boot: readOr('/proc/sys/kernel/random/boot_id', 'unknown').trim() };
}

/** PF_EXITING of Linux. */
const EXITING = 4;
/** Nobody has asked yet how such a process ended: it is none any more. */
const DEAD = ['Z', 'X'];

/** The fields of /proc/<pid>/stat from its third on: state, …, flags, …, start time in ticks since boot. Null where there is no /proc. */
function statOf(pid: number): string[] | null {
  const stat = readOr(`/proc/${pid}/stat`, '');
  return stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ') : null;
}

/** Empty for a process that is gone; where there is no /proc, the pid alone decides. */
function startTime(pid: number): string {
  const stat = statOf(pid);
  if (stat) return DEAD.includes(stat[0] ?? '') ? '' : (stat[19] ?? '');
  try {
    process.kill(pid, 0);
    return statOf(process.pid) ? '' : 'alive';
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
