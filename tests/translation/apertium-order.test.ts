import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { EngineError } from '../../translation/engines/engine.ts';
import { Lane } from '../../translation/engines/apertium/lane.ts';
import { apertium, closeAll, installed } from '../support/apertium.ts';
import { randomFrom } from '../support/random.ts';

// Apertium's taggers learn from what passes: what one person wrote must not change what another reads.

const COUNT = 120;
const Line = z.object({ language: z.string(), body: z.string() });

afterEach(closeAll);

function sentencesIn(language: string): string[] {
  const lines = readFileSync('demo/content/parallel.jsonl', 'utf8').trimEnd().split('\n');
  const bodies = lines.map((line) => Line.parse(JSON.parse(line))).filter((line) => line.language === language);
  return bodies.flatMap(({ body }) => body.split(/(?<=[.!?]) /)).slice(0, COUNT);
}

describe.skipIf(!installed)('the order in which texts come', () => {
  test.each([
    ['en', 'es'],
    ['ro', 'es'],
    ['es', 'it'],
    ['pt', 'es'],
    ['sv', 'da'],
  ])('F11: changes none of the answers, %s to %s', async (source, target) => {
    const random = randomFrom(11);
    const sentences = sentencesIn(source);
    expect(sentences.length).toBeGreaterThan(COUNT / 2);
    const order = sentences.map((text) => ({ text, at: random.next() })).toSorted((a, b) => a.at - b.at);
    const answersTo = async (texts: readonly string[]): Promise<Map<string, string>> => {
      const engine = await apertium();
      const answers = new Map<string, string>();
      for (const text of texts) {
        const [answer] = await engine.translate({ source, target, texts: [{ id: 'a', text }] });
        answers.set(text, answer?.text ?? '');
      }
      return answers;
    };
    const asWritten = await answersTo(sentences);
    const shuffled = await answersTo(order.map(({ text }) => text));
    expect(sentences.filter((text) => asWritten.get(text) !== shuffled.get(text))).toEqual([]);
  });
});

/** Says everything again; from its fiftieth text on in capitals, as one whose mind was bent. */
const BENDING = `
  let [turns, rest] = [0, ''];
  process.stdin.setEncoding('utf8').on('data', (chunk) => {
    const texts = (rest + chunk).split('\\0');
    rest = texts.pop();
    for (const text of texts) process.stdout.write((++turns > 50 ? text.toUpperCase() : text) + '\\0');
  });`;

test('F11: a pipeline whose canary sings otherwise is opened anew', async () => {
  const stages = [{ command: process.execPath, args: ['-e', BENDING] }];
  const lane = new Lane(stages, {
    megabytes: 50,
    timeoutMs: 10_000,
    warmUp: { words: 'agua.', canary: 'pájaro.' },
  });
  const answers: string[] = [];
  for (let count = 0; count < 140; count++) {
    const answer = Promise.withResolvers<string>();
    lane.add({ stream: 'tren', urgent: false, signal: undefined, answer });
    await lane.serveNext();
    answers.push(await answer.promise);
  }
  await lane.abandon(new EngineError('unavailable', 'Closed.'));
  expect(answers.indexOf('TREN')).toBe(48);
  // A hundred texts after the last time it is noticed; those that come after it are right again.
  expect(answers.slice(100, 140)).toEqual(Array.from({ length: 40 }, () => 'tren'));
});
