import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { openDirection } from '../../../../translation/engines/bergamot/direction.ts';
import { checkFiles } from '../../../../translation/engines/bergamot/format.ts';
import { compileRuntime } from '../../../../translation/engines/bergamot/glue.ts';
import type { Start } from '../../../../translation/engines/bergamot/messages.ts';
import type { ToyFiles } from '../../../support/toys/toy.ts';
import { toyOf } from '../../../support/toys/toys.ts';

const compiled = await compileRuntime();
const good = toyOf('de-en');
const other = toyOf('en-fr');
const page = Buffer.from('<!doctype html><title>Not found</title>'.padEnd(4_000));
const bent = Buffer.from(good.lex);
bent[300] = (bent[300] ?? 0) ^ 1;

/** What a download, a disk or a hand can do to files, what is said of it. */
const DAMAGE: [what: string, change: Partial<ToyFiles>, words: RegExp][] = [
  ['a model cut short', { model: good.model.subarray(0, -256) }, /model is damaged: it has \d+ bytes and should have/],
  ['a model of its first lines', { model: good.model.subarray(0, 500) }, /ends within its table/],
  ['a page instead of a model', { model: page }, /does not begin as a Marian model/],
  ['an empty model', { model: new Uint8Array() }, /does not begin as a Marian model/],
  ['a vocabulary cut short', { vocab: good.vocab.subarray(0, 1_000) }, /vocabulary is damaged/],
  ['a page instead of a vocabulary', { vocab: page }, /vocabulary is damaged/],
  ['a vocabulary of another size', { vocab: other.vocab }, /do not belong together/],
  ['a shortlist cut short', { lex: good.lex.subarray(0, 300) }, /shortlist is damaged/],
  ['a page instead of a shortlist', { lex: page }, /does not begin as a shortlist/],
  ['a shortlist with one wrong bit', { lex: bent }, /its checksum is wrong/],
];

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function start(files: ToyFiles, isUnchecked: boolean): Promise<Start> {
  const folder = await mkdtemp(join(tmpdir(), 'polyphony-damage-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return {
    compiled,
    model: join(folder, 'model'),
    lex: join(folder, 'lex'),
    vocabs: [join(folder, 'vocab')],
    isUnchecked,
  };
}

async function translateOnce(begin: Start): Promise<string[]> {
  const direction = await openDirection(begin, { openingMs: 60_000, taskMs: 60_000 });
  try {
    return await direction.translate(['der Hund']);
  } finally {
    await direction.close();
  }
}

describe('A direction whose files are damaged', () => {
  test.each(DAMAGE)('%s is refused with a sentence, and never waits', async (_what, change, words) => {
    const files = { ...good, ...change };
    expect(() => checkFiles({ ...files, vocabs: [files.vocab] })).toThrow(words);
    const opening = openDirection(await start(files, false), { openingMs: 60_000, taskMs: 60_000 });
    await expect(opening).rejects.toMatchObject({
      name: 'DirectionError',
      kind: 'refused',
      message: expect.stringMatching(words),
    });
  });

  test.each(DAMAGE)('%s ends or answers even where nobody looked at it before', async (_what, change) => {
    const outcome = await translateOnce(await start({ ...good, ...change }, true)).catch((error: unknown) => error);
    expect(outcome instanceof Error ? outcome.name : 'an answer').toMatch(/^(?:DirectionError|an answer)$/);
  });
});
