import type { Feature } from '../../services/house/feature.ts';
import { Registration } from './registration.entity.ts';
import { registrationsApi } from './registrations.api.ts';
import { registrationAct, registrationCounters, registrationFigures } from './registrations.figures.ts';
import { registrationsRoutes } from './registrations.routes.ts';
import { joinFromElsewhere } from './registrations.ts';

const SEAT = { of: 'person_id', exported: true, erasure: 'delete' } as const;

/** Who comes to an event, and who waits for a seat. */
export const registrationsFeature: Feature = {
  name: 'registrations',
  entities: [Registration],
  remoteActs: { Join: joinFromElsewhere },
  verbs: { registered: { tells: 'number' }, 'moved-up': { tells: 'page' } },
  counters: registrationCounters,
  participations: { registration: registrationAct },
  figures: registrationFigures,
  pages: (house) => [registrationsRoutes(house)],
  api: registrationsApi,
  personal: {
    registration: {
      personal: {
        person_id: { exported: false, erasure: 'delete' },
        event_id: SEAT,
        state: SEAT,
        created_at: SEAT,
      },
    },
  },
};
