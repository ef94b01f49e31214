import { describe, expect, test } from 'vitest';
import { translateBatch } from '../../translation/batch.ts';
import { acceptDelivery } from '../../translation/delivery.ts';
import {
  type Engine,
  EngineError,
  type EngineRequest,
  type EngineText,
  type Pair,
} from '../../translation/engines/engine.ts';
import { createNone } from '../../translation/engines/none.ts';
import type { Memory, MemoryEntry } from '../../translation/memory.ts';
import type { BatchOptions, EngineCall, Submission } from '../../translation/ports.ts';
import { type Way, waysOf } from '../../translation/ways.ts';

describe('what was translated once', () => {
  test('is not sent again: the same paragraph in fifty ideas is one call', async () => {
    const engine = recording();
    const memory = memoryOf();
    const ideas = Array.from({ length: 50 }, (_, n) => ({
      title: `Idea ${'abcdefghij'[n % 10]}`,
      body: 'Más trenes.\n\nMenos coches.',
    }));
    await translateBatch(wayOf(engine), ideas, { memory });
    expect(engine.sent.filter((text) => text === 'Más trenes.')).toHaveLength(1);
    expect(engine.sent).toHaveLength(12);
    await translateBatch(wayOf(engine), ideas, { memory });
    expect(engine.sent).toHaveLength(12);
  });

  test('after a change only the changed paragraph is sent', async () => {
    const engine = recording();
    const memory = memoryOf();
    const spared: number[] = [];
    await translateBatch(wayOf(engine), [{ body: 'Más trenes.\n\nMenos coches.' }], { memory });
    const onRemembered = (_: Engine, characters: number) => void spared.push(characters);
    const [made] = await translateBatch(wayOf(engine), [{ body: 'Más trenes.\n\nMenos aviones.' }], {
      memory,
      onRemembered,
    });
    expect(made).toMatchObject({ state: 'ready', body: 'MÁS TRENES.\n\nMENOS AVIONES.' });
    expect(engine.sent).toEqual(['Más trenes.', 'Menos coches.', 'Menos aviones.']);
    expect(spared).toEqual(['Más trenes.'.length]);
  });

  test('is shared by texts that differ in their links', async () => {
    const engine = recording();
    const memory = memoryOf();
    await translateBatch(wayOf(engine), [{ body: 'Vea https://uno.example hoy' }], { memory });
    const [made] = await translateBatch(wayOf(engine), [{ body: 'Vea https://dos.example hoy' }], { memory });
    expect(made).toMatchObject({ body: 'VEA https://dos.example HOY' });
    expect(engine.sent).toHaveLength(1);
  });

  test('is of another engine of the same tier, and of no other', async () => {
    const memory = memoryOf();
    await translateBatch(wayOf(recording({ name: 'one', tier: 'good' })), [{ body: 'Hola.' }], { memory });
    const alike = recording({ name: 'two', tier: 'good' });
    await translateBatch(wayOf(alike), [{ body: 'Hola.' }], { memory });
    expect(alike.sent).toEqual([]);
    const better = recording({ name: 'three', tier: 'best' });
    await translateBatch(wayOf(better), [{ body: 'Hola.' }], { memory });
    expect(better.sent).toEqual(['Hola.']);
  });

  test('on the way over another language serves all that pass there', async () => {
    const engine = recording({}, ['it>es', 'es>pt', 'es>fr', 'it>es>pt', 'it>es>fr']);
    const memory = memoryOf();
    for (const target of ['es', 'pt', 'fr'])
      await translateBatch(wayOf(engine, 'it', target), [{ body: 'Più treni.' }], { memory });
    expect(engine.asked).toEqual(['it>es', 'es>pt', 'es>fr']);
  });
});

