import type { MarkdownIt, StateBlock } from 'markdown-it';

/** `[^name]: words` at the beginning of a line. */
const DEFINITION = /^\[\^([^\s[\]]{1,40})\]:[ \t]+(?=\S)/;

/** Teaches a Markdown parser what a footnote says; where it stands among the blocks of a text is up to who reads the tokens. */
export function addFootnotes(markdown: MarkdownIt): void {
  markdown.block.ruler.before('reference', 'footnote', readFootnote, { alt: ['paragraph', 'reference'] });
}

/** A footnote goes on up to an empty line or the next footnote. */
function readFootnote(state: StateBlock, from: number, until: number, silent: boolean): boolean {
  const [mark, name] = definitionAt(state, from) ?? [];
  if (!mark) return false;
  // Within a list or a quotation it is words; less indented than the list, it ends that.
  if (silent) return state.level === 0 || (state.sCount[from] ?? 0) < state.blkIndent;
  if (state.level > 0) return false;
  let end = from + 1;
  while (end < until && !state.isEmpty(end) && !definitionAt(state, end)) end += 1;
  const content = state.getLines(from, end, state.blkIndent, false).trim().slice(mark.length);
  state.push('footnote_open', 'li', 1).meta = { name };
  state.push('paragraph_open', 'p', 1);
  Object.assign(state.push('inline', '', 0), { content, map: [from, end], children: [] });
  state.push('paragraph_close', 'p', -1);
  state.push('footnote_close', 'li', -1);
  state.line = end;
  return true;
}

function definitionAt({ src, bMarks, tShift, eMarks }: StateBlock, line: number): RegExpExecArray | null {
  return DEFINITION.exec(src.slice((bMarks[line] ?? 0) + (tShift[line] ?? 0), eMarks[line]));
}
