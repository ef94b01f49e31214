import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';

import {
  checkEngineSettings,
  ENGINE_NAMES,
  ENGINE_VARIABLES,
  isModulePath,
} from '../../translation/engines/registry.ts';
import { EU_LANGUAGES, KNOWN_LANGUAGES } from '../../translation/languages.ts';
import { isTimeZone } from './clocks.ts';
import { readAllowedPairs, readBudgets, type AllowedPair, type Budget } from './engine-limits.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const SECRET_BYTES = 32;

/** An empty line in `.env` means the same as no line at all. */
const empty = (value: unknown) => (value === '' ? undefined : value);
const list = (value: unknown) => (typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value);

const schema = z
  .object({
    PORT: z.preprocess(empty, z.coerce.number().int().min(0).max(65_535).default(3000)),
    HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
    PUBLIC_URL: z.preprocess(empty, z.url({ protocol: /^https?$/ }).optional()),
    DATABASE_URL: z.preprocess(empty, z.url({ protocol: /^postgres(ql)?$/ }).optional()),
    DATABASE_POOL: z.preprocess(empty, z.coerce.number().int().min(3).max(200).default(10)),
    DATABASE_VIA: z.preprocess(empty, z.enum(['direct', 'pgbouncer']).default('direct')),
    DATA_DIR: z.preprocess(empty, z.string().default('.data')),
    ROLE: z.preprocess(empty, z.enum(['all', 'web', 'worker']).default('all')),
    SECRET: z.preprocess(empty, z.string().min(32).optional()),
    SMTP_URL: z.preprocess(empty, z.url({ protocol: /^smtps?$/ }).optional()),
    MAIL_FROM: z.preprocess(empty, z.string().default('Polyphony <no-reply@localhost>')),
    DETECTOR: z.preprocess(empty, z.enum(['small', 'large', 'light']).default('small')),
    TRANSLATION_ENGINES: z.preprocess((value) => list(empty(value)), z.array(z.string()).default(['apertium', 'none'])),
    TRANSLATION_EAGER: z.preprocess((value) => list(empty(value)), z.array(z.string()).default(['apertium'])),
    TRANSLATION_LOCAL: z.preprocess((value) => list(empty(value)), z.array(z.string()).default(['apertium', 'none'])),
    TRANSLATION_BUDGETS: z.preprocess(
      (value) => list(empty(value)),
      z.array(z.string()).default([]).transform(readBudgets),
    ),
    TRANSLATION_PAIRS: z.preprocess(
      (value) => list(empty(value)),
      z.array(z.string()).default([]).transform(readAllowedPairs),
    ),
    FEDERATION: z.preprocess(empty, z.enum(['off', 'on', 'local']).default('off')),
    SECURITY_CONTACT: z.preprocess(empty, z.url({ protocol: /^(https|mailto|tel)$/ }).optional()),
    METRICS_PORT: z.preprocess(empty, z.coerce.number().int().min(0).max(65_535).optional()),
    METRICS_HOST: z.preprocess(empty, z.string().default('127.0.0.1')),
    LANGUAGES: z.preprocess(
      (value) => list(empty(value)),
      z.array(z.enum(KNOWN_LANGUAGES)).default([...EU_LANGUAGES, 'ar']),
    ),
    TIME_ZONE: z.preprocess(
      empty,
      z.string().refine(isTimeZone, 'is not a known time zone').default('Europe/Brussels'),
    ),
    SHOW_FIRST: z.preprocess(empty, z.enum(['translation', 'original']).default('translation')),
    TRUSTED_PROXIES: z.preprocess(empty, z.coerce.number().int().min(0).max(5).default(0)),
    LOG_LEVEL: z.preprocess(empty, z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')),
  })
  .refine((all) => all.ROLE === 'all' || all.DATABASE_URL !== undefined, {
    path: ['ROLE'],
    message: 'can only be split into web and worker with DATABASE_URL: the embedded database serves one process',
  });

/** The checked settings of one platform. `demo` opens the readable outbox and refuses any host but loopback. */
export interface Settings {
  port: number;
  host: string;
  /** Without a slash at the end. */
  publicUrl: string;
  secure: boolean;
  databaseUrl: string | null;
  /** Connections of this process. */
  databasePool: number;
  /** PgBouncer hands a connection from one to the next: nothing may stay on it. */
  databaseVia: 'direct' | 'pgbouncer';
  dataDir: string;
  role: 'all' | 'web' | 'worker';
  secret: string;
  smtpUrl: string | null;
  mailFrom: string;
  detector: 'small' | 'large' | 'light';
  engines: readonly string[];
  /** What the engines read: addresses, keys, what they are declared to be. For an operator's own module everything there is. */
  engineEnvironment: Readonly<Record<string, string | undefined>>;
  /** The most characters an engine may be sent, by its name; no limit where nothing is said. */
  budgets: Readonly<Record<string, Budget>>;
  /** An engine named here serves these pairs alone; '*' is any language. */
  allowedPairs: Readonly<Record<string, readonly AllowedPair[]>>;
  /** Whether other servers are spoken to (ActivityPub); `local`: on this machine only, without TLS. */
  federation: 'off' | 'on' | 'local';
  /** Where those who found a hole are asked to write; null: nothing is said. */
  securityContact: string | null;
  /** Null: no metrics are served. */
  metricsPort: number | null;
  metricsHost: string;
  languages: readonly string[];
  timeZone: string;
  showFirst: 'translation' | 'original';
  trustedProxies: number;
  logLevel: string;
  demo: boolean;
}

/** Settings from the environment. Throws one `Error` whose sentences say what is wrong and where. */
export function readSettings(environment: NodeJS.ProcessEnv, { demo = false } = {}): Settings {
  const result = schema.safeParse(environment);
  if (!result.success) throw new Error(`Settings: ${result.error.issues.map(sentence).join('; ')}.`);
  const all = result.data;
  const publicUrl = new URL(all.PUBLIC_URL ?? `http://localhost:${all.PORT}`);
  const secure = publicUrl.protocol === 'https:';
  if (!secure && !LOOPBACK.has(publicUrl.hostname))
    throw new Error('Settings: PUBLIC_URL must begin with https:// unless it is on this machine (localhost).');
  checkSecret(all, secure);
  if (demo && !LOOPBACK.has(all.HOST))
    throw new Error('Settings: the demo only listens on this machine: HOST must be 127.0.0.1.');
  const engineEnvironment = environmentOfEngines(environment, all);
  const faults = [
    ...checkEngineSettings(all.TRANSLATION_ENGINES, engineEnvironment),
    ...checkCallback(all.TRANSLATION_ENGINES, engineEnvironment, secure),
    ...checkNames(all),
  ];
  if (faults.length > 0) throw new Error(`Settings of TRANSLATION_ENGINES: ${faults.join(' ')}`);
  return {
    port: all.PORT,
    host: all.HOST,
    publicUrl: publicUrl.origin,
    secure,
    databaseUrl: all.DATABASE_URL ?? null,
    databasePool: all.DATABASE_POOL,
    databaseVia: all.DATABASE_VIA,
    dataDir: all.DATA_DIR,
    role: all.ROLE,
    secret: all.SECRET ?? randomBytes(SECRET_BYTES).toString('hex'),
    smtpUrl: all.SMTP_URL ?? null,
    mailFrom: all.MAIL_FROM,
    detector: all.DETECTOR,
    engines: all.TRANSLATION_ENGINES,
    engineEnvironment,
    budgets: all.TRANSLATION_BUDGETS,
    allowedPairs: all.TRANSLATION_PAIRS,
    federation: all.FEDERATION,
    securityContact: all.SECURITY_CONTACT ?? null,
    metricsPort: all.METRICS_PORT ?? null,
    metricsHost: all.METRICS_HOST,
    languages: all.LANGUAGES,
    timeZone: all.TIME_ZONE,
    showFirst: all.SHOW_FIRST,
    trustedProxies: all.TRUSTED_PROXIES,
    logLevel: all.LOG_LEVEL,
    demo,
  };
}

/** Sessions outlive a process by SECRET; other servers know us by keys that it seals, at an address that does not change. */
function checkSecret({ FEDERATION, SECRET }: z.infer<typeof schema>, secure: boolean): void {
  if (secure && SECRET === undefined)
    throw new Error(
      'Settings: SECRET is needed with a public address: 32 characters or more, the same in every process.',
    );
  if (FEDERATION !== 'off' && SECRET === undefined)
    throw new Error('Settings: SECRET is needed with FEDERATION: it seals the keys that other servers know us by.');
  if (FEDERATION === 'on' && !secure)
    throw new Error(
      'Settings: FEDERATION=on needs a PUBLIC_URL that begins with https://, where other servers find us.',
    );
  if (FEDERATION === 'local' && secure)
    throw new Error('Settings: FEDERATION=local is for trials on this machine: PUBLIC_URL must be on localhost.');
}

function environmentOfEngines(
  environment: NodeJS.ProcessEnv,
  { DATA_DIR, TRANSLATION_ENGINES, TRANSLATION_EAGER, TRANSLATION_LOCAL }: z.infer<typeof schema>,
): Readonly<Record<string, string | undefined>> {
  const own = Object.fromEntries(ENGINE_VARIABLES.map((name) => [name, environment[name] || undefined]));
  return {
    ...(TRANSLATION_ENGINES.some(isModulePath) ? environment : {}),
    ...own,
    BERGAMOT_MODELS: own['BERGAMOT_MODELS'] ?? join(DATA_DIR, 'models', 'bergamot'),
    TRANSLATION_EAGER: TRANSLATION_EAGER.join(','),
    TRANSLATION_LOCAL: TRANSLATION_LOCAL.join(','),
  };
}

/** The Commission's service posts its answers to us from outside; only one on this machine reaches a local address. */
function checkCallback(
  engines: readonly string[],
  { ETRANSLATION_URL }: Readonly<Record<string, string | undefined>>,
  secure: boolean,
): string[] {
  const service = ETRANSLATION_URL === undefined ? null : URL.parse(ETRANSLATION_URL);
  if (secure || !engines.includes('etranslation') || (service && LOOPBACK.has(service.hostname))) return [];
  return ['The engine etranslation needs a PUBLIC_URL that begins with https://, to which it sends its answers.'];
}

/** A budget for "depl" would limit nothing. The names of engines in modules are known when these are opened. */
function checkNames(all: z.infer<typeof schema>): string[] {
  if (all.TRANSLATION_ENGINES.some(isModulePath)) return [];
  const named = {
    TRANSLATION_EAGER: all.TRANSLATION_EAGER,
    TRANSLATION_LOCAL: all.TRANSLATION_LOCAL,
    TRANSLATION_BUDGETS: Object.keys(all.TRANSLATION_BUDGETS),
    TRANSLATION_PAIRS: Object.keys(all.TRANSLATION_PAIRS),
  };
  return Object.entries(named).flatMap(([setting, names]) =>
    names
      .filter((name) => !ENGINE_NAMES.includes(name))
      .map((name) => `${setting} names "${name}", but there is no such engine.`),
  );
}

function sentence(issue: z.core.$ZodIssue): string {
  const [name] = issue.path;
  return `${String(name)} ${issue.message.replace(/^Invalid (?:input|option): /, 'is wrong: ')}`;
}