describe('a text that fails', () => {
  test('takes no other with it', async () => {
    const engine = recording({ say: (text) => (text.includes('veneno') ? '<script>' : text.toUpperCase()) });
    const [good, bad, other] = await translateBatch(
      wayOf(engine),
      ['Uno.', 'veneno', 'Dos.'].map((body) => ({ body })),
    );
    expect(good).toMatchObject({ state: 'ready', body: 'UNO.' });
    expect(bad).toMatchObject({ state: 'failed', error: { kind: 'bad_output' } });
    expect(other).toMatchObject({ state: 'ready', body: 'DOS.' });
  });

  test('because the engine refuses it is found among the others, one by one', async () => {
    const engine = recording({
      refuse: (texts) => texts.some(({ text }) => text.includes('veneno')) && new EngineError('bad_request', 'No.'),
    });
    const outcomes = await translateBatch(
      wayOf(engine),
      ['Uno.', 'veneno', 'Dos.'].map((body) => ({ body })),
    );
    expect(outcomes.map(({ state }) => state)).toEqual(['ready', 'failed', 'ready']);
  });

  test('because the engine is away ends the batch: nobody knocks a hundred times', async () => {
    const calls: EngineCall[] = [];
    const engine = recording({
      refuse: () => new EngineError('unavailable', 'Closed.'),
      limits: { textsPerRequest: 1 },
    });
    const texts = Array.from({ length: 100 }, (_, n) => ({
      body: `Texto ${'abcdefghij'[n % 10]}${'abcdefghij'[Math.floor(n / 10)]}`,
    }));
    const outcomes = await translateBatch(wayOf(engine), texts, { onCall: (call) => void calls.push(call) });
    expect(outcomes.every((outcome) => outcome.state === 'failed' && outcome.error.kind === 'unavailable')).toBe(true);
    expect(calls).toHaveLength(1);
  });

  test('because the budget is spent was never sent', async () => {
    const engine = recording();
    const [outcome] = await translateBatch(wayOf(engine), [{ body: 'Hola.' }], { reserve: async () => false });
    expect(outcome).toMatchObject({ state: 'failed', error: { kind: 'quota' } });
    expect(engine.sent).toEqual([]);
  });

  test('because it is still in the language of the original is not shown', async () => {
    const long = 'Debemos invertir más en energías renovables y en el transporte público de todas las ciudades.';
    const lazy = recording({ say: (text) => text.replace('Debemos', 'Tenemos que') });
    const languageOf: BatchOptions['languageOf'] = () => ({ language: 'es', confidence: 0.99 });
    const [outcome] = await translateBatch(wayOf(lazy), [{ body: long }], { languageOf });
    expect(outcome).toMatchObject({ state: 'failed', error: { kind: 'bad_output' } });
    const unsure: BatchOptions['languageOf'] = () => ({ language: 'es', confidence: 0.9 });
    expect((await translateBatch(wayOf(lazy), [{ body: long }], { languageOf: unsure }))[0]?.state).toBe('ready');
  });
});

describe('a glossary', () => {
  const glossary = () => [{ source: 'Pacto Verde', target: 'Green Deal' }];

  test('is given to an engine that applies it, as far as it occurs', async () => {
    const engine = recording({ appliesGlossary: true });
    await translateBatch(wayOf(engine), [{ body: 'El pacto verde europeo' }, { body: 'Otra cosa' }], { glossary });
    expect(engine.glossaries).toEqual([glossary()]);
    const other = recording({ appliesGlossary: true });
    await translateBatch(wayOf(other), [{ body: 'Otra cosa' }], { glossary });
    expect(other.glossaries).toEqual([undefined]);
  });

  test('is looked for in the answer of every engine', async () => {
    const translations = new Map([
      ['El pacto verde', 'The green deals'],
      ['Un Pacto Verde', 'A green pact'],
    ]);
    const engine = recording({ say: (text) => translations.get(text) ?? text });
    const outcomes = await translateBatch(wayOf(engine), [{ body: 'El pacto verde' }, { body: 'Un Pacto Verde' }], {
      glossary,
    });
    expect(outcomes.map((outcome) => outcome.state === 'ready' && outcome.missed)).toEqual([[], glossary()]);
  });

  test('makes another translation of it: nothing old is remembered for the new words', async () => {
    const engine = recording();
    const memory = memoryOf();
    await translateBatch(wayOf(engine), [{ body: 'El pacto verde' }], { memory });
    await translateBatch(wayOf(engine), [{ body: 'El pacto verde' }], { memory, glossary });
    expect(engine.sent).toHaveLength(2);
  });
});

test('an engine that never answers and does not listen holds nobody up', async () => {
  const engine: Engine = { ...recording(), translate: () => new Promise(() => {}) };
  const work = translateBatch(wayOf(engine), [{ body: 'Más trenes.' }], { signal: AbortSignal.timeout(50) });
  await expect(work).rejects.toMatchObject({ name: 'TimeoutError' });
});

