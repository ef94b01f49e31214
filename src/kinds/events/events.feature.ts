import type { Feature } from '../../services/house/feature.ts';
import { eventFederated } from './event.federated.ts';
import { contributionPages } from '../../services/contributions/pages.ts';
import { Event } from './event.entity.ts';
import { events } from './event.kind.ts';
import { eventsApi } from './events.api.ts';
import { eventFigures } from './events.figures.ts';
import { eventsAttended } from './attending.ts';
import { EVENT_MAILS, remindOfTomorrow } from './events.mails.ts';
import { eventsPersonal } from './events.personal.ts';
import { eventsRoutes } from './events.routes.ts';
import { eventKind } from './events.ts';
import { eventListRoutes } from './list.routes.ts';
import { eventsOf } from './written.ts';

/** Where people meet. */
export const eventsFeature: Feature = {
  name: 'events',
  entities: [Event],
  kind: eventKind,
  federated: eventFederated,
  figures: eventFigures,
  mails: EVENT_MAILS,
  schedules: [{ name: 'events-tomorrow', cron: '17 * * * *', run: remindOfTomorrow }],
  styles: ['events'],
  written: eventsOf,
  pages: (house) => [eventListRoutes(house), contributionPages(house, events(house)), eventsRoutes(house)],
  api: eventsApi,
  attended: eventsAttended,
  navigation: [
    { name: 'events', path: '/events', words: 'events:title', isMain: true, foot: 'takePart', isSought: true },
  ],
  personal: eventsPersonal,
};
