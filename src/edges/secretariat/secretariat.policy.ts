import { acts } from '../../services/house/acts.ts';

/** Who has the desk of the secretariat. Whose week may be read there is in the policy of the statistics. */
export const secretariatActs = acts('secretariat', {
  openDesk: { who: ['secretariat anywhere'] },
});
