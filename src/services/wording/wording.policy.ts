import { acts } from '../house/acts.ts';

/** Who may say that words of the site are wrong, and who answers for them. */
export const wordingActs = acts('wording', {
  tell: { who: ['signed in'], limit: { minute: 10, hour: 60 } },
  readDesk: { who: ['secretariat'] },
  settle: { who: ['secretariat'], limit: { minute: 120 } },
});
