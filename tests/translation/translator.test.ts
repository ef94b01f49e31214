import { describe, expect, test, vi } from 'vitest';
import { type Engine, EngineError, type EngineText } from '../../translation/engines/engine.ts';
import { createNone } from '../../translation/engines/none.ts';
import { createTranslator, translatorOf } from '../../translation/translator.ts';
import { installed } from '../support/apertium.ts';
import { keepsTheContract } from '../support/engine-contract.ts';

describe('the engine "none"', () => {
  keepsTheContract(async () => createNone());
});

describe('a translator', () => {
  test('says which engines there are when a name is unknown', async () => {
    await expect(createTranslator({ engines: ['babelfish'] })).rejects.toThrow(
      'There is no translation engine "babelfish"; there are: apertium, none.',
    );
  });

  test('with "none" alone has no translation for any pair', async () => {
    await using opened = await opening(['none']);
    expect(opened.translator.way('es', 'pt')).toBeNull();
    expect(opened.translator.targets('es')).toEqual([]);
    const wish = opened.translator.translate({ source: 'es', target: 'pt', body: 'Hola.' });
    await expect(wish).rejects.toMatchObject({ kind: 'unsupported_pair' });
  });

  test('goes on without an engine that is not on this machine, and says so', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const skipped: string[] = [];
    const options = { engines: ['apertium', 'none'], onSkip: (name: string) => skipped.push(name) };
    const translator = await createTranslator(options).finally(() => vi.unstubAllEnvs());
    expect(skipped).toEqual(['apertium']);
    expect(translator.engines().map(({ name }) => name)).toEqual(['none']);
  });

  test('asks the first engine that has the pair', () => {
    const translator = translatorOf([
      engineThatSays((text) => text, { name: 'first' }),
      engineThatSays((text) => text, { name: 'second', local: false, policy: 'wish' }),
    ]);
    expect(translator.way('es', 'en')).toMatchObject({ engine: 'first', policy: 'eager', local: true, via: null });
    expect(translator.ways('es', 'en').map(({ engine }) => engine)).toEqual(['first', 'second']);
    expect(translator.targets('es')).toEqual(['en']);
    expect(translator.way('en', 'es')).toBeNull();
  });

  test('keeps title, markers and what is no language', async () => {
    const translator = translatorOf([engineThatSays((text) => text.replaceAll(/tren(es)?/gi, 'train$1'))]);
    const body = '> tren\n\n- `tren` #tren\n- trenes [tren](https://tren.eu)\n\n12:30';
    expect(await translator.translate({ source: 'es', target: 'en', title: 'Tren', body })).toEqual({
      title: 'train',
      body: '> train\n\n- `tren` #tren\n- traines [train](https://tren.eu)\n\n12:30',
      engine: 'stub',
      via: null,
      variant: null,
    });
  });

  test('sends no more at once than the engine takes', async () => {
    const sizes: number[] = [];
    const engine = engineThatSays((text) => text.toUpperCase(), {
      limits: { charactersPerText: 10, charactersPerRequest: 100, textsPerRequest: 2, requestsAtOnce: 1 },
    });
    const counting: Engine = {
      ...engine,
      translate: (request) => (sizes.push(request.texts.length), engine.translate(request)),
    };
    const { body } = await translatorOf([counting]).translate({
      source: 'es',
      target: 'en',
      body: 'uno dos tres cuatro cinco\n\nseis',
    });
    expect(body).toBe('UNO DOS TRES CUATRO CINCO\n\nSEIS');
    expect(Math.max(...sizes)).toBe(2);
  });

  test('an engine that answers <script> harms nobody: the text is refused', async () => {
    const translator = translatorOf([engineThatSays(() => '<script>alert(1)</script>')]);
    const wish = translator.translate({ source: 'es', target: 'en', title: 'Hola', body: 'Hola.' });
    await expect(wish).rejects.toBeInstanceOf(EngineError);
    await expect(wish).rejects.toMatchObject({ kind: 'bad_output' });
  });

  test('an engine that loses paragraphs, a plain word too, is itself at fault', async () => {
    const wish = translatorOf([mixing((texts) => texts.slice(1))]).translate({
      source: 'es',
      target: 'en',
      body: 'Uno.\n\nDos.',
    });
    await expect(wish).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('an engine that mixes up paragraphs is asked for each alone', async () => {
    const { body } = await translatorOf([mixing((texts) => texts.toReversed())]).translate({
      source: 'es',
      target: 'en',
      body: 'Uno.\n\nDos.',
    });
    expect(body).toBe('UNO.\n\nDOS.');
  });
});

function mixing(mix: (texts: EngineText[]) => EngineText[]): Engine {
  const engine = engineThatSays((text) => text.toUpperCase());
  return { ...engine, translate: async (request) => mix(await engine.translate(request)) };
}

describe.skipIf(!installed)('a translator with Apertium', () => {
  test('translates an idea', async () => {
    await using opened = await opening(['apertium', 'none']);
    const idea = {
      title: 'Energía limpia',
      body: '- Debemos invertir más en energías renovables y en el transporte público.\n- Véase [la página](https://example.eu/es).',
    };
    expect(await opened.translator.translate({ source: 'es', target: 'pt', ...idea })).toEqual({
      title: 'Energia limpa',
      body: '- Devemos investir mais em energias renováveis e no transporte público.\n- Veja-se [a página](https://example.eu/es).',
      engine: 'apertium',
      via: null,
      variant: null,
    });
  });

  test('has nothing from German, and tells how English gets to French', async () => {
    await using opened = await opening(['apertium']);
    expect(opened.translator.way('de', 'en')).toBeNull();
    expect(opened.translator.targets('ro').toSorted()).toEqual(['en', 'es', 'fr', 'it', 'pt']);
    expect(opened.translator.way('en', 'fr')).toMatchObject({
      engine: 'apertium',
      policy: 'eager',
      local: true,
      via: 'ca',
    });
  });

  test('keeps every placeholder over all 27 pairs', async () => {
    await using opened = await opening(['apertium']);
    const pairs = opened.translator.engines().flatMap((engine) => engine.pairs());
    expect(pairs).toHaveLength(27);
    const hidden = [
      '`code`',
      'https://europa.eu/x?y=z',
      '@ana',
      '#Europa',
      'XQ3QX',
      'ana@europa.eu',
      '(https://x.eu "x")',
    ];
    const body =
      'Europa `code`: https://europa.eu/x?y=z (@ana, #Europa) XQ3QX – ana@europa.eu! [Europa](https://x.eu "x")';
    await Promise.all(
      pairs.map(async ({ source, target }) => {
        const answer = await opened.translator.translate({ source, target, title: body, body });
        for (const one of hidden)
          expect(answer.body.split(one), `${source}>${target}`).toHaveLength(body.split(one).length);
        expect(answer.title, `${source}>${target}`).toBe(answer.body);
      }),
    );
  });
});

async function opening(engines: string[]) {
  const translator = await createTranslator({ engines });
  return { translator, [Symbol.asyncDispose]: () => translator.close() };
}

/** Stands for engines outside our house, Spanish to English. */
function engineThatSays(say: (text: string) => string, change: Partial<Engine> = {}): Engine {
  return {
    ...createNone(),
    name: 'stub',
    policy: 'eager',
    limits: { charactersPerText: 1_000, charactersPerRequest: 50_000, textsPerRequest: 50, requestsAtOnce: 1 },
    pairs: () => [{ source: 'es', target: 'en', via: null }],
    translate: async ({ texts }) => texts.map(({ id, text }) => ({ id, text: say(text) })),
    ...change,
  };
}
