import { PUBLISHED, type PersonalData } from '../../services/house/personal.ts';

const SEAT = { of: 'person_id', exported: true, erasure: 'delete' } as const;

/** An organizer may meet at home; nobody else needs to know where somebody went. */
export const eventsPersonal: PersonalData = {
  event: {
    personal: { address: PUBLISHED, latitude: PUBLISHED, longitude: PUBLISHED, url: PUBLISHED },
    impersonal: ['time_zone', 'mode', 'country', 'languages'],
  },
  registration: {
    personal: {
      person_id: { exported: false, erasure: 'delete' },
      event_id: SEAT,
      state: SEAT,
      created_at: SEAT,
    },
  },
};
