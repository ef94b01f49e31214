import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { readSpent } from '../src/services/engines/spending.ts';
import { addBacklog, countStates, letBreaksPass, translationOf } from './support/queue.ts';
import { startLibreTranslate } from './support/stand-ins/libretranslate.ts';
import { startDeepL } from './support/stand-ins/deepl.ts';
import { startOpenAi } from './support/stand-ins/openai-compatible.ts';
import type { StandIn } from './support/stand-ins/stand-in.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

const BODY = {
  title: 'Más trenes nocturnos',
  body: 'Propongo más trenes nocturnos entre las ciudades.\n\nSon limpios.',
};

let platform: TestPlatform;
let service: StandIn;
let ana: ApiPerson;

async function open(environment: Record<string, string> = {}): Promise<void> {
  service = await startLibreTranslate();
  platform = await startPolyphony({
    TRANSLATION_ENGINES: 'libretranslate',
    LIBRETRANSLATE_URL: service.url,
    ...environment,
  });
  ana = await platform.person('Ana', { language: 'es' });
}

async function close(): Promise<void> {
  await platform.stop();
  await service.close();
}

async function postIdea(person: ApiPerson = ana, more: object = {}) {
  const { body } = await person.api('POST', '/spaces/climate/ideas', { ...BODY, language: 'es', ...more });
  return { id: String(body.id), text: String(body.text.id) };
}

const translated = (): string[] =>
  service.requests
    .filter(({ path }) => path === '/translate')
    .flatMap(({ body }) =>
      typeof body === 'object' && body !== null && 'q' in body && Array.isArray(body.q) ? body.q : [],
    );

describe('a queue in front of an engine', () => {
  beforeAll(() => open());
  afterAll(close);

  test('fifty readers who want the same text at once cause one translation', async () => {
    const { text } = await postIdea();
    const readers = await Promise.all(Array.from({ length: 10 }, (_, n) => platform.person(`Reader ${n}`)));
    const wishes = await Promise.all(
      Array.from({ length: 50 }, (_, n) => (readers[n % 10] ?? ana).api('POST', `/texts/${text}/translations/pt`)),
    );
    expect(wishes.every(({ status }) => status === 202 || status === 200)).toBe(true);
    await eventually(async () =>
      expect((await ana.api('GET', `/texts/${text}/translations/pt`)).body.state).toBe('ready'),
    );
    expect(translated().filter((each) => each === 'Son limpios.')).toHaveLength(1);
    expect(await countStates(platform.em())).toEqual({ ready: 1 });
  });

  test("a reader's wish overtakes a backfill of ten thousand", async () => {
    await addBacklog(platform.em(), 10_000, 'de');
    await eventually(async () => expect((await countStates(platform.em()))['ready']).toBeGreaterThan(20));
    const { text } = await postIdea(ana, { title: 'Otra cosa' });
    const made = (await countStates(platform.em()))['ready'] ?? 0;
    await ana.api('POST', `/texts/${text}/translations/pt`);
    await eventually(async () => expect((await translationOf(platform.em(), text, 'pt'))?.state).toBe('ready'));
    const { ready = 0, queued = 0 } = await countStates(platform.em());
    expect(ready - made).toBeLessThan(300);
    expect(queued).toBeGreaterThan(9_000);
  });
});

describe('an edit', () => {
  beforeAll(() => open());
  afterAll(close);

  test('brings the languages that readers had wished for along, and sends what changed alone', async () => {
    const { id, text } = await postIdea();
    await ana.api('POST', `/texts/${text}/translations/pt`);
    await eventually(async () => expect((await translationOf(platform.em(), text, 'pt'))?.state).toBe('ready'));
    const before = translated().length;
    const change = {
      ...BODY,
      body: 'Propongo más trenes nocturnos entre las ciudades.\n\nSon baratos.',
      language: 'es',
    };
    const { body } = await ana.api('PATCH', `/ideas/${id}`, change, { 'If-Match': '"1"' });
    await eventually(async () =>
      expect((await ana.api('GET', `/texts/${body.text.id}/translations/pt`)).body).toMatchObject({
        state: 'ready',
        body: expect.stringContaining('Son baratos. (pt)'),
      }),
    );
    expect(translated().slice(before)).toEqual(['Son baratos.']);
  });
});

describe('an engine that goes away', () => {
  let deepl: StandIn;

  beforeAll(async () => {
    deepl = await startDeepL({ key: 'secret:fx' });
    await open({ TRANSLATION_ENGINES: 'deepl', DEEPL_API_KEY: 'secret:fx', DEEPL_URL: deepl.url });
  });
  afterAll(async () => {
    await close();
    await deepl.close();
  });

  test('for ten minutes in the middle of a backfill of 5,000 costs nobody a page, and no text its translation', async () => {
    await addBacklog(platform.em(), 5_000, 'pt');
    await eventually(async () => expect((await countStates(platform.em()))['ready']).toBeGreaterThan(200));
    deepl.misbehave({ status: 503 }, Infinity);
    await eventually(async () => expect((await countStates(platform.em()))['queued'] ?? 0).toBe(0));
    const { id } = await postIdea();
    const { status, text } = await platform.visitor().get(`/pt/ideas/${id}`);
    expect(status).toBe(200);
    expect(text).toContain(BODY.title);
    expect((await platform.visitor().get('/pt/ideas')).status).toBe(200);
    // Ten minutes of breaks, each of which ends with an engine that is still away.
    for (let probe = 0; probe < 10; probe++) {
      const asked = deepl.requests.length;
      await eventually(async () => {
        await letBreaksPass(platform.em());
        expect(deepl.requests.length).toBeGreaterThan(asked);
      });
    }
    deepl.misbehave(null);
    await eventually(async () => {
      await letBreaksPass(platform.em());
      expect(await countStates(platform.em())).toEqual({ ready: 5_000 });
    }, 60);
  });
});

