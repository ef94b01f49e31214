import { readdir, readFile } from 'node:fs/promises';

export interface Child {
  pid: number;
  name: string;
}

/** Child processes as Linux knows them; the dead but not yet buried do not count. */
export async function childrenOf(pid: number): Promise<Child[]> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(tasks.map((task) => read(`/proc/${pid}/task/${task}/children`)));
  const pids = lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
  const children = await Promise.all(pids.map((child) => describeChild(child)));
  return children.filter((child) => child !== null);
}

/** The children that carry out translations. */
export async function stages(): Promise<Child[]> {
  return stagesOf(process.pid);
}

/** The same, of another process. */
export async function stagesOf(parent: number): Promise<Child[]> {
  const children = await childrenOf(parent);
  return children.filter(({ name }) => /^(apertium|lt-proc|lrx-proc|lsx-proc|cg-proc)/.test(name));
}

/** False for the dead, buried or not. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await describeChild(pid)) !== null;
}

async function describeChild(pid: number): Promise<Child | null> {
  const status = await read(`/proc/${pid}/status`);
  const name = /^Name:\s+(.*)$/m.exec(status)?.[1];
  return name === undefined || /^State:\s+Z/m.test(status) ? null : { pid, name };
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
