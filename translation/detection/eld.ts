import { readTables } from './eld.tables.ts';
import type { Scorer } from './models.ts';
import { tally } from './ngrams.ts';

// Found as the most likely on half the labelled texts, and confirmed on the other half. Both sizes share them.
const ELD = { weight: 0.0215, growth: 0.67, secondOpinion: 0.5, strangers: 0.05, clear: 65, lostPoints: 1 };

/** Loads eld with its small or large tables, in turns of a few milliseconds; see `ngrams.ts` for what it counts. */
export async function loadEld(size: 'small' | 'large'): Promise<Scorer> {
  const table = await readTables(size);
  return {
    ...ELD,
    unknown: size === 'small' ? 34 : 37,
    score: (text) => {
      const { points, ngrams } = tally(text, table);
      const means = table.languages.map((language, at) => [language, (points[at] ?? 0) / ngrams] as const);
      return new Map(means.filter(([, mean]) => mean > 0));
    },
  };
}
