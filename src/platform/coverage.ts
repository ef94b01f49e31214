import { regionOf } from './formats.ts';

/** Words by their namespace and key, as they stand in the files of a language. */
export type WordFiles = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Of so many words and sentences that there are in English, a language has so many. */
export interface Coverage {
  has: number;
  all: number;
}

const PLURAL = /_(?:zero|one|two|few|many|other)$/;

/** Counts once, of the words that were really read. */
export function coverageIn(files: ReadonlyMap<string, WordFiles>): (language: string) => Coverage {
  const english = files.get('en') ?? {};
  const all = new Map([...files].map(([language, own]) => [language, coverageOf(own, english, language)]));
  return (language) => all.get(language) ?? { has: 0, all: 0 };
}

/** A sentence with a number is one. It is there in all plural forms of the language or not at all: each form that is missing shows English. */
function coverageOf(own: WordFiles, english: WordFiles, language: string): Coverage {
  const forms = new Intl.PluralRules(regionOf(language)).resolvedOptions().pluralCategories;
  let [has, all] = [0, 0];
  for (const [namespace, words] of Object.entries(english))
    for (const base of new Set(Object.keys(words).map((key) => key.replace(PLURAL, '')))) {
      const keys = base in words ? [base] : forms.map((form) => `${base}_${form}`);
      all++;
      if (keys.every((key) => own[namespace]?.[key])) has++;
    }
  return { has, all };
}
