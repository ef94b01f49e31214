import { acts } from '../house/acts.ts';

/** Who looks after the engines that translate. */
export const engineActs = acts('engine', {
  pause: { who: ['administrator'], limit: { minute: 60 } },
  resume: { who: ['administrator'], limit: { minute: 60 } },
  retryFailed: { who: ['administrator'], limit: { minute: 60 } },
  allowExternal: { who: ['administrator'], limit: { minute: 60 } },
  startBackfill: { who: ['administrator'], limit: { minute: 60 } },
  stopBackfill: { who: ['administrator'], limit: { minute: 60 } },
});
