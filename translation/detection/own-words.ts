// Ten times what detection reads: enough to find an author's words below a long quotation.
const MAX_CHARACTERS = 20_000;

const FENCED_CODE = /^[ \t]*(```|~~~)[^\n]*(?:\n(?![ \t]*\1)[^\n]*)*(?:\n[^\n]*)?/gmu;
const INLINE_CODE = /`+[^`\n]*`+/gu;
const LINK_TARGET = /\]\([^()\s]*\)/gu;
const QUOTED_LINE = /^[ \t]*>.*$/gmu;
// Forums mark quotations so; one that is never closed goes to the end.
const QUOTED_BLOCK = /\[(quote|zitat|cite|citation|cita|citat)\b[^\]\n]{0,100}\](?:(?!\[\/\1\])[^])*(?:\[\/\1\])?/giu;
// Mail programs put this line above a signature, and below it nobody speaks to the readers.
const SIGNATURE = /^--[ \t]?$[^]*/mu;

/**
 * A Markdown text without what its author did not write as prose: code, targets of links, lines and blocks quoted from
 * others, and what stands below a signature. When there is nothing else, quotations stand for the text, and so does code.
 */
export function ownWords(text: string): string {
  const start = text.slice(0, MAX_CHARACTERS).replaceAll('\r\n', '\n');
  const prose = start.replace(FENCED_CODE, ' ').replace(INLINE_CODE, ' ').replace(LINK_TARGET, '] ');
  const own = prose.replace(QUOTED_BLOCK, ' ').replace(QUOTED_LINE, ' ').replace(SIGNATURE, ' ');
  return [own, prose].find(hasLetters) ?? start;
}

// Quotation marks of all languages. A mark that opens in one language closes in another, so the pairs have an order.
const PAIRS: readonly (readonly [opens: string, closes: string])[] = [
  ['„', '“”‟'],
  ['‚', '‘’'],
  ['“', '”'],
  ['”', '”“'],
  ['«', '»'],
  ['»', '«»'],
  ['‹', '›'],
  ['›', '‹›'],
  ['「', '」'],
  ['『', '』'],
];
const MAX_QUOTATION = 2000;
const QUOTATIONS = PAIRS.map(
  ([opens, closes]) => new RegExp(`${opens}[^${opens}${closes}]{1,${MAX_QUOTATION}}[${closes}]`, 'gu'),
);
// These marks look the same on both sides: a quotation begins before a word and ends behind one.
const STRAIGHT = /(?<![\p{L}\p{N}"])["„]+(?=[^\s"])[^"]{1,2000}(?<=[^\s"])"+(?![\p{L}\p{N}])/gu;
// And these are apostrophes, too.
const SINGLE = /(?<![\p{L}\p{N}])['‘](?=\p{L})(?:[^'’‘\n]|['’](?=\p{L})){1,500}['’](?![\p{L}\p{N}])/gu;

/** A text without what stands in quotation marks, of whichever language. */
export function withoutQuotations(text: string): string {
  return [...QUOTATIONS, STRAIGHT, SINGLE].reduce((rest, quotation) => rest.replace(quotation, ' '), text);
}

export function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}
