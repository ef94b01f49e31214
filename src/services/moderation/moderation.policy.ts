import { acts } from '../house/acts.ts';

/** Who may judge what people wrote, of whatever kind. */
export const moderationActs = acts('decision', {
  hide: { who: ['moderator'], while: 'not hidden', of: 'hideable' },
  restore: { who: ['moderator'], while: 'hidden', of: 'hideable' },
  openDesk: { who: ['moderator anywhere'] },
  readDesk: { who: ['moderator'] },
});

/** Who may tell the moderators what is wrong with a text, and who has looked at that. */
export const flagActs = acts('flag', {
  flag: { who: ['signed in'], while: 'open', of: 'hideable' },
  settle: { who: ['moderator'] },
});
