import { acts } from '../house/acts.ts';

/** Who may what with an account: everybody with their own, administrators with those of others. */
export const personActs = acts('person', {
  changeProfile: { who: ['signed in'], limit: { minute: 30 } },
  endSessions: { who: ['signed in'] },
  look: { who: ['administrator'] },
  grant: { who: ['administrator'], limit: { minute: 60 } },
  block: { who: ['administrator'], limit: { minute: 60 } },
});
