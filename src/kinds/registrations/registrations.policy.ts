import { acts } from '../../services/house/acts.ts';

/** Who may what with the seats of an event. Whether one is free is read under a lock, by the operations. */
export const registrationActs = acts('event', {
  register: { who: ['signed in'], while: 'open' },
  unregister: { who: ['signed in'] },
  seeGuests: { who: ['author', 'administrator'] },
});
