// Letters a language writes besides a to z, or besides the 30 of Bulgarian for Cyrillic: from the orthographies.
const OWN_LETTERS: Readonly<Record<string, string>> = {
  bg: 'ѝ',
  bs: 'čćđšž',
  ca: 'àçèéíïòóúü',
  cs: 'áčďéěíňóřšťúůýž',
  cy: 'âêîôûŵŷäëïöáéíóúàèìòù',
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
  lb: 'äöüéèëêâîôûç',
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

const ENGLISH_LETTERS = /[a-z]+/gu;

/** Of each lower-case word that can be foreign to some language: what it has besides the letters a to z. */
export function specialLetters(words: readonly string[]): string[][] {
  return words.map((word) => Array.from(word.replace(ENGLISH_LETTERS, ''))).filter((letters) => letters.length > 0);
}

/** How many words have a letter that the language does not write; 0 when its alphabet is not known here. */
export function countForeignWords(words: readonly (readonly string[])[], language: string): number {
  const alphabet = ALPHABETS.get(language);
  if (!alphabet) return 0;
  return words.filter((letters) => letters.some((letter) => !alphabet.has(letter))).length;
}
