import { describe, expect, test } from 'vitest';

import { readSettings } from '#src/platform/settings.ts';

const KEY = 'sk-of-carlos-4711';
const PUBLIC = { PUBLIC_URL: 'https://polyphony.example.eu', SECRET: 'x'.repeat(32) };
const LIBRE = { LIBRETRANSLATE_URL: 'http://libretranslate:5000' };
const ETRANSLATION = { ETRANSLATION_USER: 'carlos', ETRANSLATION_PASSWORD: 'p' };

describe('what Carlos writes into .env for his engines', () => {
  test('is read, and the engines get what they need of it and nothing else', () => {
    const settings = readSettings({
      ...LIBRE,
      TRANSLATION_ENGINES: 'apertium, libretranslate, deepl',
      DEEPL_API_KEY: KEY,
      DEEPL_URL: '',
      SMTP_URL: 'smtp://mail.example.eu',
      TRANSLATION_LOCAL: 'apertium, libretranslate',
      TRANSLATION_BUDGETS: 'deepl:day:500000, deepl:month:10000000',
      TRANSLATION_PAIRS: 'libretranslate:*>en,libretranslate:en>*',
      METRICS_PORT: '9100',
    });
    expect(settings.engines).toEqual(['apertium', 'libretranslate', 'deepl']);
    expect(settings.engineEnvironment).toMatchObject({
      ...LIBRE,
      DEEPL_API_KEY: KEY,
      TRANSLATION_EAGER: 'apertium',
      TRANSLATION_LOCAL: 'apertium,libretranslate',
    });
    expect(settings.engineEnvironment).toHaveProperty('DEEPL_URL', undefined);
    expect(settings.engineEnvironment).not.toHaveProperty('SMTP_URL');
    expect(settings.budgets).toEqual({ deepl: { day: 500_000, month: 10_000_000 } });
    expect(settings.allowedPairs).toEqual({
      libretranslate: [
        { source: '*', target: 'en' },
        { source: 'en', target: '*' },
      ],
    });
    expect(settings).toMatchObject({ metricsPort: 9_100, metricsHost: '127.0.0.1' });
  });

  test('nothing said is no limit, no metrics, and Apertium alone', () => {
    expect(readSettings({})).toMatchObject({
      engines: ['apertium', 'none'],
      budgets: {},
      allowedPairs: {},
      metricsPort: null,
    });
  });

  test.each<[what: string, environment: Record<string, string>, sentence: RegExp]>([
    ['an engine that is none', { TRANSLATION_ENGINES: 'babelfish' }, /no translation engine "babelfish"/],
    ['an engine twice', { TRANSLATION_ENGINES: 'none,none' }, /none stands there twice/],
    ['no address', { TRANSLATION_ENGINES: 'libretranslate' }, /LIBRETRANSLATE_URL is needed/],
    [
      'an address that is none',
      { TRANSLATION_ENGINES: 'libretranslate', LIBRETRANSLATE_URL: 'libre:5000' },
      /LIBRETRANSLATE_URL must/,
    ],
    ['no key', { TRANSLATION_ENGINES: 'deepl' }, /DEEPL_API_KEY is needed/],
    [
      'half a key with a comment',
      { TRANSLATION_ENGINES: 'deepl', DEEPL_API_KEY: `${KEY} # mine` },
      /DEEPL_API_KEY has blanks/,
    ],
    [
      'a key over an open line',
      { TRANSLATION_ENGINES: 'deepl', DEEPL_API_KEY: KEY, DEEPL_URL: 'http://deepl.example.eu' },
      /DEEPL_URL must begin with https/,
    ],
    [
      'a price that is none',
      { TRANSLATION_ENGINES: 'deepl', DEEPL_API_KEY: KEY, DEEPL_EURO_PER_MILLION: 'much' },
      /DEEPL_EURO_PER_MILLION must be a price/,
    ],
    [
      'a password in an address',
      { TRANSLATION_ENGINES: 'openai-compatible', OPENAI_URL: `http://me:${KEY}@localhost`, OPENAI_MODEL: 'm' },
      /OPENAI_URL must not hold/,
    ],
    [
      'no model',
      { TRANSLATION_ENGINES: 'openai-compatible', OPENAI_URL: 'http://localhost:11434/v1' },
      /OPENAI_MODEL is needed/,
    ],
    [
      'eTranslation without an address it can call',
      { TRANSLATION_ENGINES: 'etranslation', ...ETRANSLATION },
      /needs a PUBLIC_URL that begins with https/,
    ],
    ['a module that is not there', { TRANSLATION_ENGINES: './nowhere.ts' }, /no engine module \.\/nowhere\.ts/],
    [
      'a budget in words',
      { TRANSLATION_BUDGETS: 'deepl:day:few' },
      /TRANSLATION_BUDGETS is wrong: "deepl:day:few" should be like/,
    ],
    ['a budget twice', { TRANSLATION_BUDGETS: 'deepl:day:1,deepl:day:2' }, /deepl:day stands there twice/],
    ['a budget for nobody', { TRANSLATION_BUDGETS: 'depl:day:1' }, /TRANSLATION_BUDGETS names "depl"/],
    ['a pair that is none', { TRANSLATION_PAIRS: 'deepl:de-en' }, /TRANSLATION_PAIRS is wrong: "deepl:de-en"/],
    ['an eager engine that is none', { TRANSLATION_EAGER: 'apertum' }, /TRANSLATION_EAGER names "apertum"/],
    ['a port that is none', { METRICS_PORT: '70000' }, /METRICS_PORT/],
  ])('%s is refused in a sentence that holds no secret', (_what, environment, sentence) => {
    expect(() => readSettings(environment)).toThrow(sentence);
    expect(() => readSettings(environment)).not.toThrow(KEY);
  });

  test('eTranslation may be used where it can call back', () => {
    expect(readSettings({ ...PUBLIC, ...ETRANSLATION, TRANSLATION_ENGINES: 'etranslation' }).engines).toEqual([
      'etranslation',
    ]);
    const here = { ...ETRANSLATION, TRANSLATION_ENGINES: 'etranslation', ETRANSLATION_URL: 'http://127.0.0.1:4000' };
    expect(readSettings(here).engines).toEqual(['etranslation']);
  });

  test('a module of his own is given all there is, and may call its engine as it likes', () => {
    const settings = readSettings({
      TRANSLATION_ENGINES: './tests/support/stub-engine.ts',
      TRANSLATION_BUDGETS: 'stub:day:100',
      BERGAMOT_MODELS: '/models',
    });
    expect(settings.engineEnvironment).toMatchObject({ BERGAMOT_MODELS: '/models', TRANSLATION_EAGER: 'apertium' });
    expect(settings.budgets).toEqual({ stub: { day: 100 } });
  });
});
