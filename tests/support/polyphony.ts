import { createServer } from 'node:net';

import type { Logger } from 'pino';

import { addPerson, createApiToken, grantRole } from '../../src/services/people/people.ts';
import type { Em } from '../../src/platform/db/database.ts';
import { createLog } from '../../src/platform/log.ts';
import { PACE } from '../../src/platform/pace.ts';
import type { RoleName } from '../../src/platform/person.ts';
import { readSettings, type Settings } from '../../src/platform/settings.ts';
import { start, type Given, type Running } from '../../src/start.ts';
import { openLanguages } from '../../src/platform/languages.ts';
import { loadDetector, type Detector } from '../../translation/detection/detector.ts';
import type { Engine } from '../../translation/engines/engine.ts';
import { translatorOf } from '../../translation/translator.ts';
import { browse, type Visitor } from './browser-like.ts';
import { freshDatabase, type TestDatabase } from './databases.ts';
import { checkAnswer } from './openapi-check.ts';
import { ALONE } from './pace.ts';
import { startMailServer, type MailServer } from './mail-server.ts';

export interface TestPlatform {
  url: string;
  mails: MailServer;
  running: Running;
  em(): Em;
  /** Somebody without an account: keeps cookies, sends what a browser sends. */
  visitor(options?: { headers?: Record<string, string> }): Visitor;
  /** Somebody with an account, by API token. Their handle is their name in lower case. */
  person(name: string, options?: PersonOptions): Promise<ApiPerson>;
  /** Somebody signed in through the link in their mail, with a session like in a browser. */
  signIn(name: string, options?: PersonOptions): Promise<Visitor>;
  stop(): Promise<void>;
}

interface PersonOptions {
  language?: string;
  reads?: string[];
  roles?: RoleName[];
  /** Lifts the rate limits; on by default, tests of limits switch it off. */
  unlimited?: boolean;
}

export interface ApiPerson {
  id: string;
  name: string;
  token: string;
  /** Calls `/api/v1<path>` and returns status, headers and the parsed body. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line no-explicit-any -- tests look into answers that the openapi check has validated
  body: any;
}

interface StartOptions extends Pick<Given, 'features' | 'pace' | 'words'> {
  log?: Logger;
  /** Instead of the engines of this machine. */
  engine?: Engine;
  /** The same for several, in order of preference. */
  engines?: readonly Engine[];
  /** Shared with another platform, which drops it; otherwise a fresh one. */
  on?: TestDatabase;
}

/** A whole platform with its own database, mail server and engines, listening on loopback. */
export async function startPolyphony(
  environment: Record<string, string> = {},
  {
    log: ownLog,
    engine,
    engines = engine ? [engine] : undefined,
    on,
    pace = on ? PACE : ALONE,
    ...given
  }: StartOptions = {},
): Promise<TestPlatform> {
  const { database, url: databaseUrl, drop } = on ?? (await freshDatabase());
  const mails = await startMailServer();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const settings = readSettings({
    PORT: String(port),
    HOST: 'localhost',
    PUBLIC_URL: url,
    SMTP_URL: mails.url,
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    // Four modes of Apertium are some 36 processes: stories that need none should not wait for them.
    TRANSLATION_ENGINES: 'none',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...environment,
  });
  const log = ownLog ?? createLog(settings.logLevel);
  const wanted = engines ? { ...settings, engines: [] } : settings;
  const opened = await openLanguages(wanted, log, detectorFor(settings));
  const languages = engines
    ? { ...opened, translator: translatorOf(engines, { allowed: settings.allowedPairs }) }
    : opened;
  const running = await start(settings, log, { ...given, pace, database, languages });
  await running.house.languages.ready;
  const platform: TestPlatform = {
    url,
    mails,
    running,
    em: () => database.em(),
    visitor: (options) => browse(url, options),
    async person(name, { language = 'en', reads, roles = [], unlimited = true } = {}) {
      const em = database.em();
      const id = await addPerson(em, {
        email: emailOf(name),
        name,
        handle: handleOf(name),
        interfaceLanguage: language,
      });
      if (reads)
        await em.getConnection().execute('update person set reads = ? where id = ?', [`{${reads.join(',')}}`, id]);
      for (const role of roles) await grantRole(em, id, role);
      const token = await createApiToken(em, id, { unlimited });
      return {
        id,
        name,
        token,
        api: (method, path, body, headers = {}) =>
          callApi(url, method, path, { body, headers: { Authorization: `Bearer ${token}`, ...headers } }),
      };
    },
    async signIn(name, options = {}) {
      await platform.person(name, options);
      const visitor = browse(url);
      await signInByMail(visitor, mails, emailOf(name), options.language ?? 'en');
      return visitor;
    },
    async stop() {
      await running.stop();
      await mails.close();
      await drop();
    },
  };
  return platform;
}

/** A detector keeps nothing of what it has read, so that all platforms of a process can share one. */
function detectorFor({ detector: model, languages: candidates }: Settings): Promise<Detector> {
  return detectors.getOrInsertComputed(`${model} ${candidates.join()}`, () => loadDetector({ model, candidates }));
}

const detectors = new Map<string, Promise<Detector>>();

/** Asks for a link, opens it, presses the button. */
async function signInByMail(visitor: Visitor, mails: MailServer, email: string, language: string): Promise<void> {
  await visitor.submit(`/${language}/sign-in`, { email, to: `/${language}` });
  const mail = await mails.next(email);
  const [link = ''] = /http\S+\/sign-in\/\S+/.exec(mail.text ?? '') ?? [];
  await visitor.submit(new URL(link).pathname, {});
}

const handleOf = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .padEnd(3, 'x');

const emailOf = (name: string): string => `${handleOf(name)}@example.org`;

export async function callApi(
  url: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  await checkAnswer(url, { method, path, ...answer });
  return answer;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Looks again until it holds, for at most `seconds`; then the last complaint is thrown. */
export async function eventually<T>(look: () => Promise<T>, seconds = 15): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
