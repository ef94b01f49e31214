import { randomBytes } from 'node:crypto';
import { z } from 'zod';

import { ENGINE_NAMES } from '../../translation/engines/registry.ts';
import { EU_LANGUAGES, KNOWN_LANGUAGES } from '../../translation/languages.ts';

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
    DATA_DIR: z.preprocess(empty, z.string().default('.data')),
    ROLE: z.preprocess(empty, z.enum(['all', 'web', 'worker']).default('all')),
    SECRET: z.preprocess(empty, z.string().min(32).optional()),
    SMTP_URL: z.preprocess(empty, z.url({ protocol: /^smtps?$/ }).optional()),
    MAIL_FROM: z.preprocess(empty, z.string().default('Polyphony <no-reply@localhost>')),
    DETECTOR: z.preprocess(empty, z.enum(['small', 'large', 'light']).default('small')),
    TRANSLATION_ENGINES: z.preprocess(
      (value) => list(empty(value)),
      z.array(z.enum(ENGINE_NAMES)).default(['apertium', 'none']),
    ),
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
  dataDir: string;
  role: 'all' | 'web' | 'worker';
  secret: string;
  smtpUrl: string | null;
  mailFrom: string;
  detector: 'small' | 'large' | 'light';
  engines: readonly string[];
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
  if (secure && all.SECRET === undefined)
    throw new Error(
      'Settings: SECRET is needed with a public address: 32 characters or more, the same in every process.',
    );
  if (demo && !LOOPBACK.has(all.HOST))
    throw new Error('Settings: the demo only listens on this machine: HOST must be 127.0.0.1.');
  return {
    port: all.PORT,
    host: all.HOST,
    publicUrl: publicUrl.origin,
    secure,
    databaseUrl: all.DATABASE_URL ?? null,
    dataDir: all.DATA_DIR,
    role: all.ROLE,
    secret: all.SECRET ?? randomBytes(SECRET_BYTES).toString('hex'),
    smtpUrl: all.SMTP_URL ?? null,
    mailFrom: all.MAIL_FROM,
    detector: all.DETECTOR,
    engines: all.TRANSLATION_ENGINES,
    languages: all.LANGUAGES,
    timeZone: all.TIME_ZONE,
    showFirst: all.SHOW_FIRST,
    trustedProxies: all.TRUSTED_PROXIES,
    logLevel: all.LOG_LEVEL,
    demo,
  };
}

function sentence(issue: z.core.$ZodIssue): string {
  const [name] = issue.path;
  return `${String(name)} ${issue.message.replace(/^Invalid (?:input|option): /, 'is wrong: ')}`;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
