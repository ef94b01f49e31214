/** A part of what is counted: the ideas of one space or language, the comments of one alignment. */
export interface Share {
  key: string;
  count: number;
}

export const sumOf = (shares: readonly Share[]): number => shares.reduce((sum, share) => sum + share.count, 0);

/** Each of these figures is zero. */
export const isNothing = (counted: Readonly<Record<string, number>>): boolean =>
  Object.values(counted).every((value) => value === 0);

const formats = new Map<string, Intl.NumberFormat>();

/** `3.8%` as the language writes it, with one digit behind the point so that columns line up. */
export function formatShare(part: number, whole: number, language: string): string {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
    formats.set(language, format);
  }
  return format.format(whole === 0 ? 0 : part / whole);
}

/** The same for SVG: never in a language. */
export const percent = (part: number, whole: number): string => `${Number(((100 * part) / whole).toFixed(2))}%`;
