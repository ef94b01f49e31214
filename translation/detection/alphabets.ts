// Letters a language writes besides a to z, or besides the 30 of Bulgarian for Cyrillic: from the orthographies.
const OWN_LETTERS: Readonly<Record<string, string>> = {
  bg: 'ѝ',
  bs: 'čćđšž',
  ca: 'àçèéíïòóúü',
  cs: 'áčďéěíňóřšťúůýž',
  da: 'æøåé',
  de: 'äöüß',
  en: '',
  es: 'áéíóúüñ',
  et: 'äöõüšž',
  eu: 'ñç',
  fi: 'äöåšž',
  fr: 'àâæçéèêëîïôœùûüÿ',
  ga: 'áéíóú',
  gl: 'áéíïñóúü',
  hr: 'čćđšž',
  hu: 'áéíóöőúüű',
  it: 'àèéìíîòóùú',
  lt: 'ąčęėįšųūž',
  lv: 'āčēģīķļņšūž',
  mt: 'ċġħżàèìòù',
  nb: 'æøåéèêòóôà',
  nl: 'áéëèêíïóöúü',
  pl: 'ąćęłńóśźż',
  pt: 'áâãàçéêíóôõúü',
  ro: 'ăâîșțşţ',
  ru: 'ыэё',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  sl: 'čšž',
  sr: 'čćđšžђјљњћџ',
  sv: 'åäöéà',
  tr: 'çğıöşüâîû',
  uk: 'ґєії',
};
const SHARED_LETTERS = 'abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъьюя';

const ALPHABETS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(OWN_LETTERS).map(([language, letters]) => [language, new Set(`${SHARED_LETTERS}${letters}'’-\u0307`)]),
);

const ENGLISH_LETTERS_ONLY = /^[a-z]*$/u;

/** The lower-case words that can be foreign to some language: those with more than the letters a to z. */
export function wordsToCheck(words: readonly string[]): string[] {
  return words.filter((word) => !ENGLISH_LETTERS_ONLY.test(word));
}

/** How many of these lower-case words have a letter the language does not write; 0 when its alphabet is not known here. */
export function countForeignWords(words: readonly string[], language: string): number {
  const alphabet = ALPHABETS.get(language);
  return alphabet ? words.filter((word) => hasForeignLetter(word, alphabet)).length : 0;
}

function hasForeignLetter(word: string, alphabet: ReadonlySet<string>): boolean {
  for (const letter of word) if (!alphabet.has(letter)) return true;
  return false;
}
