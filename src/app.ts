import type Router from '@koa/router';
import Koa from 'koa';
import conditional from 'koa-conditional-get';
import etag from '@koa/etag';

import { administrationRoutes } from './edges/administration/administration.routes.ts';
import { backfillRoutes } from './edges/administration/backfill.routes.ts';
import { translationRoutes } from './edges/administration/translation.routes.ts';
import { commentsApi } from './kinds/comments/comments.api.ts';
import { createCommentsPanel } from './kinds/comments/comments.manifest.ts';
import { commentsRoutes } from './kinds/comments/comments.routes.ts';
import { commentCounter, commentKind } from './kinds/comments/comments.ts';
import { eventsApi } from './kinds/events/events.api.ts';
import { EVENT_MAILS, eventLetters } from './kinds/events/events.mails.ts';
import { eventsRoutes } from './kinds/events/events.routes.ts';
import { eventFormRoutes } from './kinds/events/form.routes.ts';
import { eventListRoutes } from './kinds/events/list.routes.ts';
import { eventKind, registrationCounters } from './kinds/events/events.ts';
import { endorsementsApi } from './kinds/endorsements/endorsements.api.ts';
import { endorsementPanel, endorsementsRoutes } from './kinds/endorsements/endorsements.routes.ts';
import { endorsementCounter } from './kinds/endorsements/endorsements.ts';
import { ideaKind } from './kinds/ideas/ideas.ts';
import { ideasApi } from './kinds/ideas/ideas.api.ts';
import { formRoutes } from './kinds/ideas/form.routes.ts';
import { ideasRoutes } from './kinds/ideas/ideas.routes.ts';
import { listRoutes } from './kinds/ideas/list.routes.ts';
import { profileRoutes } from './kinds/ideas/profile.routes.ts';
import { activityApi } from './services/live/activity.api.ts';
import { deskRoutes } from './services/moderation/desk.routes.ts';
import { decisionKind } from './services/moderation/moderation.ts';
import { moderationRoutes } from './services/moderation/moderation.routes.ts';
import { flagsApi } from './services/moderation/flags.api.ts';
import { flagsRoutes } from './services/moderation/flags.routes.ts';
import { homeRoutes } from './edges/home/home.routes.ts';
import { organizeRoutes } from './edges/organize/organize.routes.ts';
import { actAs } from './services/people/actor.ts';
import { peopleRoutes } from './services/people/people.routes.ts';
import { sessions } from './services/people/session.ts';
import { apiRoutes, type Endpoint } from './platform/api/api.ts';
import { openApiRoutes } from './platform/api/openapi.ts';
import { refuseNul } from './platform/http/address.ts';
import { readBody } from './platform/http/body.ts';
import type { State } from './platform/http/context.ts';
import { healthRoutes } from './platform/http/health.ts';
import { sameOrigin } from './platform/http/origin.ts';
import { secureCookies, securityHeaders } from './platform/http/security.ts';
import type { Mailer } from './platform/mail/mail.ts';
import type { Platform } from './platform/platform.ts';
import { ACCOUNT_MAILS, accountLetters, type Letters } from './services/notifications/mails.ts';
import { outboxRoutes } from './services/notifications/outbox.routes.ts';
import { answerErrors, onlyKnownLanguages } from './services/site/errors.ts';
import type { NavigationEntry, Site } from './services/house/page.ts';
import { createSite } from './services/site/pages.ts';
import { redirectRoutes } from './services/site/redirects.ts';
import { lendEm } from './services/site/requests.ts';
import { reportFormRoutes } from './kinds/reports/form.routes.ts';
import { reportsApi } from './kinds/reports/reports.api.ts';
import { createDiscussedPanel, createReportPanel, reportFields } from './kinds/reports/reports.manifest.ts';
import { reportsRoutes } from './kinds/reports/reports.routes.ts';
import { reportKind } from './kinds/reports/reports.ts';
import { spacesApi } from './kinds/spaces/spaces.api.ts';
import { createSpaceIndex } from './kinds/spaces/spaces.index.ts';
import type { SpaceIndex } from './services/house/spaces.ts';
import { spaceKind } from './kinds/spaces/spaces.ts';
import { secretariatRoutes } from './edges/secretariat/desk.routes.ts';
import { statisticsApi } from './edges/statistics/statistics.api.ts';
import { createBand, statisticsRoutes } from './edges/statistics/statistics.routes.ts';
import { createKinds, type Kinds } from './services/house/kinds.ts';
import type { OpenLanguages } from './platform/languages.ts';
import { textsApi } from './services/texts/texts.api.ts';
import { textsRoutes } from './services/texts/texts.routes.ts';
import { improvingApi } from './services/improving/improving.api.ts';
import { improvingRoutes } from './services/improving/improving.routes.ts';
import { revisionsRoutes } from './services/improving/revisions.routes.ts';
import { BACKFILL } from './services/engines/backfill.ts';
import { glossaryRoutes } from './services/improving/glossary.routes.ts';
import { callbackRoutes } from './services/engines/callbacks.routes.ts';

const NAVIGATION: readonly NavigationEntry[] = [
  { name: 'themes', path: '/spaces', words: 'site:nav.themes' },
  { name: 'ideas', path: '/ideas', words: 'site:nav.ideas' },
  { name: 'events', path: '/events', words: 'events:title' },
  { name: 'figures', path: '/statistics', words: 'site:nav.figures' },
];

/** The kinds of subject there are. */
export function allKinds(): Kinds {
  const kinds = createKinds();
  for (const kind of [spaceKind, ideaKind, eventKind, reportKind, commentKind, decisionKind]) kinds.add(kind);
  for (const counter of [commentCounter, endorsementCounter, ...registrationCounters]) kinds.addCounter(counter);
  return kinds;
}

