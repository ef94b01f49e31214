import { acts } from '../house/acts.ts';

/** Who may judge what people wrote, of whatever kind. */
export const moderationActs = acts('decision', {
  hide: { who: ['moderator'], while: 'not hidden', of: 'hideable', limit: { minute: 120 } },
  restore: { who: ['moderator'], while: 'hidden', of: 'hideable', limit: { minute: 120 } },
  openDesk: { who: ['moderator anywhere'] },
  readDesk: { who: ['moderator'] },
});

/** Who may tell the moderators what is wrong with a text, and who has looked at that. */
export const flagActs = acts('flag', {
  flag: { who: ['signed in'], while: 'open', of: 'hideable' },
  settle: { who: ['moderator'], limit: { minute: 60 } },
});
