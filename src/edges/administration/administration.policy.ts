import { acts } from '../../services/house/acts.ts';

/** Who sees the pages of administration. Each act there is in the policy of the thing it is done with. */
export const administrationActs = acts('administration', {
  open: { who: ['administrator'] },
});
