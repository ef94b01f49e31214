// The 24 official languages of the European Union, in the order of their own names as the Treaty lists them.
export const EU_LANGUAGES: readonly string[] =
  'bg es cs da de et el en fr ga hr it lv lt hu mt nl pl pt ro sk sl fi sv'.split(' ');

// What an operator can switch on: the 24, and languages widely spoken or official in parts of the Union.
export const KNOWN_LANGUAGES: readonly string[] = [
  ...EU_LANGUAGES,
  ...'ar bs ca eu gl nb ru sr tr uk he zh ja'.split(' '),
];

/** Texts do not tell them apart, or hardly, when they are in Latin letters. */
export const SERBO_CROATIAN: readonly string[] = ['bs', 'hr', 'sr'];

/** The other languages that texts with this label may be in, because it is the only one of them that is enabled. */
export function sharesLabelWith(language: string, enabled: readonly string[]): string[] {
  const group = SERBO_CROATIAN.includes(language) ? SERBO_CROATIAN : [];
  return group.filter((each) => enabled.includes(each)).length > 1 ? [] : group.filter((each) => each !== language);
}

/** BCP 47 for a text that is in none of the languages asked for. */
export const UNDETERMINED = 'und';

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['Arab', 'Hebr']);

/** The way a language is written, for the `dir` attribute. */
export function direction(code: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(scriptOf(code)) ? 'rtl' : 'ltr';
}

/** The ISO 15924 code of the script a language is usually written in: 'Latn', 'Cyrl', 'Grek'. */
export function scriptOf(code: string): string {
  const script = scripts.get(code) ?? (isCode(code) ? new Intl.Locale(code).maximize().script : null) ?? 'Zzzz';
  scripts.set(code, script);
  return script;
}

/** Whether it can be the code of a language, `pt` or `pt-BR`: Intl throws at everything else, and one wrong row must not break a list. */
function isCode(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}

/** Whether it is the code of a language that has a name, spoken in the Union or not: `lb`, `ca`, `wo`. */
export const isSpoken = (code: string): boolean => /^[a-z]{2,3}$/.test(code) && spokenNames.of(code) !== undefined;

const spokenNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The name of a language in that language: 'Gaeilge', 'العربية'. */
export function autonym(code: string): string {
  return languageName(code, code);
}

/** The name of a language as speakers of another call it: languageName('de', 'fr') is 'allemand'. */
export function languageName(code: string, inLanguage: string): string {
  const known = namesIn(inLanguage);
  const name =
    known.get(code) ??
    (isCode(code) ? new Intl.DisplayNames([inLanguage], { type: 'language' }).of(code) : null) ??
    code;
  known.set(code, name);
  return name;
}

// Asking Intl costs more than a page may spend on each label, so its answers are kept.
const scripts = new Map<string, string>();
const names = new Map<string, Map<string, string>>();

function namesIn(language: string): Map<string, string> {
  const known = names.get(language) ?? new Map<string, string>();
  names.set(language, known);
  return known;
}
