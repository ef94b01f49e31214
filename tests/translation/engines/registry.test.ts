import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ENGINE_NAMES, openEngine, openEngines } from '#translation/engines/registry.ts';
import { installed } from '../../support/apertium.ts';
import { keepsTheContract } from '../../support/engine-contract.ts';
import { startLibreTranslate } from '../../support/stand-ins/libretranslate.ts';

/** An engine as Dora writes it, who has never seen our folder. */
const DORAS = `
  name: 'dora', label: 'Dora', local: true, policy: 'wish', tier: 'good', appliesGlossary: false,
  limits: { charactersPerText: 100, textsPerRequest: 10, charactersPerRequest: 1000, requestsAtOnce: 1 },
  pairs: () => [{ source: 'hr', target: 'en', via: null }],
  translate: async ({ texts }) => texts.map(({ id, text }) => ({ id, text: environment.DORA + text })),
  health: async () => ({ ok: true, message: 'Well.' }), cost: () => 0, close: async () => {},`;

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'engines-'))));
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const dora = (name: string, change = '') =>
  write(name, `export function createEngine(environment) { return {${DORAS}${change}}; }`);

describe('engines by name', () => {
  test('are skipped with a reason when a setting is missing', async () => {
    expect(await openEngine('deepl')).toEqual({
      engine: null,
      reason: 'DEEPL_API_KEY is needed for the engine deepl.',
    });
  });

  test('are named when there is no such engine', async () => {
    await expect(openEngine('babelfish')).rejects.toThrow('There is no translation engine "babelfish"');
    expect(ENGINE_NAMES).toEqual([
      'apertium',
      'none',
      'bergamot',
      'libretranslate',
      'etranslation',
      'deepl',
      'openai-compatible',
    ]);
  });

  test('stand in the order that was asked for', async () => {
    const standIn = await startLibreTranslate();
    const skipped: string[] = [];
    const environment = { LIBRETRANSLATE_URL: standIn.url };
    const engines = await openEngines(['none', 'deepl', 'libretranslate'], environment, (name) => skipped.push(name));
    expect(engines.map(({ name }) => name)).toEqual(['none', 'libretranslate']);
    expect(skipped).toEqual(['deepl']);
    await standIn.close();
  });

  test.skipIf(!installed)('Apertium is as eager as it is declared, and always local', async () => {
    const [eager] = await openEngines(['apertium'], {});
    const [waiting] = await openEngines(['apertium'], { TRANSLATION_EAGER: 'deepl', TRANSLATION_LOCAL: 'deepl' });
    expect(eager).toMatchObject({ policy: 'eager', local: true });
    expect(waiting).toMatchObject({ policy: 'wish', local: true });
    await Promise.all([eager?.close(), waiting?.close()]);
  });
});

describe('an engine of Dora’s own', () => {
  keepsTheContract(async () => {
    const { engine } = await openEngine(await dora('contract.mjs', strictTranslate), { DORA: '' });
    if (!engine) throw new Error('It is not there.');
    return engine;
  });

  test('is opened from a module and given the settings', async () => {
    const { engine } = await openEngine(await dora('good.mjs'), { DORA: 'Dora: ' });
    const texts = [{ id: 'a', text: 'vlak' }];
    expect(await engine?.translate({ source: 'hr', target: 'en', texts })).toEqual([{ id: 'a', text: 'Dora: vlak' }]);
  });

  test('may be TypeScript, an address, and asynchronous', async () => {
    const typed = `const environment: object = {}; export const createEngine = async () => ({${DORAS}});`;
    const path = await write('typed.ts', typed);
    const { engine } = await openEngine(pathToFileURL(path).href);
    expect(engine?.name).toBe('dora');
  });

  test('may say that it cannot be had here', async () => {
    const path = await write('absent.mjs', 'export const createEngine = () => null;');
    expect(await openEngine(path)).toMatchObject({ engine: null, reason: expect.stringContaining('cannot be had') });
  });

  test.each<[what: string, text: string, fault: string]>([
    ['exports nothing', 'export const engine = {};', 'exports no function createEngine.'],
    ['is no module', 'export const = ;', 'cannot be opened: '],
    ['throws', 'export const createEngine = () => { throw new Error("No models."); };', 'cannot be opened: No models.'],
    ['returns nothing', 'export const createEngine = () => undefined;', 'createEngine returns no engine.'],
  ])('that %s is refused by name and fault', async (what, text, fault) => {
    const path = await write(`${what.replaceAll(' ', '-')}.mjs`, text);
    await expect(openEngine(path)).rejects.toThrow(fault);
    await expect(openEngine(path)).rejects.toThrow(path);
  });

  test.each<[change: string, fault: string]>([
    ['translate: null,', '"translate" must be a function.'],
    ['local: "yes",', '"local" must be a boolean.'],
    ['policy: "sometimes",', '"policy" must be eager or wish.'],
    ['tier: "superb",', '"tier" must be rough, good, best.'],
    ['name: "Dora!",', '"name" must be small letters'],
    ['name: "deepl",', 'the name "deepl" is that of an engine in the box.'],
    ['limits: { textsPerRequest: 5 },', '"limits.charactersPerText" must be a whole number above 0.'],
    ['pairs: () => "hr>en",', '"pairs" must return a list.'],
    ['pairs: () => [{ source: "hr", target: "EN", via: null }],', 'pair 1 must have'],
    ['callbacks: { patienceMs: 1, submit: async () => {} },', '"callbacks.receive" must be a function.'],
  ])('with %j is refused: %s', async (change, fault) => {
    const path = await dora(`wrong-${Buffer.from(change).toString('hex').slice(0, 40)}-${change.length}.mjs`, change);
    await expect(openEngine(path)).rejects.toThrow(fault);
  });

  test('cannot be there twice', async () => {
    const paths = [await dora('one.mjs'), await dora('two.mjs')];
    await expect(openEngines(paths, {})).rejects.toThrow('Two translation engines call themselves "dora"');
  });
});

const strictTranslate = `
  translate: async ({ source, target, texts, signal }) => {
    const refuse = (kind) => { throw Object.assign(new Error(kind), { kind }); };
    signal?.throwIfAborted();
    if (source !== 'hr' || target !== 'en') refuse('unsupported_pair');
    if (texts.length > 10) refuse('bad_request');
    if (texts.some(({ text }) => text.length > 100)) refuse('too_long');
    return texts.map((text) => ({ ...text }));
  },`;
