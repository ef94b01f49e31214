import { acts } from '../../services/house/acts.ts';

/** Who sees the pages of administration. What is done there is in the policies of what it is done with. */
export const administrationActs = acts('administration', {
  open: { who: ['administrator'] },
});
