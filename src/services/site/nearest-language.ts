// Which of the languages there are a reader understands best. The source is the language matching of the Unicode CLDR
// (common/supplemental/languageInfo.xml, "written_new"), as far as it names languages that have words here.

/** As good as one's own (distance 4, less than the 5 that a place further down a reader's list counts). */
const CLOSE: Readonly<Record<string, string>> = { bs: 'hr', gsw: 'de', lb: 'de', sh: 'hr', sr: 'hr' };

/** Most readers of these read that too (distances 8 and 10): where nothing on their list is there, it is better than English. */
const UNDERSTOOD: Readonly<Record<string, string>> = {
  ...{ fo: 'da', nb: 'da', nn: 'da', no: 'da' },
  ...{ ay: 'es', eu: 'es', gl: 'es', gn: 'es', qu: 'es' },
  ...{ br: 'fr', co: 'fr', crs: 'fr', ht: 'fr', kg: 'fr', ln: 'fr', lua: 'fr', mg: 'fr', oc: 'fr', rw: 'fr', wo: 'fr' },
  ...{ af: 'nl', ckb: 'ar', fy: 'nl', la: 'it', mk: 'bg', rm: 'de' },
};

/** The nearest to what a reader asks for, the dearest first; null when none of `languages` is near. */
export function nearestLanguage(asked: readonly string[], languages: readonly string[]): string | null {
  const wanted = asked.map(languageOf);
  const there = (code: string | null | undefined) => (code && languages.includes(code) ? code : null);
  for (const code of wanted) {
    const found = there(code) ?? there(code && CLOSE[code]);
    if (found) return found;
  }
  return wanted.map((code) => there(code && UNDERSTOOD[code])).find((found) => found !== null) ?? null;
}

/** The language that a tag as people write it means, whatever its script and region: `pt` of `PT_br`, `ro` of `mo`. Null for what is no tag. */
export function languageOf(tag: string): string | null {
  const [, code] = /^([a-z]{2,3})(?:[-_][a-z\d]{1,8})*$/i.exec(tag) ?? [];
  return code ? (Intl.getCanonicalLocales(code)[0]?.split('-')[0] ?? null) : null;
}
