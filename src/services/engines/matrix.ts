import type { Translator } from '#translation/translator.ts';

/** How texts in one language reach readers of another. */
export interface MatrixCell {
  /** Places of its engines in `engines`, the first is 1; two where each makes one of two steps. */
  engines: readonly number[];
  label: string;
  /** The language in between, null when direct. */
  via: string | null;
  /** The variant readers get when it is not the very language. */
  variant: string | null;
}

/** What can be read from what, and by which road: a row a source, a column a target; null where there is no way. */
export interface Matrix {
  engines: readonly { label: string; local: boolean }[];
  languages: readonly string[];
  rows: readonly { source: string; cells: readonly (MatrixCell | null)[] }[];
  /** Pairs that have a way, of all there are. */
  reached: number;
  all: number;
}

/** Of engines as they are set up; other places tell whether one is paused or away just now. */
export function matrixOf(translator: Translator, languages: readonly string[]): Matrix {
  const engines = translator.engines().filter((engine) => engine.pairs().length > 0);
  const cell = (source: string, target: string): MatrixCell | null => {
    const way = translator.way(source, target);
    if (!way) return null;
    const { label, via, variant, legs } = way;
    const places = [...new Set(legs.map(({ engine }) => engines.indexOf(engine) + 1))];
    return { engines: places, label, via, variant };
  };
  const rows = languages.map((source) => ({ source, cells: languages.map((target) => cell(source, target)) }));
  return {
    engines: engines.map(({ label, local }) => ({ label, local })),
    languages,
    rows,
    reached: rows.flatMap(({ cells }) => cells).filter((each) => each !== null).length,
    all: languages.length * (languages.length - 1),
  };
}
