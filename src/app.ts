import type Router from '@koa/router';
import Koa from 'koa';
import conditional from 'koa-conditional-get';
import etag from '@koa/etag';

import { administrationRoutes } from './administration/administration.routes.ts';
import { backfillRoutes } from './administration/backfill.routes.ts';
import { translationRoutes } from './administration/translation.routes.ts';
import { commentsApi } from './comments/comments.api.ts';
import { createCommentsPanel } from './comments/comments.manifest.ts';
import { commentsRoutes } from './comments/comments.routes.ts';
import { commentCounter, commentKind } from './comments/comments.ts';
import { eventsApi } from './events/events.api.ts';
import { EVENT_MAILS, eventLetters } from './events/events.mails.ts';
import { eventsRoutes } from './events/events.routes.ts';
import { eventFormRoutes } from './events/form.routes.ts';
import { eventListRoutes } from './events/list.routes.ts';
import { eventKind, registrationCounters } from './events/events.ts';
import { endorsementsApi } from './endorsements/endorsements.api.ts';
import { endorsementPanel, endorsementsRoutes } from './endorsements/endorsements.routes.ts';
import { endorsementCounter } from './endorsements/endorsements.ts';
import { ideaKind } from './ideas/ideas.ts';
import { ideasApi } from './ideas/ideas.api.ts';
import { formRoutes } from './ideas/form.routes.ts';
import { ideasRoutes } from './ideas/ideas.routes.ts';
import { listRoutes } from './ideas/list.routes.ts';
import { profileRoutes } from './ideas/profile.routes.ts';
import { activityApi } from './live/activity.api.ts';
import { deskRoutes } from './moderation/desk.routes.ts';
import { decisionKind } from './moderation/moderation.ts';
import { moderationRoutes } from './moderation/moderation.routes.ts';
import { reportingApi } from './moderation/reporting.api.ts';
import { reportingRoutes } from './moderation/reporting.routes.ts';
import { homeRoutes } from './home/home.routes.ts';
import { organizeRoutes } from './organize/organize.routes.ts';
import { actAs } from './people/actor.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { sessions } from './people/session.ts';
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
import { ACCOUNT_MAILS, accountLetters, type Letters } from './notifications/mails.ts';
import { outboxRoutes } from './notifications/outbox.routes.ts';
import { answerErrors, onlyKnownLanguages } from './site/errors.ts';
import type { NavigationEntry } from './site/layout.views.ts';
import { createSite, type Site } from './site/pages.ts';
import { redirectRoutes } from './site/redirects.ts';
import { lendEm } from './site/requests.ts';
import { reportFormRoutes } from './reports/form.routes.ts';
import { reportsApi } from './reports/reports.api.ts';
import { createDiscussedPanel, createReportPanel, reportFields } from './reports/reports.manifest.ts';
import { reportsRoutes } from './reports/reports.routes.ts';
import { reportKind } from './reports/reports.ts';
import { spacesApi } from './spaces/spaces.api.ts';
import { createSpaceIndex, type SpaceIndex } from './spaces/spaces.index.ts';
import { spaceKind } from './spaces/spaces.ts';
import { secretariatRoutes } from './statistics/desk.routes.ts';
import { statisticsApi } from './statistics/statistics.api.ts';
import { createBand, statisticsRoutes } from './statistics/statistics.routes.ts';
import { createKinds, type Kinds } from './subjects/kinds.ts';
import type { OpenLanguages } from './texts/languages.ts';
import { textsApi } from './texts/texts.api.ts';
import { textsRoutes } from './texts/texts.routes.ts';
import { improvingApi } from './translations/improving.api.ts';
import { improvingRoutes } from './translations/improving.routes.ts';
import { revisionsRoutes } from './translations/revisions.routes.ts';
import { BACKFILL } from './translations/backfill.ts';
import { glossaryRoutes } from './translations/glossary.routes.ts';
import { callbackRoutes } from './translations/callbacks.routes.ts';

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
    improvingRoutes(platform, site, languages, kinds),
    revisionsRoutes(platform, site, languages, kinds),
    callbackRoutes(platform, languages),
    statisticsRoutes(platform, site, languages, spacesIn),
    secretariatRoutes(platform, site, languages, spacesIn),
    listRoutes(platform, site, languages, spacesIn),
    formRoutes(platform, site, languages),
    ideasRoutes(platform, site, languages, kinds),
    eventListRoutes(platform, site, languages, spacesIn),
    eventFormRoutes(platform, site, languages, spacesIn),
    eventsRoutes(platform, site, languages, kinds),
    reportsRoutes(platform, site, { languages, kinds, spacesIn }),
    reportFormRoutes(platform, site, languages),
    commentsRoutes(platform, site, languages, kinds),
    endorsementsRoutes(platform, kinds),
    profileRoutes(platform, site, languages, spacesIn),
    moderationRoutes(platform, site, languages, kinds),
    organizeRoutes(site, languages),
    reportingRoutes(site, languages, kinds),
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
    ...endorsementsApi(platform, kinds),
    ...textsApi(platform, languages),
    ...improvingApi(platform, languages, kinds),
    ...reportingApi(languages, kinds),
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
