import { afterCommit } from '../db/guard.ts';
import type { Em } from '../db/database.ts';

/** Who is to be told of new lines, by database: the driver is what all entity managers of one database share. */
const listeners = new WeakMap<object, Set<() => void>>();

/** Calls `hear` whenever this process has committed lines of activity in the database of `em`. Returns what ends that. */
export function onNewLines(em: Em, hear: () => void): () => void {
  const all = listeners.getOrInsertComputed(em.getDriver(), () => new Set());
  all.add(hear);
  return () => void all.delete(hear);
}

/** Tells the listeners once the transaction has committed, however many lines it wrote; where there is none, at once. */
export function tellNewLines(em: Em): void {
  for (const hear of listeners.get(em.getDriver()) ?? []) afterCommit(hear);
}
