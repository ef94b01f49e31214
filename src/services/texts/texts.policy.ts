import { acts } from '../house/acts.ts';

/** Who may what with the text of a subject they can read. */
export const textActs = acts('text', {
  correctLanguage: { who: ['author', 'moderator'], limit: { minute: 10, hour: 60 } },
  wishForTranslation: { who: ['everybody'] },
  // Turning a text back and forth faster than this is not reading.
  chooseView: { who: ['signed in'], limit: { minute: 120 } },
});
