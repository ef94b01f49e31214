import { PUBLISHED, type PersonalData } from '../../services/house/personal.ts';

/** An organizer may meet at home; nobody else needs to know where somebody went. */
export const eventsPersonal: PersonalData = {
  event: {
    personal: { address: PUBLISHED, latitude: PUBLISHED, longitude: PUBLISHED, url: PUBLISHED, believed: PUBLISHED },
    impersonal: ['time_zone', 'mode', 'country', 'languages', 'online_url_for'],
  },
};
