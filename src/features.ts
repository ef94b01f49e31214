import { administrationFeature } from './edges/administration/administration.feature.ts';
import { federationFeature } from './edges/federation/federation.feature.ts';
import { homeFeature } from './edges/home/home.feature.ts';
import { organizeFeature } from './edges/organize/organize.feature.ts';
import { pagesFeature } from './edges/pages/pages.feature.ts';
import { secretariatFeature } from './edges/secretariat/secretariat.feature.ts';
import { statisticsFeature } from './edges/statistics/statistics.feature.ts';
import { commentsFeature } from './kinds/comments/comments.feature.ts';
import { endorsementsFeature } from './kinds/endorsements/endorsements.feature.ts';
import { eventsFeature } from './kinds/events/events.feature.ts';
import { ideasFeature } from './kinds/ideas/ideas.feature.ts';
import { registrationsFeature } from './kinds/registrations/registrations.feature.ts';
import { reportsFeature } from './kinds/reports/reports.feature.ts';
import { spacesFeature } from './kinds/spaces/spaces.feature.ts';
import { platformEntities } from './platform/entities.ts';
import { enginesFeature } from './services/engines/engines.feature.ts';
import type { Feature } from './services/house/feature.ts';
import type { PersonalData } from './services/house/personal.ts';
import { PLATFORM_PERSONAL } from './services/house/platform.personal.ts';
import { improvingFeature } from './services/improving/improving.feature.ts';
import { liveFeature } from './services/live/live.feature.ts';
import { moderationFeature } from './services/moderation/moderation.feature.ts';
import { notificationsFeature } from './services/notifications/notifications.feature.ts';
import { peopleFeature } from './services/people/people.feature.ts';
import { siteFeature } from './services/site/site.feature.ts';
import { subjectsFeature } from './services/subjects/subjects.feature.ts';
import { textsFeature } from './services/texts/texts.feature.ts';
import { wordingFeature } from './services/wording/wording.feature.ts';

/** All there is. Pages are asked in this order, entries of the navigation and styles follow each other in it. */
export const features: readonly Feature[] = [
  siteFeature,
  peopleFeature,
  subjectsFeature,
  textsFeature,
  enginesFeature,
  improvingFeature,
  moderationFeature,
  notificationsFeature,
  liveFeature,
  wordingFeature,
  spacesFeature,
  ideasFeature,
  eventsFeature,
  registrationsFeature,
  reportsFeature,
  commentsFeature,
  endorsementsFeature,
  statisticsFeature,
  pagesFeature,
  organizeFeature,
  secretariatFeature,
  administrationFeature,
  federationFeature,
  homeFeature,
];

/** The tables of the platform and of these features. */
export const entitiesOf = (all: readonly Feature[]) => [
  ...platformEntities,
  ...all.flatMap(({ entities = [] }) => entities),
];

/** The names of all mails and jobs. */
export const queuesOf = (all: readonly Feature[]): string[] =>
  all.flatMap(({ mails = {}, jobs = {} }) => [...Object.keys(mails), ...Object.keys(jobs)]);

/** What is kept of people, by the platform and by each feature. */
export const personalOf = (all: readonly Feature[]): PersonalData[] => [
  PLATFORM_PERSONAL,
  ...all.flatMap(({ personal }) => (personal ? [personal] : [])),
];
