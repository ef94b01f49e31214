import { remember } from '../../platform/remember.ts';

const FORMATS = 100;
const HUNDRED = 100;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `€12.30` as the language writes it. */
export const formatEuro = (euro: number, language: string): string => euroFormats(language).format(euro);

const euroFormats = remember(
  FORMATS,
  (language) => new Intl.NumberFormat(tagOf(language), { style: 'currency', currency: 'EUR' }),
);

/** `42%` as the language writes it. */
export const formatPercent = (percent: number, language: string): string =>
  percentFormats(language).format(percent / HUNDRED);

const percentFormats = remember(FORMATS, (language) => new Intl.NumberFormat(tagOf(language), { style: 'percent' }));

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
  return new Intl.DurationFormat(tagOf(language), { style: 'long', ...(seconds ? { secondsDisplay: 'always' } : {}) });
});

/** As in Europe. */
const tagOf = (language: string): string => ({ en: 'en-GB', pt: 'pt-PT' })[language] ?? language;
