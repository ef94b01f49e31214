import { readFile } from 'node:fs/promises';

/** What a new pipeline of a mode is shown before anything else, and what it is asked now and then. */
export interface WarmUp {
  words: string;
  /** Its answer must stay what it was after the words. */
  canary: string;
}

/** So many words are enough to notice a pipeline that has changed its mind. */
const CANARY_WORDS = 24;

/**
 * Warm-ups by mode. Debian's taggers meet classes of ambiguity that their models do not know, and settle them by what comes first: in
 * a new `ro-es`, 39 of 120 answers depended on the order of the texts, and `spa-ita` took every *para* for "gives birth". The list has one
 * word for each class that 600 kB of news show, found with the analyser of the mode itself; after them 0 of 300 texts depend on their
 * order, in every mode. Each word is a sentence, so that none is judged by its neighbours.
 */
export async function readWarmUps(): Promise<ReadonlyMap<string, WarmUp>> {
  const list = await readFile(new URL('warm-up.txt', import.meta.url), 'utf8');
  const lines = list.trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const [mode = '', ...words] = line.split(' ');
      return [mode, { words: sentencesOf(words), canary: sentencesOf(spreadOver(words)) }];
    }),
  );
}

const sentencesOf = (words: readonly string[]): string => `${words.join('. ')}.`;

const spreadOver = (words: readonly string[]): string[] =>
  words.filter((_, at) => at % Math.ceil(words.length / CANARY_WORDS) === 0);
