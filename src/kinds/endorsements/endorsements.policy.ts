import { acts } from '../../services/house/acts.ts';

/** Who may support a subject whose kind invites it, or take that back. */
export const endorsementActs = acts('endorsement', {
  set: { who: ['signed in'], while: 'open', invited: 'endorsement', limit: { minute: 60, hour: 600 } },
});
