import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICKS_A_SECOND = 100;

/** Processor time a process has used in all its threads, in milliseconds. Linux only. */
export function processorMilliseconds(pid: number): number {
  const fields = fieldsOf(pid);
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_A_SECOND;
}

/** Megabytes of a process and everything below it; shared memory counts once. */
export function memoryOf(pid: number): { name: string; megabytes: number }[] {
  return [pid, ...descendantsOf(pid)].map((each) => ({ name: nameOf(each), megabytes: proportionalMegabytes(each) }));
}

function descendantsOf(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((each) => [each, Number(fieldsOf(each)[1])]));
  const below = (parent: number): number[] =>
    all.filter((each) => parents.get(each) === parent).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** The fields of /proc/<pid>/stat behind the name, which may itself hold spaces. */
function fieldsOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function nameOf(pid: number): string {
  return read(`/proc/${pid}/comm`).trim();
}

function proportionalMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kilobytes) / 1_024;
}

/** Empty for a process that has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
