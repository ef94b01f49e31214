import type { Server } from 'node:http';

import type { Logger } from 'pino';

import { createApp, createHealthApp } from './app.ts';
import { entitiesOf, features as allFeatures, queuesOf } from './features.ts';
import { createHouse } from './house.ts';
import type { Verbs } from './platform/activity/verbs.ts';
import type { Feature } from './services/house/feature.ts';
import type { House } from './services/house/house.ts';
import { startLive, type Access } from './services/live/live.ts';
import type { Known } from './services/live/watching.ts';
import { sendMails } from './services/notifications/mails.ts';
import { findActors } from './services/people/people.ts';
import { cookieName, sessionKeyOf } from './services/people/session.ts';
import { readerMetrics } from './platform/activity/readers.metrics.ts';
import { startReaders } from './platform/activity/readers.ts';
import { startTail } from './platform/activity/tail.ts';
import { openDatabase, type Database } from './platform/db/database.ts';
import { migrate } from './platform/db/migrate.ts';
import { tidy } from './platform/db/tidy.ts';
import { loadAssets } from './platform/http/assets.ts';
import { createDrainingServer } from './platform/http/draining.ts';
import { createPageCache } from './platform/http/page-cache.ts';
import { hashToken } from './platform/tokens.ts';
import { loadWords, type Words } from './platform/i18n.ts';
import { startJobs } from './platform/jobs.ts';
import { createMailer } from './platform/mail/mail.ts';
import { startMetrics } from './platform/metrics.ts';
import { PACE, type Pace } from './platform/pace.ts';
import type { Platform } from './platform/platform.ts';
import type { Settings } from './platform/settings.ts';
import { openLanguages, type OpenLanguages } from './platform/languages.ts';
import { detectPending } from './services/texts/texts.ts';
import { wishForRooms } from './services/texts/wishes.ts';
import { startWorker } from './services/engines/worker.ts';

const STOP_MILLISECONDS = 8_000;
const SWEEP_MILLISECONDS = 50;

/** A running platform. */
export interface Running {
  house: House;
  port: number;
  stop(): Promise<void>;
}

/** What is open already: tests bring a database made from a snapshot, and engines of their own. */
export interface Given {
  database?: Database | undefined;
  languages?: OpenLanguages | undefined;
  /** Instead of all there are. */
  features?: readonly Feature[] | undefined;
  /** Instead of those in `locales/`. */
  words?: Words | undefined;
  /** Instead of how Polyphony runs. */
  pace?: Pace | undefined;
}

/** Opens everything the role needs, unless it is given, and listens. */
export async function start(settings: Settings, log: Logger, given: Given = {}): Promise<Running> {
  const { features = allFeatures, pace = PACE } = given;
  const database = given.database ?? (await openDatabase(settings, entitiesOf(features), log));
  await migrate(database);
  const words = given.words ?? (await loadWords());
  const verbs: Verbs = Object.assign({}, ...features.map((feature) => feature.verbs ?? {}));
  const tail = await startTail(database, log, pace);
  const works = settings.role !== 'web';
  const jobs = await startJobs(database, log, { queues: queuesOf(features), works, pace });
  const cache = createPageCache(cookieName(settings.secure), verbs);
  const languages = given.languages ?? (await openLanguages(settings, log));
  const assets = loadAssets(features.flatMap(({ styles = [] }) => [...styles]));
  const platform: Platform = { settings, database, log, words, languages, tail, pace, jobs, assets, cache, verbs };
  const house = createHouse(platform, features, createMailer(settings));
  tail.read('page-cache', cache.drop);
  const readers = features.flatMap((feature) => feature.readers?.(house) ?? []);
  const reading = startReaders(works ? readers : [], house);
  const working = works ? await startWorking(house, features) : null;
  languages.ready
    .then(() => detectPending(database.em(), languages))
    .catch((error: unknown) => log.error({ error }, 'texts wait for their language'));
  const metrics = await startMetrics(platform, [
    readerMetrics(tail, { ...reading, names: readers.map(({ name }) => name) }),
    ...features.flatMap((feature) => feature.metrics?.(house) ?? []),
  ]);

  const web = settings.role === 'worker' ? createHealthApp(platform) : createApp(house, features);
  const { server, drain } = createDrainingServer(web.callback(), pace);
  const live = settings.role === 'worker' ? null : startLive(server, platform, access(platform));
  const port = await listen(server, settings);
  return { house, port, stop };

  /** Takes no more, lets what runs end, closes in the opposite order. */
  async function stop(): Promise<void> {
    database.leave();
    await metrics?.close();
    await drain();
    // Sockets are closed, and with them the server: idle connections must not keep them waiting for each other.
    await Promise.all([live?.close(), close(server)]);
    await working?.close();
    await reading.close();
    await jobs.close();
    await tail.close();
    await languages.close();
    await database.close();
  }
}

/** What a worker does besides answering. */
async function startWorking(house: House, features: readonly Feature[]): Promise<{ close(): Promise<void> }> {
  const { database, settings, log, tail, languages, mailer, jobs, pace } = house;
  const worker = startWorker({ database, languages, settings, log, pace });
  tail.read('worker', () => worker.wake());
  for (const feature of features) {
    for (const [name, work] of Object.entries(feature.jobs ?? {})) await jobs.work(name, (data) => work(house, data));
    if (mailer)
      for (const [name, write] of Object.entries(feature.mails ?? {})) await sendMails(house, mailer, name, write);
  }
  const schedules = features.flatMap((feature) => feature.schedules ?? []);
  await jobs.schedule([
    { name: 'tidy', cron: '7-59/10 * * * *', run: () => tidy(database) },
    ...schedules.map(({ run, ...when }) => ({ ...when, run: () => run(house) })),
  ]);
  const works = features.flatMap((feature) => feature.works?.(house) ?? []);
  return { close: async () => void (await Promise.all([worker, ...works].map((each) => each.close()))) };
}

function access({ database, settings, languages }: Platform): Access {
  const again = (by: readonly string[]) => findActors(database.em(), by);
  async function known(by: string): Promise<Known | null> {
    const person = (await again([by])).get(by);
    return person ? { person, by } : null;
  }
  return {
    async bySession(cookie) {
      const key = sessionKeyOf(cookie, settings);
      return key === null ? null : known(`session:${hashToken(key)}`);
    },
    byToken: (token) => known(`token:${hashToken(token)}`),
    again,
    onWatch: (em, person, rooms, lang) => wishForRooms(em, languages, person, { rooms, language: lang }),
  };
}

/** Resolves with the port once somebody can connect. Throws when it is taken. */
function listen(server: Server, { port, host }: Pick<Settings, 'port' | 'host'>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken. Set PORT to another one.`) : error),
    );
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Answers in progress may end, for a while; idle connections go at once. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), STOP_MILLISECONDS);
    // An answer that was begun before leaves its connection open, for a next request that nobody will take.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
