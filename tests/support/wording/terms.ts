import { baseOf, englishOf, lettersOf, translated, type Exception, type Fault, type Locales } from './locales.ts';

interface Wrong extends Fault {
  term: string;
}

/** Texts that lack the word of their language for a term of which English speaks there, and exceptions that none of them needs. */
export function wrongTerms(locales: Locales): Fault[] {
  const { exceptions } = locales.glossary;
  const wrong = withoutTheirWord(locales);
  const useless = exceptions.flatMap((exception) =>
    exception.languages
      .filter((language) => !wrong.some((each) => each.language === language && isMeant(each, exception)))
      .map((language) => ({
        language,
        key: exception.key,
        what: `needs no exception for ${exception.term} in terms.json`,
      })),
  );
  return [...wrong.filter((each) => !exceptions.some((exception) => isMeant(each, exception))), ...useless];
}

const isMeant = ({ language, key, term }: Wrong, exception: Exception): boolean =>
  term === exception.term && [key, baseOf(key)].includes(exception.key) && exception.languages.includes(language);

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
