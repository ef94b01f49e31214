import { acts } from '../house/acts.ts';

/** Who may what with an account: everybody with their own. */
export const personActs = acts('person', {
  changeProfile: { who: ['signed in'] },
  endSessions: { who: ['signed in'] },
});
