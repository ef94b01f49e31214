import { acts } from '../../services/house/acts.ts';

/** Who may what with comments. They are posted at a subject whose kind invites them. */
export const commentActs = acts('comment', {
  post: { who: ['signed in'], while: 'open', invited: 'comment' },
  reply: { who: ['signed in'], while: 'open' },
  edit: { who: ['author'], while: 'open' },
  withdraw: { who: ['author'], while: 'open', limit: { minute: 30 } },
});
