import { acts } from '../../services/house/acts.ts';

/** Who may what with reports. The policy of events says who writes the first version: `reportOn`. */
export const reportActs = acts('report', {
  edit: { who: ['author above', 'administrator'], while: 'open' },
});
