import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { removeDirection, whileLocked } from '../../src/services/engines/models/folder.ts';
import { importFolder, install, type InstallOptions } from '../../src/services/engines/models/install.ts';
import { pinnedOffers } from '../../src/services/engines/models/catalogue.ts';
import { readOffers } from '../../src/services/engines/models/offers.ts';
import { listInstalled, verify } from '../../translation/engines/bergamot/store.ts';
import { temporaryFolder } from '../support/toys/installed.ts';
import { type Registry, serveRegistry } from '../support/toys/registry.ts';
import { toyOf } from '../support/toys/toys.ts';

const MODEL = '/files/model.de-en.plain';

let folder: string;
let registry: Registry;
beforeEach(async () => {
  folder = await temporaryFolder();
  registry = await serveRegistry(['de-en', 'en-de'], { packing: 'plain' });
});
afterEach(async () => {
  registry.close();
  await rm(folder, { recursive: true });
});

const get = async (options: InstallOptions = {}, from = registry) =>
  install(folder, (await readOffers({ mirror: from.url })).offers, { silenceMs: 300, attempts: 2, ...options });
const names = async () => (await listInstalled(folder)).map(({ direction }) => direction);
const installed = { reason: null, outcome: 'installed' };
const rangesOf = (path: string) => registry.requests.filter((each) => each.path === path).map(({ range }) => range);

describe('Carlos installs models from a registry', () => {
  test.each(['zst', 'gz', 'plain'] as const)('of %s files, once, and not enabled before a check', async (packing) => {
    const other = await serveRegistry(['de-en'], { packing });
    expect(await get({}, other)).toEqual([{ direction: 'de-en', ...installed }]);
    const [first] = await listInstalled(folder);
    expect(first).toMatchObject({
      enabled: false,
      license: 'MPL-2.0',
      version: '3.0',
      origin: expect.stringContaining(other.url),
    });
    expect((await readdir(join(folder, 'de-en'))).toSorted()).toEqual([
      'lex.bin',
      'manifest.json',
      'model.bin',
      'vocab.spm',
    ]);
    expect(await get({}, other)).toEqual([{ direction: 'de-en', reason: null, outcome: 'kept' }]);
    other.close();
  });

  test('that breaks off: it goes on where it was, in one run and in the next', async () => {
    registry.faults.set(MODEL, { cutAfter: 300_000, times: 1 });
    expect(await get()).toContainEqual({ direction: 'de-en', ...installed });
    expect(rangesOf(MODEL)).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d+-$/)]);
    await removeDirection(folder, 'de-en');
    registry.faults.set(MODEL, { cutAfter: 200_000, times: 1 });
    expect(await get({ attempts: 1 })).toContainEqual(
      expect.objectContaining({ direction: 'de-en', outcome: 'failed' }),
    );
    expect(await names()).toEqual(['en-de']);
    registry.requests.length = 0;
    expect(await get()).toContainEqual({ direction: 'de-en', ...installed });
    expect(rangesOf(MODEL)).toEqual([expect.stringMatching(/^bytes=[1-9]\d+-$/)]);
  });

  test('that cannot go on: it sends everything again', async () => {
    registry.faults.set(MODEL, { cutAfter: 3_000, times: 1, hasNoRange: true });
    expect(await get()).toContainEqual({ direction: 'de-en', ...installed });
  });

  test.each([
    ['sends other bytes', { isSpoilt: true }, 'its SHA-256 differs. Nothing was installed.'],
    ['has it no more', { status: 404 }, 'the server answers 404.'],
    ['is broken', { status: 503 }, 'the server answers 503.'],
    ['falls silent', { isSilent: true }, 'nothing came for 0.3 s.'],
    ['hangs up again and again', { cutAfter: 1_000, times: 9 }, 'model.de-en.plain: '],
  ])('that %s: nothing of it is installed, and the others are', async (_what, fault, words) => {
    registry.faults.set(MODEL, fault);
    const outcomes = await get();
    expect(outcomes.find(({ direction }) => direction === 'de-en')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining(words),
    });
    expect(await names()).toEqual(['en-de']);
  });

  test('but not over a connection that others could change, nor from what is no registry', async () => {
    await expect(readOffers({ mirror: 'http://models.example.org/' })).rejects.toThrow('must begin with https://');
    await expect(readOffers({ mirror: `${registry.url}files/` })).rejects.toThrow('the server answers 404.');
  });

  test('and sees when a file has changed on the disk', async () => {
    await get();
    const [first] = await listInstalled(folder);
    if (!first) throw new Error('Nothing was installed.');
    await expect(verify(folder, first)).resolves.toBeUndefined();
    await truncate(join(folder, first.direction, 'model.bin'), 1_000);
    await expect(verify(folder, first)).rejects.toThrow('model.bin has 1000 bytes and should have');
    await writeFile(join(folder, first.direction, 'manifest.json'), '{"format": 2}');
    await expect(listInstalled(folder)).rejects.toThrow('is none that this release can read');
  });

  test('one at a time', async () => {
    await whileLocked(folder, () => expect(get()).rejects.toThrow(`in use by process ${process.pid}`));
    expect(await get()).toHaveLength(2);
  });
});

describe('Carlos copies models by hand', () => {
  test('under Mozilla’s names; what is not whole or not what the catalogue says is refused', async () => {
    const from = await temporaryFolder();
    const { model, lex, vocab } = toyOf('de-en');
    await mkdir(join(from, 'tiny'));
    await writeFile(join(from, 'tiny', 'model.deen.intgemm.alphas.bin.gz'), gzipSync(model));
    await writeFile(join(from, 'tiny', 'lex.50.50.deen.s2t.bin'), lex);
    await writeFile(join(from, 'vocab.deen.spm'), vocab);
    await writeFile(join(from, 'model.enfr.intgemm.alphas.bin'), model);
    const known = await importFolder(folder, from, pinnedOffers());
    expect(known.map(({ direction, outcome }) => `${direction} ${outcome}`).toSorted()).toEqual([
      'de-en failed',
      'en-fr failed',
    ]);
    expect(known.map(({ reason }) => reason).join(' ')).toContain('is not what the catalogue says');
    expect(await importFolder(folder, from, [])).toContainEqual({ direction: 'de-en', ...installed });
    const [first] = await listInstalled(folder);
    expect(first).toMatchObject({ version: 'imported', enabled: false, origin: expect.stringContaining(from) });
    await rm(from, { recursive: true });
  });
});

test('The pinned catalogue has 42 directions between English and 21 languages, over https, each of three files', () => {
  const offers = pinnedOffers();
  expect(offers).toHaveLength(42);
  expect(offers.every(({ source, target }) => source === 'en' || target === 'en')).toBe(true);
  expect(
    offers.flatMap(({ files }) => files).every(({ url }) => url.startsWith('https://firefox-settings-attachments.')),
  ).toBe(true);
  expect(offers.flatMap(({ files }) => files)).toHaveLength(126);
});
