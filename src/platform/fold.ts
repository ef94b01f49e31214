/** Letters that no decomposition splits, as people type them who do not have them. */
const SPELLED: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', đ: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ĸ: 'k' },
  ...{ ς: 'σ', ة: 'ه', ى: 'ي', ـ: '' },
};
const SPELLED_ONES = new RegExp(`[${Object.keys(SPELLED).join('')}]`, 'g');
/** Accents and other marks above or below letters; signs that nobody sees: soft hyphens, joiners, directions. */
const MARKS = /[\p{M}\p{Cf}]/gu;
const APOSTROPHES = /['’‘‛ʼʻʹ`´′＇]/g;
const DASHES = /[‐‑‒–—―−]/g;

/**
 * Words as a search compares them: small letters without accents, spelled out, without apostrophes and unseen signs. Use it for what is
 * sought and for what is searched; `lower()` of the embedded database knows ASCII alone.
 */
export function fold(text: string): string {
  return text
    .replace(APOSTROPHES, '') // before they are taken apart
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .normalize('NFKD') // İ becomes i and a dot
    .replace(MARKS, '')
    .replace(SPELLED_ONES, (letter) => SPELLED[letter] ?? letter)
    .replace(APOSTROPHES, '')
    .replace(DASHES, '-');
}
