// Fewer letters may well be a name or an abbreviation in its own script.
const LEAST_LETTERS = 20;
const LEAST_SHARE = 0.5;

// Scripts that are written as several at once; the others are named as Unicode names them.
const COMPOSED = new Map([
  ['Hans', ['Hani']],
  ['Hant', ['Hani']],
  ['Jpan', ['Hani', 'Hira', 'Kana']],
  ['Kore', ['Hang', 'Hani']],
]);

/** Whether at least half of a text's letters are of the script its language is written in. */
export function fitsScript(text: string, language: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < LEAST_LETTERS) return true;
  const fitting = text.match(lettersOf(language))?.length ?? 0;
  return fitting >= letters * LEAST_SHARE;
}

function lettersOf(language: string): RegExp {
  return patterns.getOrInsertComputed(language, patternOf);
}

const patterns = new Map<string, RegExp>();

function patternOf(language: string): RegExp {
  const script = new Intl.Locale(language).maximize().script ?? 'Latn';
  const names = COMPOSED.get(script) ?? [script];
  return new RegExp(names.map((name) => `\\p{Script=${name}}`).join('|'), 'gu');
}
