import { regionOf } from '../../../src/platform/formats.ts';
import { englishOf, NUMBERS, pluralOf, translated, variablesOf, type Fault, type Locales } from './locales.ts';

/** Every rule of plurals repeats itself within these. */
const TRIED = Array.from({ length: 1_000 }, (_none, number) => number);

/** Texts with other variables than English. A form says its number, unless it is for one number alone: Croatian `one` is 21 and 31, too. */
export function wrongVariables(locales: Locales): Fault[] {
  return translated(locales).flatMap(({ language, key, text }) => {
    const plural = pluralOf(key, locales);
    const mayOmit = plural !== undefined && isOneNumber(language, plural);
    const wanted = variablesOf(plural ? englishOf(key.replace(/_\w+$/, '_other'), locales) : englishOf(key, locales));
    const found = variablesOf(text);
    const lacking = [...wanted].filter((name) => !found.has(name) && !(mayOmit && NUMBERS.includes(name)));
    const surplus = [...found].filter((name) => !wanted.has(name));
    const faults = [
      ...lacking.map((name) => `lacks {{${name}}}`),
      ...surplus.map((name) => `{{${name}}} is not in English`),
    ];
    return faults.map((what) => ({ language, key, text, what }));
  });
}

/** True when this form is for a single number: `one` in German, `two` in Arabic. */
function isOneNumber(language: string, plural: string): boolean {
  return (singles[language] ??= singlesOf(language)).has(plural);
}

const singles: Record<string, Set<string>> = {};

function singlesOf(language: string): Set<string> {
  const rules = new Intl.PluralRules(regionOf(language));
  const forms = Map.groupBy(TRIED, (number) => rules.select(number));
  return new Set([...forms].filter(([, numbers]) => numbers.length === 1).map(([form]) => form));
}
