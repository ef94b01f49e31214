import { count } from './clean.ts';

export interface WrittenIn {
  /** ISO 15924 code; 'Zzzz' when the text has no letters, or letters of scripts not known here. */
  script: string;
  /** The share of the letters that belong to it, 0 to 1. */
  share: number;
}

const LETTERS: readonly (readonly [script: string, letters: RegExp])[] = [
  ['Cyrl', /\p{Script=Cyrillic}/gu],
  ['Grek', /\p{Script=Greek}/gu],
  ['Arab', /\p{Script=Arabic}/gu],
  ['Hebr', /\p{Script=Hebrew}/gu],
  ['Hans', /\p{Script=Han}/gu],
  ['Armn', /\p{Script=Armenian}/gu],
  ['Geor', /\p{Script=Georgian}/gu],
  ['Kore', /\p{Script=Hangul}/gu],
  ['Deva', /\p{Script=Devanagari}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  // Japanese mixes Han with kana; Chinese has no kana.
  ['Jpan', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu],
];
// Names and loan words stay Latin in texts of any other script; the reverse is rare, so less than half decides.
const DECISIVE_SHARE = 0.3;

/** The script a cleaned text is written in. */
export function scriptOfText(text: string): WrittenIn {
  const letters = Math.max(1, count(text, /\p{L}/gu));
  const latin = { script: 'Latn', share: count(text, /\p{Script=Latin}/gu) / letters };
  if (latin.share > 1 - DECISIVE_SHARE) return latin;
  const shares = LETTERS.map(([script, pattern]) => ({ script, share: count(text, pattern) / letters }));
  const foremost = shares.reduce((best, each) => (each.share > best.share ? each : best));
  if (foremost.share >= DECISIVE_SHARE) return foremost;
  return latin.share > DECISIVE_SHARE ? latin : { script: 'Zzzz', share: 0 };
}
