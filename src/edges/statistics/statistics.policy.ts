import { acts } from '../../services/house/acts.ts';

/** Who reads more of a week than everybody: of one space, or without one of the whole platform. */
export const weekActs = acts('week', {
  readMore: { who: ['secretariat'] },
});
