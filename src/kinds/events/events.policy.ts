import { acts } from '../../services/house/acts.ts';

/** Who may what with events. Operations read under a lock whether one is over, full or cancelled. */
export const eventActs = acts('event', {
  announce: { who: ['organizer', 'secretariat'] },
  edit: { who: ['author'], while: 'open' },
  cancel: { who: ['author', 'administrator'], while: 'open', limit: { minute: 30 } },
  markOfficial: { who: ['secretariat'], while: 'open', limit: { minute: 30 } },
  askForReport: { who: ['secretariat'], while: 'open', limit: { minute: 30, hour: 300 } },
  reportOn: { who: ['author', 'administrator'], while: 'open' },
});
