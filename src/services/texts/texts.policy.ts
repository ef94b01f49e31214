import { acts } from '../house/acts.ts';

/** Who may what with the text of a subject they can read. */
export const textActs = acts('text', {
  correctLanguage: { who: ['author', 'moderator'] },
  wishForTranslation: { who: ['everybody'] },
  chooseView: { who: ['signed in'] },
});
