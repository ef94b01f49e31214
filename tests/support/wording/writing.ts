import { baseOf, englishOf, lettersOf, noteFor, translated, type Fault, type Locales } from './locales.ts';

/** How languages open and close a quotation. */
const QUOTES: Record<string, string[]> = {
  '“”': ['en', 'ga', 'mt', 'nl'],
  '„“': ['bg', 'cs', 'de', 'et', 'lt', 'sk'],
  '„”': ['hr', 'hu', 'lv', 'pl', 'ro'],
  '«»': ['ar', 'ca', 'el', 'es', 'fr', 'it', 'pt', 'uk'],
  '»«': ['da', 'sl'],
  '””': ['fi', 'sv'],
};

/** What a text must not have. U+00A0 keeps a sign in its line, U+202F does and is narrow. */
const SIGNS: [what: string, languages: RegExp, sign: RegExp][] = [
  ['a straight quote', /^/, /["']/],
  ['a blank too many', /^/, /^\s|\s$|\s{2}/],
  ['a Latin sign', /^ar$/, /[,;?%]/],
  ['no U+202F before ; ! ?', /^fr$/, /[^\u202F][;!?]/],
  ['no U+00A0 before : or inside « »', /^fr$/, /[^\u00A0]:(?!\/\/)|«[^\u00A0]|[^\u00A0]»/],
];

/** Texts with signs that their language does not write so. */
export const wrongSigns = (locales: Locales): Fault[] => [...signs(locales), ...quotes(locales)];

function quotes({ words }: Locales): Fault[] {
  return [...words].flatMap(([language, texts]) => {
    const [own] = Object.entries(QUOTES).find(([, languages]) => languages.includes(language)) ?? [];
    if (!own) return [];
    const isOwn = (text: string): boolean => (text.match(/[«»„“”]/g) ?? []).join('').replaceAll(own, '') === '';
    const wrong = [...texts].filter(([, text]) => !isOwn(text));
    return wrong.map(([key, text]) => ({ language, key, text, what: `quotes unlike ${own}` }));
  });
}

function signs({ words }: Locales): Fault[] {
  return [...words].flatMap(([language, texts]) =>
    SIGNS.filter(([, languages]) => languages.test(language)).flatMap(([what, , sign]) =>
      [...texts].filter(([, text]) => sign.test(text)).map(([key, text]) => ({ language, key, text, what })),
    ),
  );
}

/** Texts that do not fit where they stand. */
export function tooLong(locales: Locales): Fault[] {
  return [...locales.words].flatMap(([language, texts]) =>
    [...texts].flatMap(([key, text]) => {
      const most = noteFor(key, locales)?.most ?? Infinity;
      const length = Array.from(lettersOf(text)).length;
      return length > most ? [{ language, key, text, what: `${length} characters where ${most} fit` }] : [];
    }),
  );
}

/** Texts that are still those of English, and exceptions of this that are none any more. */
export function copiesOfEnglish(locales: Locales): Fault[] {
  const isSame = (key: string, text: string): boolean =>
    text === englishOf(key, locales) && /\p{L}/u.test(lettersOf(text));
  const allowed = (language: string, key: string): boolean =>
    [key, baseOf(key)].some((each) => locales.same[language]?.includes(each));
  const copies = translated(locales).filter(({ language, key, text }) => isSame(key, text) && !allowed(language, key));
  const stale = Object.entries(locales.same).flatMap(([language, keys]) => {
    const texts = [...(locales.words.get(language) ?? [])];
    return keys
      .filter((key) => !texts.some(([each, text]) => [each, baseOf(each)].includes(key) && isSame(each, text)))
      .map((key) => ({ language, key, what: 'not the words of English: take it out of same-as-english.json' }));
  });
  return [...copies.map((each) => ({ ...each, what: 'the words of English' })), ...stale];
}
