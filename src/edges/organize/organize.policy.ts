import { acts } from '../../services/house/acts.ts';

/** Who has a desk for events: those who may announce some, and those who once did. */
export const organizeActs = acts('event', {
  openDesk: { who: ['organizer anywhere', 'secretariat anywhere', 'author of one'] },
});
