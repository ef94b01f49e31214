import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { installed } from '../../support/apertium.ts';
import { checkLines, sayWell } from '../../support/check-lines.ts';
import { runCommand, type Environment } from '../../support/program.ts';
import { startDeepL, type DeepLStandIn } from '../../support/stand-ins/deepl.ts';
import { startETranslation, type ETranslationStandIn } from '../../support/stand-ins/etranslation.ts';
import { startLibreTranslate } from '../../support/stand-ins/libretranslate.ts';
import type { Fault, StandIn } from '../../support/stand-ins/stand-in.ts';

const KEY = 'key-of-carlos';

let libre: StandIn;
let deepl: DeepLStandIn;
let etranslation: ETranslationStandIn;
let environment: Environment;
beforeAll(async () => {
  libre = await startLibreTranslate({ say: sayWell });
  deepl = await startDeepL({ key: KEY, say: sayWell });
  etranslation = await startETranslation({ user: 'carlos', password: KEY });
  environment = {
    LIBRETRANSLATE_URL: libre.url,
    DEEPL_URL: deepl.url,
    DEEPL_API_KEY: KEY,
    ETRANSLATION_URL: etranslation.url,
    ETRANSLATION_USER: 'carlos',
    ETRANSLATION_PASSWORD: KEY,
  };
});
afterAll(() => Promise.all([libre, deepl, etranslation].map((each) => each.close())));

const check = (words: string, change: Environment = {}) =>
  runCommand(['engine', 'check', ...words.split(' ')], { ...environment, ...change });