describe('an engine that answers later', () => {
  test('is handed what is new, and its answer is taken from the memory', async () => {
    const memory = memoryOf();
    const handed: Submission[] = [];
    const engine = recording({ callbacks: callbacks() });
    const options: BatchOptions = { memory, submit: async (submission) => void handed.push(submission) };
    const texts = [{ title: 'Trenes', body: 'Más trenes nocturnos.' }];
    expect(await translateBatch(wayOf(engine), texts, options)).toEqual([{ state: 'submitted', isNew: true }]);
    const [submission] = handed;
    const body = JSON.stringify(submission?.texts.map(({ text }) => text.toUpperCase()));
    const delivery = { query: new URLSearchParams(), contentType: 'application/json', body };
    expect(await acceptDelivery(engine, submission ?? NOTHING, delivery, { memory })).toBe(0);
    const [made] = await translateBatch(wayOf(engine), texts, options);
    expect(made).toMatchObject({ state: 'ready', title: 'TRENES', body: 'MÁS TRENES NOCTURNOS.' });
    expect(handed).toHaveLength(1);
  });

  test('is not handed again what it has already', async () => {
    const handed: Submission[] = [];
    const calls: EngineCall[] = [];
    const engine = recording({ callbacks: callbacks() });
    const options: BatchOptions = {
      memory: memoryOf(),
      submit: async (submission) => void handed.push(submission),
      awaited: async () => new Set(handed.flatMap(({ texts }) => texts.map(({ id }) => id))),
      onCall: (call) => void calls.push(call),
    };
    const texts = [{ body: 'Más trenes nocturnos.' }];
    await translateBatch(wayOf(engine), texts, options);
    expect(await translateBatch(wayOf(engine), texts, options)).toEqual([{ state: 'submitted', isNew: false }]);
    expect([handed.length, calls.length]).toEqual([1, 1]);
  });

  test('cannot bring markup in by its callback', async () => {
    const memory = memoryOf();
    const engine = recording({ callbacks: callbacks() });
    const submission = {
      source: 'es',
      target: 'en',
      texts: [
        { id: 'a', text: 'Hola' },
        { id: 'b', text: 'Adiós' },
      ],
    };
    const delivery = {
      query: new URLSearchParams(),
      contentType: '',
      body: JSON.stringify(['<img src=x>', 'Goodbye']),
    };
    expect(await acceptDelivery(engine, submission, delivery, { memory })).toBe(1);
    expect([...(await memory.find(['a', 'b'])).entries()]).toEqual([['b', 'Goodbye']]);
  });
});

const NOTHING = { source: '', target: '', texts: [] };

/** A service whose callback posts a list of texts. */
function callbacks(): NonNullable<Engine['callbacks']> {
  return {
    patienceMs: 1_000,
    submit: async () => {},
    receive: ({ body }, texts) =>
      (JSON.parse(body) as string[]).map((text, index) => ({ id: texts[index]?.id ?? '', text })),
  };
}

interface Recording extends Engine {
  sent: string[];
  glossaries: (EngineRequest['glossary'] | undefined)[];
  asked: string[];
}

interface Change extends Partial<Omit<Engine, 'limits'>> {
  limits?: Partial<Engine['limits']>;
  say?: (text: string) => string;
  refuse?: (texts: readonly EngineText[]) => EngineError | false;
}

/** Keeps what it was asked, and answers in capitals. Spanish to English unless told otherwise. */
function recording({ say = loud, refuse, limits, ...change }: Change = {}, pairs: string[] = ['es>en']): Recording {
  const engine: Recording = {
    ...createNone(),
    tier: 'good',
    sent: [],
    glossaries: [],
    asked: [],
    pairs: () =>
      pairs.map((pair): Pair => {
        const [source = '', second = '', third] = pair.split('>');
        return third === undefined ? { source, target: second, via: null } : { source, target: third, via: second };
      }),
    translate: async ({ source, target, texts, glossary }) => {
      const error = refuse?.(texts);
      if (error) throw error;
      engine.sent.push(...texts.map(({ text }) => text));
      engine.glossaries.push(glossary);
      engine.asked.push(`${source}>${target}`);
      return texts.map(({ id, text }) => ({ id, text: say(text) }));
    },
    ...change,
    limits: {
      charactersPerText: 1_000,
      charactersPerRequest: 50_000,
      textsPerRequest: 50,
      requestsAtOnce: 1,
      ...limits,
    },
  };
  return engine;
}

const loud = (text: string): string => text.toUpperCase();

function wayOf(engine: Engine, source = 'es', target = 'en'): Way {
  const [way] = waysOf([engine]).between(source, target);
  if (!way) throw new Error('no way');
  return way;
}

function memoryOf(): Memory {
  const kept = new Map<string, MemoryEntry>();
  return {
    find: async (keys) =>
      new Map(keys.flatMap((key) => (kept.has(key) ? [[key, kept.get(key)?.text ?? ''] as const] : []))),
    keep: async (entries) => {
      for (const entry of entries) if (!kept.has(entry.key)) kept.set(entry.key, entry);
    },
  };
}
