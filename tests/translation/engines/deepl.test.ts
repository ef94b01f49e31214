import { describe, expect, test } from 'vitest';

import { createDeepL } from '#translation/engines/deepl.ts';
import { keepsTheContract, survivesItsService } from '../../support/engine-contract.ts';
import { startDeepL, type DeepLOptions } from '../../support/stand-ins/deepl.ts';
import { field, type StandIn } from '../../support/stand-ins/stand-in.ts';

const KEY = '279a2e9d-83b3-c416:fx';
const TERMS = [
  { source: 'trenes', target: 'comboios' },
  { source: 'noche', target: 'noite' },
];
const SPANISH = [{ id: 'a', text: 'Más trenes de noche.' }];
const PAIR = { source: 'es', target: 'pt-PT' };

const open = (standIn: StandIn, options: { deadlineMs?: number } = {}) =>
  createDeepL({ DEEPL_URL: standIn.url, DEEPL_API_KEY: KEY }, options);

async function serving(options: Partial<DeepLOptions> = {}) {
  const standIn = await startDeepL({ key: KEY, ...options });
  const engine = await open(standIn);
  const close = async () => {
    await engine.close();
    await standIn.close();
  };
  return { standIn, engine, [Symbol.asyncDispose]: close };
}

describe('DeepL', () => {
  keepsTheContract(async () => {
    const { engine, [Symbol.asyncDispose]: close } = await serving();
    return { ...engine, close };
  });

  survivesItsService({
    start: () => startDeepL({ key: KEY }),
    open,
    secrets: [KEY],
    pair: PAIR,
    knowsQuota: true,
  });

  test('offers its variants under codes of their own, and none of a language into itself', async () => {
    await using both = await serving();
    const pairs = both.engine.pairs().map(({ source, target }) => `${source}>${target}`);
    for (const pair of ['es>pt-PT', 'es>pt-BR', 'es>en-GB', 'en>zh-Hans', 'pt>en-US']) expect(pairs).toContain(pair);
    for (const pair of ['pt>pt-BR', 'en>en-GB', 'es>pt', 'es>en']) expect(pairs).not.toContain(pair);
  });

  test('asks for the very variant, and for punctuation as it was', async () => {
    await using both = await serving();
    await both.engine.translate({ ...PAIR, texts: SPANISH });
    expect(both.standIn.requests.at(-1)?.body).toEqual({
      text: ['Más trenes de noche.'],
      source_lang: 'ES',
      target_lang: 'PT-PT',
      preserve_formatting: true,
    });
  });

  test('a glossary is made once for a set of terms, and found again after a restart', async () => {
    await using both = await serving();
    const { engine, standIn } = both;
    const [answer] = await engine.translate({ ...PAIR, texts: SPANISH, glossary: TERMS });
    expect(answer?.text).toBe('Más comboios de noite. (PT-PT)');
    await engine.translate({ ...PAIR, texts: SPANISH, glossary: TERMS.toReversed() });
    const restarted = await open(standIn);
    await restarted.translate({ ...PAIR, texts: SPANISH, glossary: TERMS });
    expect(standIn.glossaries).toHaveLength(1);
    await restarted.translate({ ...PAIR, texts: SPANISH, glossary: TERMS.slice(1) });
    expect(standIn.glossaries).toHaveLength(2);
  });

  test('a glossary that somebody deleted is made anew', async () => {
    await using both = await serving();
    const { engine, standIn } = both;
    await engine.translate({ ...PAIR, texts: SPANISH, glossary: TERMS });
    standIn.glossaries.length = 0;
    const [answer] = await engine.translate({ ...PAIR, texts: SPANISH, glossary: TERMS });
    expect(answer?.text).toBe('Más comboios de noite. (PT-PT)');
  });

  test.each([false, true])('a pair that can have no glossary is translated without (old: %s)', async (isOld) => {
    await using both = await serving({ isOld });
    const request = { source: 'it', target: 'es', texts: [{ id: 'a', text: 'Più treni.' }], glossary: TERMS };
    expect(await both.engine.translate(request)).toEqual([{ id: 'a', text: 'Più treni. (ES)' }]);
    // Who is told so beforehand does not try.
    const tried = both.standIn.requests.filter(({ method, path }) => method === 'POST' && path === '/v3/glossaries');
    expect(tried).toHaveLength(isOld ? 1 : 0);
  });

  test('F13: asks which languages it has, and offers Croatian, Irish and Maltese where it lists them', async () => {
    await using both = await serving();
    const pairs = both.engine.pairs().map(({ source, target }) => `${source}>${target}`);
    for (const code of ['hr', 'ga', 'mt'])
      expect(pairs).toEqual(expect.arrayContaining([`es>${code}`, `${code}>en-GB`]));
    expect(both.standIn.requests.map(({ path }) => path)).toEqual(['/v3/languages']);
    const texts = [{ id: 'a', text: 'Više vlakova.' }];
    const request = { source: 'hr', target: 'mt', texts, glossary: [{ source: 'vlak', target: 'ferrovija' }] };
    expect(await both.engine.translate(request)).toEqual([{ id: 'a', text: 'Više vlakova. (MT)' }]);
  });

  test('F13: asks in the older way where the service does not know that question', async () => {
    await using both = await serving({ isOld: true });
    const pairs = both.engine.pairs().map(({ source, target }) => `${source}>${target}`);
    expect(pairs).toContain('es>pt-PT');
    expect(pairs).not.toContain('es>hr');
    expect(both.standIn.requests.map(({ path }) => path)).toEqual(['/v3/languages', '/v2/languages', '/v2/languages']);
  });

  test('an account full of our glossaries loses the oldest', async () => {
    await using both = await serving();
    const { engine, standIn } = both;
    const old = (at: number) => ({
      glossary_id: `old-${at}`,
      name: `polyphony es>pt ${at}`,
      creation_time: new Date(at).toISOString(),
      dictionaries: [],
    });
    standIn.glossaries.push(...Array.from({ length: 500 }, (_, at) => old(500 - at)));
    await engine.translate({ ...PAIR, texts: SPANISH, glossary: TERMS });
    expect(standIn.glossaries).toHaveLength(500);
    expect(standIn.glossaries.map(({ glossary_id }) => glossary_id)).not.toContain('old-1');
  });

  test('tells how much is left, and is not well when nothing is', async () => {
    await using both = await serving({ characterLimit: 1_000 });
    await both.engine.translate({ ...PAIR, texts: SPANISH });
    expect(await both.engine.health()).toEqual({
      ok: true,
      message: `DeepL answers; 980 of 1,000 characters are left until the period ends; ${both.engine.pairs().length} pairs of languages.`,
    });
    const long = [{ id: 'a', text: 'a'.repeat(2_000) }];
    await expect(both.engine.translate({ ...PAIR, texts: long })).rejects.toMatchObject({ kind: 'quota' });
    expect(await both.engine.health()).toMatchObject({ ok: false });
  });

  test('never sends more than 128 KiB, whatever the letters weigh', async () => {
    await using both = await serving();
    const heavy = Array.from({ length: 2 }, (_, at) => ({ id: String(at), text: '\u0001'.repeat(20_000) }));
    await expect(both.engine.translate({ ...PAIR, texts: heavy })).rejects.toMatchObject({ kind: 'too_long' });
    const greek = Array.from({ length: 2 }, (_, at) => ({ id: String(at), text: 'ἀ'.repeat(20_000) }));
    expect(await both.engine.translate({ ...PAIR, texts: greek })).toHaveLength(2);
    expect(both.standIn.requests.filter(({ path }) => path === '/v2/translate')).toHaveLength(1);
  });

  test('costs what the operator pays', async () => {
    await using both = await serving();
    expect(both.engine.cost(1_000_000)).toBe(20);
    const environment = { DEEPL_URL: both.standIn.url, DEEPL_API_KEY: KEY, DEEPL_EURO_PER_MILLION: '17.5' };
    expect((await createDeepL(environment)).cost(2_000_000)).toBe(35);
  });

  test('a key of somebody else is refused', async () => {
    await using both = await serving();
    const engine = await createDeepL({ DEEPL_URL: both.standIn.url, DEEPL_API_KEY: 'other' });
    expect(await engine.health()).toEqual({
      ok: false,
      message: 'DeepL does not let this key or address in (HTTP 403).',
    });
    expect(field(both.standIn.requests.at(-1)?.headers, 'authorization')).toBe('DeepL-Auth-Key other');
  });
});
