import { acts } from '../house/acts.ts';

/** Who may what with the translation of a subject's text. */
export const translationActs = acts('translation', {
  readRevisions: { who: ['everybody'], of: 'translatable' },
  improve: { who: ['signed in'], while: 'open', of: 'translatable' },
  rollBack: { who: ['author', 'moderator'], while: 'open', of: 'translatable' },
  eraseRevision: { who: ['moderator'], of: 'translatable' },
  lookAt: { who: ['moderator'] },
  translateAnew: { who: ['moderator'], while: 'open', of: 'translatable' },
});

/** Who keeps glossaries: of a space its moderators, of the whole platform its administrators. */
export const glossaryActs = acts('glossary', {
  open: { who: ['moderator anywhere'] },
  keepOfSpace: { who: ['moderator'] },
  keepOfPlatform: { who: ['administrator'] },
});
