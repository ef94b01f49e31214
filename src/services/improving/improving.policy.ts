import { acts } from '../house/acts.ts';

/** Who may what with the translation of a subject's text. */
export const translationActs = acts('translation', {
  readRevisions: { who: ['everybody'], of: 'translatable' },
  improve: { who: ['signed in'], while: 'open', of: 'translatable' },
  rollBack: { who: ['author', 'moderator'], while: 'open', of: 'translatable', limit: { minute: 60 } },
  eraseRevision: { who: ['moderator'], of: 'translatable', limit: { minute: 60 } },
  lookAt: { who: ['moderator'], limit: { minute: 300 } },
  translateAnew: { who: ['moderator'], while: 'open', of: 'translatable', limit: { minute: 30, hour: 300 } },
});

/** Who keeps glossaries: of a space its moderators, of the whole platform its administrators. */
export const glossaryActs = acts('glossary', {
  open: { who: ['moderator anywhere'] },
  keepOfSpace: { who: ['moderator'], limit: { minute: 60 } },
  keepOfPlatform: { who: ['administrator'], limit: { minute: 60 } },
});
