import { formatTag } from '../../platform/formats.ts';
import { rememberWords } from '../../platform/remember.ts';

/** In all languages together. */
const NAMES_BYTES = 500_000;

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

/** Whose clocks a zone shows: its country, and the place where the country has several. */
const REGIONS = [...COUNTRIES, ...'AX BY CY FO GF GG GI GP IM JE MQ RE RU VA YT'.split(' ')];
const ZONES_OF: ReadonlyMap<string, readonly string[]> = new Map(
  REGIONS.map((region) => [region, new Intl.Locale(`und-${region}`).getTimeZones() ?? []]),
);

/** Where the name of the zone is not that of the city any more. */
const CITIES: Readonly<Record<string, string>> = { 'Europe/Kiev': 'Kyiv' };

/** A zone by names that people know: `Italy – Central European Time`, `Portugal (Azores) – Azores Time`. */
export function zoneName(zone: string, language: string): string {
  return zoneNames(`${language} ${zone}`, () => nameZone(zone, language));
}

const zoneNames = rememberWords(NAMES_BYTES);

function nameZone(zone: string, language: string): string {
  if (zone === 'UTC') return zone;
  const city = CITIES[zone] ?? zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  const [region, zones = []] = [...ZONES_OF].find(([, all]) => all.includes(zone)) ?? [];
  const country = region && countryName(region, language);
  const where = country ? (zones.length > 1 ? `${country} (${city})` : country) : city;
  const format = new Intl.DateTimeFormat(formatTag(language), { timeZone: zone, timeZoneName: 'longGeneric' });
  // As it is called today: in 1970 Tallinn had the clocks of Moscow.
  const clock = format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value;
  return clock ? `${where} – ${clock}` : where;
}

/** The same by their names, for a choice; in the order of the language. */
export function countriesIn(language: string): { value: string; words: string }[] {
  const named = COUNTRIES.map((value) => ({ value, words: countryName(value, language) }));
  return named.toSorted((a, b) => a.words.localeCompare(b.words, language));
}
