import { setTimeout } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { EngineError, type Engine } from '../translation/engines/engine.ts';
import type { Visitor } from './support/browser-like.ts';
import { letBreaksPass, translationOf } from './support/queue.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';

// What people and programs do while a translation waits or is being made.

let polyphony: TestPlatform;
let maria: ApiPerson;
let anna: ApiPerson;
let olga: Visitor;
/** Everything the engine was asked for. */
let asked: string[] = [];
/** What it does with a text before it says something. */
let think: (text: string, source: string) => Promise<void> = async () => {};

async function open(engines: readonly Engine[]): Promise<void> {
  polyphony = await startPolyphony({}, { engines });
  maria = await polyphony.person('María', { language: 'es' });
  anna = await polyphony.person('Anna', { language: 'en' });
  olga = await polyphony.signIn('Olga', { roles: ['administrator', 'moderator'] });
}

afterEach(() => {
  asked = [];
  think = async () => {};
});

/** Outside the house, and only for what somebody wishes. */
function thinking(more: Partial<Engine> = {}): Engine {
  const stub = stubEngine({ policy: 'wish' });
  return {
    ...{ ...stub, local: false, ...more },
    translate: async (request) => {
      for (const { text } of request.texts) {
        asked.push(text);
        await think(text, request.source);
      }
      return stub.translate(request);
    },
  };
}

async function post(title: string, space = 'climate'): Promise<{ id: string; text: string }> {
  const idea = { title, body: `${title} para todos.`, language: 'es' };
  const { body } = await maria.api('POST', `/spaces/${space}/ideas`, idea);
  return { id: body.id, text: body.text.id };
}

const wish = (text: string, language = 'en') => anna.api('POST', `/texts/${text}/translations/${language}`);
const found = (text: string, language = 'en') => translationOf(polyphony.em(), text, language);

/** Turns the clock: texts in somebody's hands are free again. */
const endLeases = () => rows(polyphony.em(), sql`update translation set lease_until = now() where state = 'queued'`);

async function setPaused(isPaused: boolean): Promise<void> {
  await olga.submit(`/en/admin/translation/engines/stub/${isPaused ? 'pause' : 'resume'}`, {});
  // Workers look once a second.
  await setTimeout(1_100);
}

describe('with an engine outside the house', () => {
  beforeAll(() => open([thinking()]));
  afterAll(() => polyphony.stop());

  test('what Olga hides while it waits is sent to nobody, and can be wished for again once she restores it', async () => {
    await setPaused(true);
    const { id, text } = await post('Más trenes');
    await wish(text);
    await eventually(async () => expect((await found(text))?.state).toBe('suspended'));
    expect(
      (await olga.submit(`/en/ideas/${id}/hide`, { reason: 'It names a neighbour and where she lives.' })).status,
    ).toBe(303);
    await setPaused(false);
    await eventually(async () => expect(await found(text)).toBeNull());
    expect(asked).toEqual([]);
    await olga.submit(`/en/ideas/${id}/restore`, { reason: 'The name is gone.' });
    await wish(text);
    await eventually(async () => expect((await found(text))?.state).toBe('ready'));
  });

  test('what is for its author alone stays in the house, even when Olga lets the texts of its space out again', async () => {
    const { id } = await post('Más árboles');
    await olga.submit(`/en/ideas/${id}/hide`, { reason: 'It names a neighbour and where she lives.' });
    const [decision] = await rows(
      polyphony.em(),
      sql<{ text: string }>`select text_id as text from subject where kind = 'decision' and parent_id = ${id}`,
    );
    const text = decision?.text ?? '';
    asked = [];
    await maria.api('POST', `/texts/${text}/translations/es`);
    await eventually(async () => expect((await found(text, 'es'))?.state).toBe('suspended'), 20);
    for (const external of ['no', 'yes']) await olga.submit('/en/admin/translation/spaces/climate', { external });
    const [row] = await rows(polyphony.em(), sql`select local_only from translation where text_id = ${text}`);
    expect(row).toEqual({ local_only: true });
    expect(asked).toEqual([]);
  });

  test('Olga corrects the language while the engine works: its failure is none of the new translation', async () => {
    const { text } = await post('Menos coches');
    const failing = Promise.withResolvers<void>();
    const going = Promise.withResolvers<void>();
    think = async (_, source) => {
      if (source === 'pt') return going.promise;
      await failing.promise;
      throw new EngineError('unavailable', 'The stub went home.');
    };
    await wish(text);
    await eventually(async () => expect(asked.length).toBe(1));
    await olga.submit(`/en/texts/${text}/language`, { language: 'pt' });
    await wish(text);
    await eventually(async () => expect(asked.length).toBe(2));
    failing.resolve();
    await eventually(async () => {
      const [state] = await rows(polyphony.em(), sql<{ failures: number }>`select failures from engine_state`);
      expect(state?.failures).toBe(1);
    });
    // So long a worker takes at most to write down what came of it.
    await setTimeout(300);
    expect(await found(text)).toMatchObject({ state: 'queued', tries: 1, failure: null });
    going.resolve();
    await eventually(async () => expect((await found(text))?.state).toBe('ready'));
  });
});