/** Names of all mails, and who writes them. */
export const MAIL_QUEUES = [...ACCOUNT_MAILS, ...EVENT_MAILS];

/** Names of all jobs. */
export const QUEUES = [...MAIL_QUEUES, BACKFILL];

export function allLetters(platform: Platform, kinds: Kinds): Letters {
  return { ...accountLetters(platform, kinds), ...eventLetters(platform) };
}

export interface Services {
  languages: OpenLanguages;
  kinds: Kinds;
  mailer: Mailer | null;
}

/** The web application of one platform: the middleware in order, then one line per feature. */
export function createApp(platform: Platform, { languages, kinds, mailer }: Services): Koa<State> {
  const { settings, database, log, words, assets, cache } = platform;
  const app = new Koa<State>({ proxy: settings.trustedProxies > 0, maxIpsCount: settings.trustedProxies });
  const spacesIn = createSpaceIndex(platform, languages);
  addToPages(kinds, platform, languages, spacesIn);
  const site = createSite(platform, { band: createBand(platform, languages), navigation: NAVIGATION });
  app.on('error', (error: Error) => log.warn({ error }, 'a connection broke'));

  app.use(cache.middleware);
  app.use(securityHeaders(settings));
  app.use(answerErrors(site, words, log));
  app.use(refuseNul());
  app.use(conditional());
  app.use(etagOfApi());
  app.use(assets.middleware);
  app.use(healthRoutes(platform, () => languages.detector() !== null).routes());
  app.use(onlyKnownLanguages(words));
  app.use(sameOrigin(settings.publicUrl));
  app.use(lendEm(database));
  app.use(secureCookies(settings));
  app.use(sessions(app, database, settings));
  app.use(actAs());
  app.use(readBody());

  const endpoints = endpointsOf(platform, languages, kinds);
  const features = [
    apiRoutes(endpoints, languages.all, words.in),
    openApiRoutes(endpoints, { languages: languages.all, publicUrl: settings.publicUrl }),
    ...pagesOf(platform, site, { languages, kinds, mailer, spacesIn }),
  ];
  for (const feature of features) app.use(feature.routes());
  return app;
}

/** The pages, one line a feature. */
function pagesOf(
  platform: Platform,
  site: Site,
  { languages, kinds, mailer, spacesIn }: Services & { spacesIn: SpaceIndex },
): Router<State>[] {
  return [
    redirectRoutes(platform.words, kinds),
    peopleRoutes(platform, site, languages.all),
    textsRoutes(platform, site, languages),
    improvingRoutes(site, languages, kinds),
    revisionsRoutes(platform, site, languages, kinds),
    callbackRoutes(platform, languages),
    statisticsRoutes(platform, site, languages, spacesIn),
    secretariatRoutes(platform, site, languages, spacesIn),
    listRoutes(platform, site, languages, spacesIn),
    formRoutes(site, languages),
    ideasRoutes(platform, site, languages, kinds),
    eventListRoutes(platform, site, languages, spacesIn),
    eventFormRoutes(platform, site, languages, spacesIn),
    eventsRoutes(platform, site, languages, kinds),
    reportsRoutes(platform, site, { languages, kinds, spacesIn }),
    reportFormRoutes(site, languages),
    commentsRoutes(site, languages, kinds),
    endorsementsRoutes(kinds),
    profileRoutes(platform, site, languages, spacesIn),
    moderationRoutes(platform, site, languages, kinds),
    organizeRoutes(site, languages),
    flagsRoutes(site, languages, kinds),
    deskRoutes(platform, site, { languages, kinds, themesIn: spacesIn }),
    glossaryRoutes(platform, site, { languages, themesIn: spacesIn }),
    administrationRoutes(platform, site, languages),
    translationRoutes(platform, site, languages, spacesIn),
    backfillRoutes(platform, site, languages, spacesIn),
    outboxRoutes(platform, site, mailer),
    homeRoutes(platform, site, languages, spacesIn),
  ];
}

/** What features show on the pages and in the JSON of kinds that invite them. */
function addToPages(kinds: Kinds, platform: Platform, languages: OpenLanguages, spacesIn: SpaceIndex): void {
  kinds.addPanel(endorsementPanel);
  kinds.addPanel(createCommentsPanel(platform.settings, languages, kinds));
  kinds.addPanel(createReportPanel(platform, { languages, spacesIn }));
  kinds.addPanel(createDiscussedPanel(platform, languages));
  for (const field of reportFields(platform, languages)) kinds.addField(field);
}

/** The rows of the API, one line a feature. */
function endpointsOf(platform: Platform, languages: OpenLanguages, kinds: Kinds): Endpoint[] {
  return [
    ...spacesApi(platform, languages),
    ...ideasApi(platform, languages, kinds),
    ...eventsApi(platform, languages, kinds),
    ...reportsApi(platform, languages),
    ...commentsApi(platform, languages, kinds),
    ...endorsementsApi(kinds),
    ...textsApi(platform, languages),
    ...improvingApi(languages, kinds),
    ...flagsApi(languages, kinds),
    ...activityApi(),
    ...statisticsApi(platform, languages),
  ];
}

/** Pages that may be kept get theirs from the page cache, all others may not be stored: only the API is left. */
function etagOfApi(): Koa.Middleware {
  const tag = etag();
  return (ctx, next) => (ctx.path.startsWith('/api/') || ctx.path === '/openapi.json' ? tag(ctx, next) : next());
}

/** A worker answers only whether it is well. */
export function createHealthApp(platform: Platform, languages: OpenLanguages): Koa {
  const app = new Koa();
  app.use(healthRoutes(platform, () => languages.detector() !== null).routes());
  return app;
}
