import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import type { Feature } from '../../services/house/feature.ts';
import type { House } from '../../services/house/house.ts';
import { adminRoutes } from './admin.routes.ts';
import { consentOf, consentRoutes } from './consent.routes.ts';
import { consentQuestion } from './consent.ts';
import { startDelivering } from './delivering.ts';
import { discoveryRoutes } from './discovery.routes.ts';
import {
  ActorKey,
  Delivery,
  DueTelling,
  Follower,
  Neighbour,
  ReceivedActivity,
  RemoteActor,
  RemoteJoin,
  SentActivity,
  ToldSubject,
} from './federation.entity.ts';
import { federationPersonal } from './federation.personal.ts';
import { federationOf } from './federation.ts';
import { followingPanel } from './following.panel.ts';
import { inboxRoutes } from './inbox.routes.ts';
import { objectsRoutes } from './objects.routes.ts';
import { noting } from './telling.ts';

const isOn = ({ settings }: House): boolean => settings.federation !== 'off';

/** Other servers: what is said here is heard there, and the other way round (ActivityPub). */
export const federationFeature: Feature = {
  name: 'federation',
  entities: [
    ActorKey,
    Neighbour,
    RemoteActor,
    RemoteJoin,
    Follower,
    ToldSubject,
    DueTelling,
    SentActivity,
    Delivery,
    ReceivedActivity,
  ],
  machines(house) {
    if (!isOn(house)) return [];
    const federation = federationOf(house);
    return [discoveryRoutes(house), objectsRoutes(federation), inboxRoutes(federation)];
  },
  styles: ['federation'],
  pages(house) {
    if (!isOn(house)) return [];
    const federation = federationOf(house);
    return [consentRoutes(federation), adminRoutes(federation)];
  },
  question: (house) => (isOn(house) ? consentQuestion : null),
  attended: (house) => (isOn(house) ? consentOf(house) : async () => null),
  panels: (house) => (isOn(house) ? [followingPanel(house)] : []),
  readers: (house) => (isOn(house) ? [noting(federationOf(house))] : []),
  works: (house) => (isOn(house) ? [startDelivering(house)] : []),
  schedules: [
    { name: 'federation-received', cron: '41 3 * * *', run: ({ database }) => forgetReceived(database.em()) },
  ],
  personal: federationPersonal,
};

/** An activity comes again within days, if at all. */
async function forgetReceived(em: Em): Promise<void> {
  await rows(em, sql`delete from received_activity where at < now() - interval '30 days'`);
}
