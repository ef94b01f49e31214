import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createApertium } from '../../translation/engines/apertium/apertium.ts';
import { mend } from '../../translation/engines/apertium/mend.ts';
import { readWarmUps } from '../../translation/engines/apertium/warm-up.ts';
import { apertium, closeAll, installed, PORTUGUESE, SPANISH, translate } from '../support/apertium.ts';
import { spanishSentences } from '../support/sentences.ts';
import { keepsTheContract } from '../support/engine-contract.ts';

afterEach(closeAll);

test('without Apertium on the machine there is no engine', async () => {
  expect(await createApertium({ modesFolder: '/nowhere' })).toBeNull();
});

describe.skipIf(!installed)('Apertium', () => {
  keepsTheContract(() => apertium());

  test('a Spanish proposal is read in Portuguese', async () => {
    expect(await translate(await apertium(), 'es', 'pt', SPANISH)).toBe(PORTUGUESE);
  });

  test('F10: a pipeline that has seen nothing takes no *para* for a birth', async () => {
    for (const text of ['Un parque para niños.', 'Trenes nocturnos para todos.'])
      expect(await translate(await apertium(), 'es', 'it', text)).not.toContain('partorisca');
  });

  test('offers the 27 pairs that read well enough', async () => {
    const engine = await apertium();
    expect(engine.pairs()).toHaveLength(27);
    expect(engine.pairs()).toContainEqual({ source: 'en', target: 'fr', via: 'ca' });
    expect(engine.pairs()).toContainEqual({ source: 'fr', target: 'en', via: 'es' });
  });

  test.each([
    ['en', 'spa-eng'],
    ['fr', 'es-fr'],
    ['it', 'spa-ita'],
    ['pt', 'es-pt'],
  ])('says the same as the command line, mended, es to %s', async (target, mode) => {
    const sentences = spanishSentences();
    expect(sentences).toHaveLength(200);
    const engine = await apertium();
    const texts = sentences.map((text, index) => ({ id: String(index), text }));
    const answers = [
      ...(await engine.translate({ source: 'es', target, texts: texts.slice(0, 100) })),
      ...(await engine.translate({ source: 'es', target, texts: texts.slice(100) })),
    ];
    const bare = await commandLine(mode, sentences);
    const mended = bare.map((text, index) => mend(sentences[index] ?? '', text.replace(/ {2,}/g, ' '), target));
    expect(answers.map(({ text }) => text)).toEqual(mended);
  });

  test('112,800 characters arrive complete for eight callers at once', async () => {
    const times = 1_566;
    const text = `${SPANISH} `.repeat(times).padEnd(112_800);
    const engine = await apertium();
    const callers = Array.from({ length: 8 }, () => translate(engine, 'es', 'pt', text));
    const expected = `${PORTUGUESE} `.repeat(times).trimEnd();
    for (const answer of await Promise.all(callers)) expect(answer.trimEnd()).toBe(expected);
  });

  test('what a text is made of does not matter', async () => {
    const engine = await apertium();
    const odd = '^a/b<n>$ \\ [x] {y} <z> @w ~ [[t]] 50 % #1 *2 +3\n\n  – “Sí”…\t👩‍👩‍👧 ^…';
    const signs = /[\\^$/[\]{}<>@~#*+%\n\t👩“”–…]/gu;
    const answer = await translate(engine, 'es', 'fr', odd);
    expect(answer.match(signs)).toEqual(odd.match(signs));
  });

  test('a text with NUL is refused', async () => {
    const engine = await apertium();
    await expect(translate(engine, 'es', 'pt', 'Sí\0no')).rejects.toMatchObject({ kind: 'bad_request' });
  });
});

/** One paragraph a sentence, so that each is translated for itself; -u leaves no marks at unknown words. */
async function commandLine(mode: string, sentences: string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'apertium-'));
  const warmUp = (await readWarmUps()).get(mode);
  try {
    const file = join(folder, 'sentences.txt');
    // The first words of a pipeline go astray; ours sees these first, too.
    await writeFile(file, `${[warmUp?.words, warmUp?.canary, ...sentences].join('\n\n')}\n`);
    const { stdout } = await promisify(execFile)('apertium', ['-u', mode, file]);
    return stdout.trimEnd().split('\n\n').slice(2);
  } finally {
    await rm(folder, { recursive: true });
  }
}
