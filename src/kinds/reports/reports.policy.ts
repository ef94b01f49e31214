import { acts } from '../../services/house/acts.ts';

/** Who may what with reports. Who writes the first version is in the policy of events: `reportOn`. */
export const reportActs = acts('report', {
  edit: { who: ['author above', 'administrator'], while: 'open' },
});
