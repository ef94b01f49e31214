import { acts } from '../../services/house/acts.ts';

/** Who says what the service is, and who answers for it. */
export const pageActs = acts('page', {
  write: { who: ['secretariat'], limit: { minute: 20 } },
});