describe('Carlos proves an engine', () => {
  test('and sees ten sentences in each of two directions, with the time they took', async () => {
    const { code, lines } = await check('libretranslate');
    expect(code).toBe(0);
    expect(lines[0]).toBe(
      'LibreTranslate (libretranslate): external: texts leave your machines, translates what somebody wishes for.',
    );
    expect(lines).toEqual(expect.arrayContaining(['en → fr', 'fr → en']));
    expect(lines).toContain('  We need **more night trains**, and soon.');
    expect(lines.filter((line) => /^ {2}→ .+ \(\d+ ms\)$/.test(line))).toHaveLength(20);
    expect(lines.filter((line) => line === '  chrF 100, 8 of 8 addresses kept.')).toHaveLength(2);
    expect(lines.at(-1)).toBe('✓ All is well.');
    // Through the library: an address never reaches the service.
    const sent = JSON.stringify(libre.requests.map(({ body }) => body));
    expect(sent).toContain('Read the plan at XQ');
    expect(sent).not.toContain('example.eu/plan');
  });

  test('for the pair he asks for, in the variant there is', async () => {
    const { code, lines } = await check('deepl --from es --to pt');
    expect(code).toBe(0);
    expect(lines).toContain('es → pt');
    expect(lines.join('\n')).toContain('  → Até 2030, uma em cada duas viagens deveria ser feita de comboio. (');
    expect(JSON.stringify(deepl.requests.at(-1)?.body)).toContain('PT-PT');
    expect(lines[1]).toMatch(/^✓ DeepL answers; [\d,]+ of 500,000 characters are left/);
  });

  test.each<[fault: Fault, words: RegExp]>([
    [{ status: 403 }, /does not let us in: look at DEEPL_API_KEY/],
    [{ status: 456 }, /Nothing is left of what was bought/],
    [{ status: 429, retryAfter: '90' }, /too many requests: try again in 90 seconds/],
    [{ status: 500 }, /cannot be reached or is broken: .*DEEPL_URL/],
    ['html', /answers nonsense: is DEEPL_URL the service itself/],
    ['fewer', /answers nonsense/],
  ])('that does %j, and is told what to do', async (fault, words) => {
    deepl.misbehave(fault);
    const { code, lines, errors } = await check('deepl').finally(() => deepl.misbehave(null));
    expect(code).toBe(1);
    expect(lines.join('\n')).toMatch(words);
    expect(lines.at(-1)).toBe('✗ Not all is well.');
    expect(lines.join('\n') + errors).not.toContain(KEY);
  });

  test('that loses numbers, or says the same again', async () => {
    const forgetful = await startLibreTranslate({
      say: (text, ...pair) => (text.includes('2030') ? sayWell(text, ...pair).replace('2030', 'soon') : text),
    });
    const { code, lines } = await check('libretranslate', { LIBRETRANSLATE_URL: forgetful.url });
    await forgetful.close();
    expect(code).toBe(1);
    expect(lines).toContain('  ✗ The number 2030 is lost.');
    expect(lines).toContain('  ✗ It came back untranslated.');
  });

  test('that leaves a third of the words in German, answers in another language, or says something else', async () => {
    const half = (line: string, at: number) =>
      line.replace(/\S+/g, (word, place: number) => ((at + place) % 3 === 0 ? '' : word));
    const lazy = await startLibreTranslate({
      say: (text, target, source) => {
        const at = checkLines(source, target).findIndex(([line]) => text === line);
        return at % 3 === 0 ? text : sayWell(text, target, source);
      },
    });
    const stranger = await startLibreTranslate({ say: (text, _target, source) => sayWell(text, 'es', source) });
    const other = await startLibreTranslate({
      say: (text, target) => half(checkLines(target, 'de')[5]?.[0] ?? text, 0),
    });
    const tell = async (standIn: StandIn) => {
      const told = await check('libretranslate --from de --to en', { LIBRETRANSLATE_URL: standIn.url });
      await standIn.close();
      return told;
    };
    expect(await tell(lazy)).toMatchObject({
      code: 1,
      lines: expect.arrayContaining(['  ✗ It came back untranslated.']),
    });
    expect(await tell(stranger)).toMatchObject({
      code: 1,
      lines: expect.arrayContaining(['  ✗ 10 of 10 answers are not in en.']),
    });
    const { code, lines } = await tell(other);
    expect(code).toBe(1);
    expect(lines.join('\n')).toMatch(/It is far from a good translation: chrF \d+, at least 35 is wanted/);
  });

  test('that is not running, or not set up', async () => {
    const gone = await startLibreTranslate();
    await gone.close();
    const away = await check('libretranslate', { LIBRETRANSLATE_URL: gone.url });
    expect(away.code).toBe(1);
    expect(away.lines.join('\n')).toContain('does it run, can this machine reach LIBRETRANSLATE_URL');
    expect(away.lines).toContain('✗ LibreTranslate cannot be reached (ECONNREFUSED).');
    expect(await check('openai-compatible')).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('OPENAI_URL is needed')],
    });
  });

  test('that answers later: the texts are handed in, and nothing is made up', async () => {
    const { code, lines } = await check('etranslation --from es --to mt');
    expect(code).toBe(0);
    expect(lines.join('\n')).toContain('10 sentences were handed in. This engine answers later');
    expect(etranslation.requests.at(-1)?.body).toMatchObject({ sourceLanguage: 'ES', targetLanguages: ['MT'] });
    etranslation.misbehave({ status: 401 });
    const refused = await check('etranslation').finally(() => etranslation.misbehave(null));
    expect(refused.code).toBe(1);
    expect(refused.lines.join('\n')).toContain('look at ETRANSLATION_USER and ETRANSLATION_PASSWORD');
  });

  test.skipIf(!installed)('Apertium itself', async () => {
    const { code, lines } = await check('apertium --from es --to pt');
    expect(code).toBe(0);
    expect(lines.join('\n')).toContain('→ Precisamos **mais comboios noturnos**');
  });

  test('of his own, by its path or its name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'engine-'));
    const path = join(folder, 'mine.mjs');
    const engine = `({ name: 'mine', label: 'Mine', local: true, policy: 'wish', tier: 'good', appliesGlossary: false,
      limits: { charactersPerText: 999, textsPerRequest: 9, charactersPerRequest: 999, requestsAtOnce: 1 },
      pairs: () => [{ source: 'de', target: 'hr', via: null }], cost: () => 0, close: async () => {},
      translate: async ({ texts }) => texts.map(({ id, text }) => ({ id, text: words.reduce((said, [de, hr]) => said.replace(de, () => hr), text) })),
      health: async () => ({ ok: true, message: 'Mine is well.' }) })`;
    await writeFile(
      path,
      `const words = ${JSON.stringify(checkLines('de', 'hr'))};\nexport const createEngine = () => ${engine};`,
    );
    const byPath = await check(path);
    const byName = await check('mine', { TRANSLATION_ENGINES: `none,${path}` });
    await rm(folder, { recursive: true });
    for (const { code, lines } of [byPath, byName]) {
      expect(code).toBe(0);
      expect(lines).toEqual(
        expect.arrayContaining(['Mine (mine): local, translates what somebody wishes for.', 'de → hr']),
      );
    }
  });

  test('but not one that does not exist, nor a pair that nobody has', async () => {
    expect(await check('babelfish')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('"babelfish"; there are: '),
    });
    const pair = await check('deepl --from es --to eo');
    expect(pair).toMatchObject({ code: 1 });
    expect(pair.lines.join('\n')).toContain('no pair from es to eo');
    expect(await runCommand(['engine', 'check'], environment)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('engine check needs the name'),
    });
    expect(await runCommand(['engine'], environment)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('After "engine" comes one of: check, '),
    });
  });
});
