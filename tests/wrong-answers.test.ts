import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { rows, type Em } from '../src/platform/db/database.ts';
import { createDeepL } from '../translation/engines/deepl.ts';
import type { Engine } from '../translation/engines/engine.ts';
import { createETranslation } from '../translation/engines/etranslation.ts';
import { createLibreTranslate } from '../translation/engines/libretranslate.ts';
import { createOpenAi } from '../translation/engines/openai-compatible.ts';
import { createEngine } from './support/page-engine.ts';
import { letBreaksPass, translationOf } from './support/queue.ts';
import { eventually, startPolyphony } from './support/polyphony.ts';
import { startDeepL } from './support/stand-ins/deepl.ts';
import { startETranslation } from './support/stand-ins/etranslation.ts';
import { startLibreTranslate } from './support/stand-ins/libretranslate.ts';
import { startOpenAi } from './support/stand-ins/openai-compatible.ts';
import type { Fault, StandIn } from './support/stand-ins/stand-in.ts';

// A proxy answers in the place of a service for a while: with its own page, with status 200. The texts wait, the engine is the one to blame.

interface Case {
  start(): Promise<StandIn>;
  open(url: string): Promise<Engine> | Engine;
  faults: readonly Fault[];
  /** How often a text is taken up when all goes well. */
  tries?: number;
}

const PAGES: readonly Fault[] = ['html', { status: 400, page: true }];

const CASES: Readonly<Record<string, Case>> = {
  libretranslate: {
    start: () => startLibreTranslate(),
    open: (url) => createLibreTranslate({ LIBRETRANSLATE_URL: url }),
    faults: [...PAGES, 'fewer'],
  },
  deepl: {
    start: () => startDeepL({ key: 'secret:fx' }),
    open: (url) => createDeepL({ DEEPL_URL: url, DEEPL_API_KEY: 'secret:fx' }),
    faults: [...PAGES, 'wrong-shape'],
  },
  etranslation: {
    start: () => startETranslation({ user: 'polyphony', password: 'secret' }),
    open: (url) =>
      createETranslation({ ETRANSLATION_URL: url, ETRANSLATION_USER: 'polyphony', ETRANSLATION_PASSWORD: 'secret' }),
    faults: [...PAGES, 'wrong-shape'],
    tries: 2,
  },
  'openai-compatible': {
    start: () => startOpenAi({ model: 'small' }),
    open: (url) => createOpenAi({ OPENAI_URL: `${url}/v1`, OPENAI_MODEL: 'small' }),
    faults: [...PAGES, 'chatter'],
  },
  'an operator’s own': {
    start: () => startLibreTranslate(),
    open: (url) => createEngine({ TRUSTED_URL: url }),
    faults: [...PAGES, 'wrong-shape', 'fewer'],
  },
};

interface Health {
  failures: number;
  reason: string | null;
}

const healthOf = async (em: Em, engine: string): Promise<Health | undefined> =>
  (await rows(em, sql<Health>`select failures, reason from engine_state where engine = ${engine}`))[0];

describe('F98: what is no answer of its protocol', () => {
  test.each(Object.entries(CASES))(
    'is the failure of %s, and no text fails by it',
    async (_, { start, open, faults, tries = 1 }) => {
      const service = await start();
      const engine = await open(service.url);
      const polyphony = await startPolyphony({}, { engine });
      try {
        const ana = await polyphony.person('Ana', { language: 'es' });
        for (const [at, fault] of faults.entries()) {
          service.misbehave(fault);
          const idea = { title: `Trenes ${at}`, body: `Propongo el tren número ${at}.`, language: 'es' };
          const { body } = await ana.api('POST', '/spaces/climate/ideas', idea);
          const text = String(body.text.id);
          await ana.api('POST', `/texts/${text}/translations/fr`);
          await eventually(async () => {
            expect(await healthOf(polyphony.em(), engine.name)).toMatchObject({ reason: 'unavailable' });
            expect((await healthOf(polyphony.em(), engine.name))?.failures).toBeGreaterThan(0);
            expect(await translationOf(polyphony.em(), text, 'fr')).toMatchObject({ failure: 'unavailable' });
          });
          service.misbehave(null);
          await eventually(async () => {
            await letBreaksPass(polyphony.em());
            expect(await translationOf(polyphony.em(), text, 'fr')).toMatchObject({ state: 'ready', tries });
          }, 20);
          await rows(polyphony.em(), sql`delete from engine_state`);
        }
      } finally {
        await polyphony.stop();
        await service.close();
      }
    },
  );

  test('a text that an engine makes nonsense of, while it serves others, fails alone', async () => {
    const service = await startOpenAi({
      model: 'small',
      say: (text) => (text.includes('veneno') ? '' : `${text} (fr)`),
    });
    const engine = createOpenAi({ OPENAI_URL: `${service.url}/v1`, OPENAI_MODEL: 'small' });
    const polyphony = await startPolyphony({}, { engine });
    try {
      const ana = await polyphony.person('Ana', { language: 'es' });
      const wish = async (body: string) => {
        const idea = await ana.api('POST', '/spaces/climate/ideas', { title: 'Trenes', body, language: 'es' });
        await ana.api('POST', `/texts/${idea.body.text.id}/translations/fr`);
        return String(idea.body.text.id);
      };
      const [bad, good] = [await wish('Un veneno.'), await wish('Un tren.')];
      await eventually(async () => {
        expect(await translationOf(polyphony.em(), bad, 'fr')).toMatchObject({
          state: 'failed',
          failure: 'bad_output',
        });
        expect(await translationOf(polyphony.em(), good, 'fr')).toMatchObject({ state: 'ready' });
      }, 20);
      expect((await healthOf(polyphony.em(), engine.name))?.failures ?? 0).toBe(0);
    } finally {
      await polyphony.stop();
      await service.close();
    }
  });
});
