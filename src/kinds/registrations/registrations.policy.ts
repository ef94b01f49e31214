import { acts } from '../../services/house/acts.ts';

/** Who may what with the seats of an event. Whether one is free is read under a lock, by the operations. */
export const registrationActs = acts('event', {
  register: { who: ['signed in'], while: 'open', limit: { minute: 30 } },
  unregister: { who: ['signed in'], limit: { minute: 30 } },
  writeToGuests: { who: ['author'], while: 'open', limit: { minute: 2, hour: 5 } },
  seeGuests: { who: ['author', 'administrator'] },
});
