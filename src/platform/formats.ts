import { foldOf, offsetOf } from './clocks.ts';
import { remember, rememberWords } from './remember.ts';

// Numbers and dates, in every language from here alone. Scripts in the browser read the same tag from `<html data-format>`.

/** Some 4,000 numbers, and as many dates; there are fewer formats than this. */
const WRITTEN_BYTES = 1_000_000;
const FORMATS = 1_000;
const HUNDRED = 100;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** As in Europe: `22 November 2026`, `0 pessoas`. */
const REGIONS: Record<string, string> = { en: 'en-GB', pt: 'pt-PT' };
/** The clock of 24 hours for all, and the digits that ids and addresses have. */
const DETAILS: Record<string, string> = { ar: 'ar-u-hc-h23-nu-latn', el: 'el-u-hc-h23' };

/** Whose plural forms a language has. */
export const regionOf = (language: string): string => REGIONS[language] ?? language;

/** For `Intl`: how a language writes numbers and dates. */
export const formatTag = (language: string): string => DETAILS[language] ?? regionOf(language);

/** `4218` as the language writes it. */
export function formatNumber(value: number, language: string): string {
  return written(`${language} ${value}`, () => ownSigns(numberFormats(language).formatToParts(value), language));
}

const written = rememberWords(WRITTEN_BYTES);
const numberFormats = remember(FORMATS, (language) => new Intl.NumberFormat(formatTag(language)));

/** Signs for which Latin ones would stand between the digits; public/js/formats.js has the same. */
const SIGNS: Record<string, Partial<Record<Intl.NumberFormatPartTypes, string>>> = { ar: { group: '٬', decimal: '٫' } };

const ownSigns = (parts: readonly Intl.NumberFormatPart[], language: string): string =>
  parts.map(({ type, value }) => SIGNS[language]?.[type] ?? value).join('');

/** `42%` of 0.42, as the language writes it; with as many digits behind the point. */
export function formatPercent(share: number, language: string, digits = 0): string {
  return ownSigns(percentFormats(`${language} ${digits}`).formatToParts(share), language);
}

const percentFormats = remember(FORMATS, (key) => {
  const [language = '', digits] = key.split(' ');
  const exactly = { minimumFractionDigits: Number(digits), maximumFractionDigits: Number(digits) };
  return new Intl.NumberFormat(formatTag(language), { style: 'percent', ...exactly });
});

/** `€12.30`. */
export const formatEuro = (euro: number, language: string): string =>
  ownSigns(euroFormats(language).formatToParts(euro), language);

const euroFormats = remember(
  FORMATS,
  (language) => new Intl.NumberFormat(formatTag(language), { style: 'currency', currency: 'EUR' }),
);

/** The two largest units, which is as exact as anybody plans: `3 hours, 20 minutes`. Whole seconds below a minute. */
export function formatDuration(seconds: number, language: string): string {
  const whole = Math.round(seconds);
  if (whole < MINUTE) return durationFormats(`${language} always`).format({ seconds: whole });
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  return durationFormats(language).format(days > 0 ? { days, hours } : { hours, minutes });
}

const durationFormats = remember(FORMATS, (key) => {
  const [language = '', seconds] = key.split(' ');
  const always = seconds ? ({ secondsDisplay: 'always' } as const) : {};
  return new Intl.DurationFormat(formatTag(language), { style: 'long', ...always });
});

/** `in 3 days`, `tomorrow`. */
export const formatDaysLeft = (days: number, language: string): string =>
  new Intl.RelativeTimeFormat(formatTag(language), { numeric: 'auto' }).format(days, 'day');

/** `Apertium, DeepL and Marian`. */
export const formatList = (words: readonly string[], language: string): string =>
  new Intl.ListFormat(formatTag(language)).format(words);

/** Between things that stand side by side. */
export const commaOf = (language: string): string => (language === 'ar' ? '، ' : ', ');

/** A calendar day in the platform's time zone; with the time of day when `time` is set. */
export function formatDate(value: Date, language: string, timeZone: string, { time = false } = {}): string {
  const format = `${language} ${timeZone} ${time ? 'short' : 'none'}`;
  const write = () => dateFormats(format).format(value) + (time ? whichOf([value], timeZone) : '');
  return writtenDates(`${format} ${value.getTime()}`, write);
}

const writtenDates = rememberWords(WRITTEN_BYTES);

const dateFormats = remember(FORMATS, (key) => {
  const [language = '', timeZone, time] = key.split(' ');
  const style =
    time === 'short' ? ({ dateStyle: 'long', timeStyle: 'short' } as const) : ({ dateStyle: 'long' } as const);
  return new Intl.DateTimeFormat(formatTag(language), { ...style, ...(timeZone ? { timeZone } : {}) });
});

/** From one moment to another on the clocks of that zone, in the language's shortest way: `Saturday 4 October 2031, 18:00 – 20:30`. */
export function formatPeriod(from: Date, until: Date, language: string, timeZone: string): string {
  const format = `${language} ${timeZone}`;
  const write = () => periodFormats(format).formatRange(from, until) + whichOf([from, until], timeZone);
  return writtenDates(`${format} ${from.getTime()} ${until.getTime()}`, write);
}

/** Left to right also in Arabic. */
const LEFT_TO_RIGHT = '\u200E';

/** What tells these moments apart from others that clocks show as the same time: on the night when they go back, how far they are from UTC. */
function whichOf(moments: readonly Date[], timeZone: string): string {
  if (moments.every((each) => foldOf(each, timeZone) === null)) return '';
  const offsets = new Set(moments.map((each) => offsetOf(each, timeZone)));
  return ` (${[...offsets].map((each) => LEFT_TO_RIGHT + each + LEFT_TO_RIGHT).join(' – ')})`;
}

/** Whole days, `until` the midnight after the last one: `Saturday 4 – Monday 6 October 2031`. */
export function formatDays(from: Date, until: Date, language: string, timeZone: string): string {
  return dayFormats(`${language} ${timeZone}`).formatRange(from, new Date(until.getTime() - 1));
}

const dayFormats = remember(FORMATS, (key) => {
  const [language = '', timeZone = ''] = key.split(' ');
  return new Intl.DateTimeFormat(formatTag(language), { ...WITH_WEEKDAY, timeZone });
});

const periodFormats = remember(FORMATS, (key) => {
  const [language = '', timeZone = ''] = key.split(' ');
  const clock = { hour: 'numeric', minute: '2-digit', timeZone } as const;
  return new Intl.DateTimeFormat(formatTag(language), { ...WITH_WEEKDAY, ...clock });
});

const WITH_WEEKDAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;

/** `Oct`, for the margin of a list; where the short form is a number (Bulgarian, Lithuanian), the long one. */
export const formatMonth = (value: Date, language: string, timeZone: string): string =>
  monthFormats(`${language} ${timeZone}`).format(value);

const monthFormats = remember(FORMATS, (key) => {
  const [language = '', timeZone = ''] = key.split(' ');
  const months = (month: 'short' | 'long') => new Intl.DateTimeFormat(formatTag(language), { month, timeZone });
  const short = months('short');
  return /\d/.test(short.format(0)) ? months('long') : short;
});

/** The share as a length in SVG, which knows no language. */
export const svgPercent = (share: number): string => `${Number((HUNDRED * share).toFixed(2))}%`;