describe('a text on which something of ours breaks each time', () => {
  beforeAll(() => open([thinking()]));
  afterAll(() => polyphony.stop());

  test('is given up, and takes along none of those that were in the same hands; it can be asked for again', async () => {
    const isBad = (text: string) => text.includes('rotos');
    think = async (text) => {
      if (isBad(text)) throw new TypeError('Nobody thought of this.');
    };
    await setPaused(true);
    const posted = await Promise.all(
      ['Más puentes', 'Puentes rotos', 'Más barcos', 'Más ríos'].map((title) => post(title)),
    );
    for (const { text } of posted) await wish(text);
    await setPaused(false);
    const states = () => Promise.all(posted.map(async ({ text }) => (await found(text))?.state));
    await eventually(async () => {
      await endLeases();
      expect(await states()).toEqual(['ready', 'failed', 'ready', 'ready']);
    }, 20);
    think = async () => {};
    await wish(posted[1]?.text ?? '');
    await eventually(async () => expect(await states()).toEqual(['ready', 'ready', 'ready', 'ready']));
  });
});

describe('on a way over two engines', () => {
  let isAway = false;

  beforeAll(() => {
    const home = thinking();
    const first = { ...home, name: 'first', pairs: () => [{ source: 'es', target: 'en', via: null }] };
    const second: Engine = {
      ...{ ...home, name: 'second', pairs: () => [{ source: 'en', target: 'pt-BR', via: null }] },
      translate: (request) => {
        if (isAway) throw new EngineError('unavailable', 'The second is away.', { retryAfterMs: 60_000 });
        return home.translate(request);
      },
    };
    return open([first, second]);
  });
  afterAll(() => polyphony.stop());

  test('what waits for the second one goes on by itself when that is back', async () => {
    isAway = true;
    const { text } = await post('Más trenes');
    await wish(text, 'pt');
    await eventually(async () => expect((await found(text, 'pt'))?.state).toBe('suspended'), 20);
    isAway = false;
    await letBreaksPass(polyphony.em());
    await eventually(async () => expect((await found(text, 'pt'))?.state).toBe('ready'), 20);
  });

  test('what Olga wants anew is asked of both again, also where readers get a variant', async () => {
    const { text } = await post('Más barcos');
    await wish(text, 'pt');
    await eventually(async () => expect((await found(text, 'pt'))?.state).toBe('ready'));
    const before = asked.length;
    expect((await olga.submit(`/en/texts/${text}/translations/pt/anew`, {})).status).toBe(303);
    await eventually(async () => expect((await found(text, 'pt'))?.state).toBe('ready'));
    expect([before, asked.length]).toEqual([4, 8]);
  });
});
