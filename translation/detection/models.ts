/** What one detector thinks of a text: how well it fits each language it knows, on the detector's own scale. */
export interface Scorer {
  score(text: string, languages: readonly string[]): ReadonlyMap<string, number>;
  /** The score of a language the detector does not know, such as Irish and Maltese: what a text scores elsewhere by accident. */
  unknown: number;
  /** The score that a text has in its own language mostly, and hardly in one that only happens to be the best. */
  clear: number;
  /** The part of the points in `judge.ts` that a text without accents gets back: they were measured with eld and are on its scale. */
  lostPoints: number;
  /** Natural logarithms of odds for one point of score in a text of one letter. */
  weight: number;
  /** Evidence grows with letters to this power: neighbouring letters depend on each other, so less than in proportion. */
  growth: number;
  /** How much cld3's opinion counts beside this one: 1 would be as much as if both had learnt from different texts. */
  secondOpinion: number;
  /** The chance that a text is in some language nobody here enabled, against one enabled language. It makes such texts unsure. */
  strangers: number;
}

/** cld3's one answer and its probability, 0 to 1. */
export interface Opinion {
  language: string;
  probability: number;
}

// Half as weighty as the most likely, because franc errs with more conviction: so 0.8 is as good a promise as eld's.
const FRANC = {
  weight: 0.8,
  growth: 0.51,
  secondOpinion: 0.45,
  strangers: 0.01,
  unknown: 0.776,
  clear: 1,
  lostPoints: 0,
};

/** Loads franc, for servers short of memory. */
export async function loadFranc(): Promise<Scorer> {
  const { francAll } = await import('franc');
  return {
    ...FRANC,
    score: (text, languages) => {
      const only = [...languages, ...FRANC_NEIGHBOURS].map((language) => FRANC_CODES[language] ?? '');
      return new Map(francAll(text, { minLength: 1, only }).map(([code, score]) => [twoLetters(code), score]));
    },
  };
}

// franc speaks ISO 639-3, and knows standard Estonian, Latvian and Arabic by their narrow codes.
const FRANC_CODES: Readonly<Record<string, string>> = {
  ...{ ar: 'arb', be: 'bel', bg: 'bul', ca: 'cat', cs: 'ces', da: 'dan', de: 'deu', el: 'ell', en: 'eng', es: 'spa' },
  ...{ et: 'ekk', fa: 'pes', fi: 'fin', fr: 'fra', gl: 'glg', he: 'heb', hr: 'hrv', hu: 'hun', it: 'ita', lt: 'lit' },
  ...{ lv: 'lvs', mk: 'mkd', nl: 'nld', no: 'nob', pl: 'pol', pt: 'por', ro: 'ron', ru: 'rus', sk: 'slk', sl: 'slv' },
  ...{ sq: 'als', sr: 'srp', sv: 'swe', tr: 'tur', uk: 'ukr' },
};
const FRANC_NEIGHBOURS = ['be', 'ca', 'fa', 'gl', 'mk', 'no', 'ru', 'sq', 'sr', 'tr', 'uk'];
const TWO_LETTERS = new Map(Object.entries(FRANC_CODES).map(([two, three]) => [three, two]));

function twoLetters(code: string): string {
  return TWO_LETTERS.get(code) ?? code;
}

/** Loads cld3, which knows all our languages and is weak on titles: the second opinion. */
export async function loadCld3(): Promise<(text: string) => Opinion> {
  const { loadModule } = await import('cld3-asm');
  // A busy machine may need longer than cld3's own limit of three seconds.
  const factory = await loadModule({ timeout: 30_000 });
  const identifier = factory.create(0, MAX_BYTES);
  return (text) => {
    const { language, probability } = identifier.findLanguage(text);
    return { language: CLD3_CODES[language] ?? language, probability };
  };
}

const MAX_BYTES = 1000;
// cld3 keeps the withdrawn code for Hebrew.
const CLD3_CODES: Readonly<Record<string, string>> = { iw: 'he' };
