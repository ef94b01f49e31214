// Ten times what detection reads: enough to find an author's words below a long quotation.
const MAX_CHARACTERS = 20_000;

const FENCED_CODE = /^[ \t]*(```|~~~)[^\n]*(?:\n(?![ \t]*\1)[^\n]*)*(?:\n[^\n]*)?/gmu;
const INLINE_CODE = /`+[^`\n]*`+/gu;
const LINK_TARGET = /\]\([^()\s]*\)/gu;
const QUOTED_LINE = /^[ \t]*>.*$/gmu;

/**
 * A Markdown text without what its author did not write as prose: code, targets of links, and lines quoted from
 * others. When there is nothing but quotations they stand for the text, and so does code when there is nothing but code.
 */
export function ownWords(text: string): string {
  const start = text.slice(0, MAX_CHARACTERS);
  const prose = start.replace(FENCED_CODE, ' ').replace(INLINE_CODE, ' ').replace(LINK_TARGET, '] ');
  return [prose.replace(QUOTED_LINE, ' '), prose].find(hasLetters) ?? start;
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}
