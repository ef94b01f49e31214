import { acts } from '../house/acts.ts';

/** Who looks after the engines that translate. */
export const engineActs = acts('engine', {
  pause: { who: ['administrator'] },
  resume: { who: ['administrator'] },
  retryFailed: { who: ['administrator'] },
  allowExternal: { who: ['administrator'] },
  startBackfill: { who: ['administrator'] },
  stopBackfill: { who: ['administrator'] },
});
