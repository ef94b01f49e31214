import { formatPercent, svgPercent } from '../../platform/formats.ts';

/** A part of what is counted: the ideas of one space or language, the comments of one alignment. */
export interface Share {
  key: string;
  count: number;
}

export const sumOf = (shares: readonly Share[]): number => shares.reduce((sum, share) => sum + share.count, 0);

/** Each of these figures is zero. */
export const isNothing = (counted: Readonly<Record<string, number>>): boolean =>
  Object.values(counted).every((value) => value === 0);

/** `3.8%` as the language writes it, with one digit behind the point so that columns line up. */
export const formatShare = (part: number, whole: number, language: string): string =>
  formatPercent(whole === 0 ? 0 : part / whole, language, 1);

/** The same for SVG: never in a language. */
export const percent = (part: number, whole: number): string => svgPercent(part / whole);
