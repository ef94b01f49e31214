import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** What stands in the lock's file, for people and for those who wait. The lock itself is the kernel's. */
interface Holder {
  pid: number;
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
/** The kernel takes so long at most to bury a killed process with all its memory. */
const BURIAL_MILLISECONDS = 2_000;
const LOOK_MILLISECONDS = 50;

/**
 * Takes `folder` for this process: two on one embedded database lose data without an error, and two that install models mix their files. The kernel keeps the lock, so that it ends with
 * its process however that ends, and holds between containers that share the folder. For a process that is going this one waits, ten
 * seconds at most. Throws a sentence when another has it.
 */
export async function lockFolder(folder: string): Promise<Lock> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  const begin = Date.now();
  for (;;) {
    const lock = tryLock(file);
    if (lock) return lock;
    const holder = read(file);
    const patience = holder?.leaves ? PATIENCE_MILLISECONDS : BURIAL_MILLISECONDS;
    if (Date.now() - begin > patience)
      throw new Error(
        `The data in ${folder} is in use by process ${holder?.pid ?? 'unknown'}. Stop it first, or choose another DATA_DIR.`,
      );
    await setTimeout(LOOK_MILLISECONDS);
  }
}

/** Null while another process has it. */
function tryLock(file: string): Lock | null {
  const opened = open(file);
  if (opened === null) return null;
  if (!lockOpened(opened) || !isStill(file, opened)) {
    closeSync(opened);
    return null;
  }
  const write = (holder: Holder) => void writeSync(opened, JSON.stringify(holder).padEnd(HOLDER_LETTERS), 0);
  write({ pid: process.pid });
  return {
    leave: () => write({ pid: process.pid, leaves: true }),
    release() {
      // Windows removes no file that is open.
      if (process.platform !== 'win32') rmSync(file, { force: true });
      closeSync(opened);
    },
  };
}

/** What is written later takes the same room. */
const HOLDER_LETTERS = 60;

/** macOS locks a file as it opens it, and Windows opens it for nobody else; Linux has to be asked. */
const LOCKING: Partial<Record<NodeJS.Platform, number>> = { darwin: 0x20 | constants.O_NONBLOCK, win32: 0x10_00_00_00 };

function open(file: string): number | null {
  try {
    return openSync(file, constants.O_RDWR | constants.O_CREAT | (LOCKING[process.platform] ?? 0), 0o644);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (process.platform !== 'linux' && (code === 'EAGAIN' || code === 'EBUSY')) return null;
    throw error;
  }
}

/** The lock belongs to the open file, which the child shares: when the child has ended, this process still has it. */
function lockOpened(opened: number): boolean {
  if (LOCKING[process.platform] !== undefined) return true;
  const { status, error } = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', opened] });
  if (error)
    throw new Error(
      'The program flock, of the package util-linux, is needed to keep a folder for one process. Install it, or set DATABASE_URL for a database elsewhere.',
    );
  return status === 0;
}

/** False when its holder has taken it away meanwhile: then somebody may hold another of this name. */
function isStill(file: string, opened: number): boolean {
  return statSync(file, { throwIfNoEntry: false })?.ino === fstatSync(opened).ino;
}

function read(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