describe('three engines that fail in three ways at once', () => {
  let deepl: StandIn;

  beforeAll(async () => {
    deepl = await startDeepL({ key: 'secret:fx' });
    await open({
      TRANSLATION_ENGINES: 'libretranslate,deepl,./tests/support/gibberish-engine.ts',
      TRANSLATION_PAIRS: 'libretranslate:*>pt,deepl:*>fr,gibberish:*>en',
      DEEPL_API_KEY: 'secret:fx',
      DEEPL_URL: deepl.url,
    });
  });
  afterAll(async () => {
    await close();
    await deepl.close();
  });
  afterEach(() => service.misbehave(null));

  test('leave readers of every pair with the truth', async () => {
    service.misbehave({ status: 503 }, Infinity);
    deepl.misbehave({ status: 456 }, Infinity);
    const { id, text } = await postIdea();
    for (const language of ['pt', 'fr', 'en', 'de']) await ana.api('POST', `/texts/${text}/translations/${language}`);
    const stateIn = async (language: string) => (await ana.api('GET', `/texts/${text}/translations/${language}`)).body;
    await eventually(async () => {
      expect(await stateIn('pt')).toMatchObject({ state: 'suspended', failure: 'rate_limited' });
      expect(await stateIn('fr')).toMatchObject({ state: 'suspended', failure: 'quota' });
      expect(await stateIn('en')).toMatchObject({ state: 'failed', failure: 'bad_output' });
      expect(await stateIn('de')).toMatchObject({ state: 'unsupported' });
    }, 30);
    const pageIn = async (language: string) => (await platform.visitor().get(`/${language}/ideas/${id}`)).text;
    expect(await pageIn('pt')).toContain('tem demasiado trabalho');
    expect(await pageIn('en')).toContain('No usable translation came out.');
    expect(await pageIn('en')).toContain(BODY.title);
    expect(await pageIn('en')).not.toContain('<script>alert');
  });

  test('and come back one by one', async () => {
    const { text } = await postIdea(ana, { title: 'Vuelta' });
    await ana.api('POST', `/texts/${text}/translations/pt`);
    await eventually(async () => {
      await letBreaksPass(platform.em());
      expect((await translationOf(platform.em(), text, 'pt'))?.state).toBe('ready');
    }, 30);
  });
});

describe('when the first engine of a pair is away, the next one serves', () => {
  let deepl: StandIn;

  beforeAll(async () => {
    deepl = await startDeepL({ key: 'secret:fx' });
    await open({ TRANSLATION_ENGINES: 'libretranslate,deepl', DEEPL_API_KEY: 'secret:fx', DEEPL_URL: deepl.url });
  });
  afterAll(async () => {
    await close();
    await deepl.close();
  });

  test('and is named beside the translation', async () => {
    service.misbehave({ status: 500 }, Infinity);
    const { text } = await postIdea();
    await ana.api('POST', `/texts/${text}/translations/pt`);
    await eventually(
      async () =>
        expect((await ana.api('GET', `/texts/${text}/translations/pt`)).body).toMatchObject({
          state: 'ready',
          engine: 'deepl',
          variant: 'pt-PT',
        }),
      30,
    );
  });

  test('but texts of a space that keeps them at home are sent to nobody outside', async () => {
    await platform.em().getConnection().execute("update space set external_engines = false where slug = 'climate'");
    const asked = deepl.requests.length + service.requests.length;
    const { text } = await postIdea(ana, { title: 'En casa' });
    await ana.api('POST', `/texts/${text}/translations/fr`);
    await eventually(async () => expect((await translationOf(platform.em(), text, 'fr'))?.state).toBe('suspended'), 60);
    expect(deepl.requests.length + service.requests.length).toBe(asked);
  });
});

describe('a language model', () => {
  let model: StandIn;

  beforeAll(async () => {
    model = await startOpenAi({ model: 'small' });
    await open({ TRANSLATION_ENGINES: 'openai-compatible', OPENAI_URL: `${model.url}/v1`, OPENAI_MODEL: 'small' });
  });
  afterAll(async () => {
    await close();
    await model.close();
  });

  test('never gets the texts of two people in one request, where one could talk it into bending the other', async () => {
    await addBacklog(platform.em(), 20, 'pt');
    await eventually(async () => expect(await countStates(platform.em())).toEqual({ ready: 20 }), 30);
    const asked = model.requests.map(({ body }) => JSON.stringify(body).match(/Propuesta número \d+/g)?.length ?? 0);
    expect(Math.max(...asked)).toBe(1);
  });
});

describe('a budget', () => {
  beforeAll(() => open({ TRANSLATION_BUDGETS: 'libretranslate:day:1000' }));
  afterAll(close);

  test('is never exceeded, however much waits, and the rest keeps its place', async () => {
    await addBacklog(platform.em(), 200, 'pt');
    await eventually(async () => expect((await countStates(platform.em()))['queued'] ?? 0).toBe(0), 30);
    const sent = translated().reduce((sum, text) => sum + text.length, 0);
    expect(sent).toBeGreaterThan(500);
    expect(sent).toBeLessThanOrEqual(1_000);
    const { ready = 0, suspended = 0, ...rest } = await countStates(platform.em());
    expect(rest).toEqual({});
    expect(ready + suspended).toBe(200);
    expect(await readSpent(platform.em(), { engine: 'libretranslate', timeZone: 'Europe/Brussels' })).toEqual({
      day: sent,
      month: sent,
    });
  });
});
