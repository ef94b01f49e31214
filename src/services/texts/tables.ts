import type { MarkdownIt, Token } from 'markdown-it';

/** A table scrolls within itself, also by keyboard, and says which of its cells are heads. */
export function showTables(markdown: MarkdownIt): void {
  markdown.enable('table');
  const { rules } = markdown.renderer;
  rules['table_open'] = () => '<div class="table" tabindex="0"><table>\n';
  rules['table_close'] = () => '</table></div>\n';
  rules['th_open'] = (tokens, at) => `<th scope="col"${alignmentOf(tokens[at])}>`;
  rules['td_open'] = (tokens, at) => `<td${alignmentOf(tokens[at])}>`;
}

/** Numbers are written to the end of their column; which side that is depends on the reader's language. */
function alignmentOf(cell: Token | undefined): string {
  const [, side] = /^text-align:(center|right)$/.exec(String(cell?.attrGet('style'))) ?? [];
  return side ? ` class="${side === 'right' ? 'at-end' : 'at-center'}"` : '';
}
