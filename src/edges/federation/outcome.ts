import type { Em } from '../../platform/db/database.ts';
import type { Federation } from './federation.ts';
import type { Remote } from './remote.ts';
import type { Activity } from './wire.ts';

/** What became of an activity. */
export interface Outcome {
  state: 'done' | 'ignored' | 'set aside';
  /** Why nothing came of it, for the administrator. */
  reason?: string;
}

export const DONE: Outcome = { state: 'done' };
export const ignored = (reason: string): Outcome => ({ state: 'ignored', reason });
export const setAside = (reason: string): Outcome => ({ state: 'set aside', reason });

/** An activity whose signature was verified, and who signed it. */
export interface Received {
  federation: Federation;
  activity: Activity;
  actor: Remote;
}

/** Does what follows, in the transaction of `em`. */
export type Handler = (em: Em, received: Received) => Promise<Outcome>;
