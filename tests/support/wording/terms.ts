import { baseOf, englishOf, lettersOf, translated, type Exception, type Fault, type Locales } from './locales.ts';

interface Wrong extends Fault {
  term: string;
}

/** Texts that lack the word of their language for a term of which English speaks there, and exceptions that none of them needs. */
export function wrongTerms(locales: Locales): Fault[] {
  const { exceptions } = locales.glossary;
  const wrong = withoutTheirWord(locales);
  const isMeant = (fault: Wrong): boolean =>
    exceptions.some((each) => isAbout(each, fault) && (each.languages?.includes(fault.language) ?? true));
  return [...wrong.filter((fault) => !isMeant(fault)), ...exceptions.flatMap((each) => useless(each, wrong))];
}

const isAbout = (exception: Exception, { key, term }: Wrong): boolean =>
  term === exception.term && [key, baseOf(key)].includes(exception.key);

function useless(exception: Exception, wrong: readonly Wrong[]): Fault[] {
  const { key, term, languages } = exception;
  const needing = new Set(wrong.filter((fault) => isAbout(exception, fault)).map(({ language }) => language));
  const what = `needs no exception for ${term} in terms.json`;
  if (!languages) return needing.size > 0 ? [] : [{ language: 'en', key, what }];
  return languages.filter((language) => !needing.has(language)).map((language) => ({ language, key, what }));
}

function withoutTheirWord(locales: Locales): Wrong[] {
  const { terms, stems } = locales.glossary;
  return translated(locales).flatMap(({ language, key, text }) =>
    Object.entries(terms)
      .filter(([, { english, keys }]) => keys.test(key) && english.test(lettersOf(englishOf(key, locales))))
      .flatMap(([term]) => {
        const words = stems[language]?.[term] ?? [];
        if (words.some((each) => bare(text).includes(bare(each)))) return [];
        const what =
          words.length > 0 ? `does not say ${words.join(' or ')} for ${term}` : `terms.json has no word for ${term}`;
        return [{ language, key, text, term, what }];
      }),
  );
}

/** In small letters without accents, which wander when Greek and Arabic words bend. */
const bare = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
