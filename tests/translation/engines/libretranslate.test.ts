import { describe, expect, test } from 'vitest';

import { createLibreTranslate } from '#translation/engines/libretranslate.ts';
import { keepsTheContract, survivesItsService } from '../../support/engine-contract.ts';
import { startLibreTranslate, type LibreTranslateOptions } from '../../support/stand-ins/libretranslate.ts';
import type { StandIn } from '../../support/stand-ins/stand-in.ts';

const KEY = 'ks-4711-of-carlos';
const SPANISH = 'Más trenes.';

const open = (standIn: StandIn, options: { deadlineMs?: number } = {}) =>
  createLibreTranslate({ LIBRETRANSLATE_URL: `${standIn.url}/`, LIBRETRANSLATE_API_KEY: KEY }, options);

async function serving(options: LibreTranslateOptions = {}) {
  const standIn = await startLibreTranslate({ key: KEY, ...options });
  const engine = await open(standIn);
  const close = async () => {
    await engine.close();
    await standIn.close();
  };
  return { standIn, engine, [Symbol.asyncDispose]: close };
}

describe('LibreTranslate', () => {
  keepsTheContract(async () => {
    const standIn = await startLibreTranslate({ key: KEY });
    const engine = await open(standIn);
    const close = async () => {
      await engine.close();
      await standIn.close();
    };
    return { ...engine, close };
  });

  survivesItsService({
    start: () => startLibreTranslate({ key: KEY }),
    open,
    secrets: [KEY],
    pair: { source: 'es', target: 'pt' },
  });

  test('is sent the source language, plain text and the key, and nothing of who wrote it', async () => {
    await using both = await serving();
    await both.engine.translate({ source: 'es', target: 'pt', texts: [{ id: 'a', text: SPANISH }] });
    expect(both.standIn.requests.at(-1)?.body).toEqual({
      q: [SPANISH],
      source: 'es',
      target: 'pt',
      format: 'text',
      api_key: KEY,
    });
  });

  test('what it says stays plain text: nobody unescapes it a second time', async () => {
    await using both = await serving({ say: () => 'Pão & <b>vinho</b> &lt;' });
    const [answer] = await both.engine.translate({ source: 'es', target: 'pt', texts: [{ id: 'a', text: SPANISH }] });
    expect(answer?.text).toBe('Pão & <b>vinho</b> &lt;');
  });

  test('offers what the server has, under the names the world uses', async () => {
    await using both = await serving({ languages: ['en', 'pb', 'zt'] });
    const { engine, standIn } = both;
    expect(engine.pairs()).toHaveLength(6);
    expect(engine.pairs()).toContainEqual({ source: 'zh-Hant', target: 'pt-BR', via: null });
    await engine.translate({ source: 'en', target: 'pt-BR', texts: [{ id: 'a', text: 'More trains.' }] });
    expect(standIn.requests.at(-1)?.body).toMatchObject({ source: 'en', target: 'pb' });
  });

  test('while the server is away it offers 22 of the 24 languages, without Croatian and Maltese', async () => {
    const standIn = await startLibreTranslate();
    await standIn.close();
    const engine = await open(standIn);
    const languages = new Set(engine.pairs().map(({ source }) => source));
    expect(languages.has('ga')).toBe(true);
    expect(['hr', 'mt'].filter((each) => languages.has(each))).toEqual([]);
    expect(engine.pairs().filter(({ target }) => target === 'es')).toHaveLength(languages.size - 1);
  });

  test.each<[what: string, change: (languages: string[]) => void, characterLimit: number, kind: string]>([
    ['a text too long', () => {}, 5, 'too_long'],
    ['a language it has no more', (languages) => languages.pop(), 1_000, 'unsupported_pair'],
  ])('says in words only that it refuses %s', async (_what, change, characterLimit, kind) => {
    const languages = ['es', 'pt'];
    await using both = await serving({ languages, characterLimit });
    change(languages);
    const asked = both.engine.translate({ source: 'es', target: 'pt', texts: [{ id: 'a', text: SPANISH }] });
    await expect(asked).rejects.toMatchObject({ kind });
  });

  test('is declared by its operator to be local and eager, or is neither', async () => {
    await using both = await serving();
    expect(both.engine).toMatchObject({ local: false, policy: 'wish' });
    const environment = {
      LIBRETRANSLATE_URL: both.standIn.url,
      TRANSLATION_LOCAL: 'apertium, libretranslate',
      TRANSLATION_EAGER: 'libretranslate',
    };
    expect(await createLibreTranslate(environment)).toMatchObject({ local: true, policy: 'eager' });
  });
});
