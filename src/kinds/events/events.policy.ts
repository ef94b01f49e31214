import { acts } from '../../services/house/acts.ts';

/** Who may what with events. Operations read under a lock whether one is over, full or cancelled. */
export const eventActs = acts('event', {
  announce: { who: ['organizer', 'secretariat'] },
  edit: { who: ['author'], while: 'open' },
  cancel: { who: ['author', 'administrator'], while: 'open' },
  markOfficial: { who: ['secretariat'], while: 'open' },
  reportOn: { who: ['author', 'administrator'], while: 'open' },
});
