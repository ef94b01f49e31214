import { englishOf, noteFor, type Fault, type Locales } from './locales.ts';

/** The faults by language and namespace, each with what a translator needs to mend it without looking anywhere else. */
export function workList(faults: readonly Fault[], locales: Locales): string {
  const byLanguage = Map.groupBy(faults, ({ language }) => language);
  return [...byLanguage]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([language, its]) => `${language}: ${its.length}\n\n${ofLanguage(its, locales)}`)
    .join('\n');
}

function ofLanguage(faults: readonly Fault[], locales: Locales): string {
  const byNamespace = Map.groupBy(faults, ({ key }) => key.slice(0, key.indexOf(':')));
  return [...byNamespace]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([namespace, its]) => `  ${namespace}.json\n${its.map((each) => item(each, locales)).join('')}`)
    .join('\n');
}

function item({ language, key, what, text }: Fault, locales: Locales): string {
  const { note, most } = noteFor(key, locales) ?? {};
  const lines = [
    `    ${key.slice(key.indexOf(':') + 1)}: ${what}`,
    text && `      ${language}: ${text}`,
    language !== 'en' && `      en: ${englishOf(key, locales)}`,
    note && `      note: ${note}`,
    most && `      at most ${most} characters`,
  ];
  return `${lines.filter(Boolean).join('\n')}\n`;
}
