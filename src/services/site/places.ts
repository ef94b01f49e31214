/** Zones people choose from: those of Europe and of its regions overseas. The API takes every zone there is. */
const OVERSEAS = [
  'Atlantic/Azores',
  'Atlantic/Canary',
  'Atlantic/Faroe',
  'Atlantic/Madeira',
  'Atlantic/Reykjavik',
  'Africa/Ceuta',
  'Asia/Nicosia',
  'America/Cayenne',
  'America/Guadeloupe',
  'America/Martinique',
  'Indian/Mayotte',
  'Indian/Reunion',
  'UTC',
];

export const TIME_ZONES: readonly string[] = [
  ...Intl.supportedValuesOf('timeZone').filter((name) => name.startsWith('Europe/')),
  ...OVERSEAS,
];

/** Countries people choose from: the Union, and those around it. The API takes every country there is. */
const COUNTRIES =
  'AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM TR UA XK'.split(
    ' ',
  );

export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}

/** The same by their names, for a choice; in the order of the language. */
export function countriesIn(language: string): { value: string; words: string }[] {
  const named = COUNTRIES.map((value) => ({ value, words: countryName(value, language) }));
  return named.toSorted((a, b) => a.words.localeCompare(b.words, language));
}
