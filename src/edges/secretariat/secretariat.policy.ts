import { acts } from '../../services/house/acts.ts';

/** Who has the desk of the secretariat. The policy of the statistics says whose week may be read there. */
export const secretariatActs = acts('secretariat', {
  openDesk: { who: ['secretariat anywhere'] },
});
