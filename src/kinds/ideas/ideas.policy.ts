import { acts } from '../../services/house/acts.ts';

/** Who may what with ideas. Hiding and restoring are in the policy of moderation, as for every kind. */
export const ideaActs = acts('idea', {
  post: { who: ['signed in'] },
  edit: { who: ['author'], while: 'open' },
  move: { who: ['author', 'moderator'], while: 'open', limit: { minute: 20 } },
  withdraw: { who: ['author'], while: 'open', limit: { minute: 30 } },
});
