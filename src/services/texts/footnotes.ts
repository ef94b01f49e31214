import { randomBytes } from 'node:crypto';

import type { Env, MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';

import { addFootnotes } from '#translation/text/footnotes.ts';

/** Stands in ids for the text they belong to: one page shows many texts, and the HTML of a text is kept for all of them. */
const TEXT = randomBytes(8).toString('hex');
const REFERENCE = /\[\^([^\s[\]]{1,40})\]/y;

interface Note {
  /** From 1 on, in the order in which the text refers to them. */
  number: number;
  references: number;
}

interface Notes {
  known: Map<string, Note>;
  cited: number;
}

/** Footnotes in a text: references where they were written, and what they say below the text, with the ways back. */
export function showFootnotes(markdown: MarkdownIt): void {
  addFootnotes(markdown);
  markdown.core.ruler.after('block', 'find-footnotes', find);
  markdown.inline.ruler.before('link', 'footnote-reference', refer);
  markdown.core.ruler.after('inline', 'place-footnotes', placeNotes);
  const { rules } = markdown.renderer;
  rules['footnotes_open'] = () => '<section class="footnotes"><ol>\n';
  rules['footnotes_close'] = () => '</ol></section>\n';
  rules['footnote_open'] = (tokens, at) => `<li id="${idOf('note', metaOf(tokens[at]))}">`;
  rules['footnote_reference'] = (tokens, at) => {
    const meta = metaOf(tokens[at]);
    return `<sup><a href="#${idOf('note', meta)}" id="${idOf('ref', meta)}" role="doc-noteref">${meta.number}</a></sup>`;
  };
  rules['footnote_back'] = (tokens, at, _options, env) => {
    const meta = metaOf(tokens[at]);
    const words = markdown.utils.escapeHtml(
      `${String(env?.['back'])} ${idOf('ref', meta).split('-').slice(2).join('.')}`,
    );
    return ` <a href="#${idOf('ref', meta)}" role="doc-backlink" aria-label="${words}">↩</a>`;
  };
}

/** The ids of a text that was rendered, made its own: `place` is unlike that of any other text on the page. */
export const inPlace = (html: string, place: string): string => html.replaceAll(TEXT, place);

interface Meta {
  number: number;
  /** Which of several references to the same note. */
  reference: number;
}

const metaOf = (token: Token | undefined): Meta => ({ number: 0, reference: 1, ...token?.meta });

function idOf(what: 'note' | 'ref', { number, reference }: Meta): string {
  const again = what === 'ref' && reference > 1 ? `-${reference}` : '';
  return `${what}-${TEXT}-${number}${again}`;
}

const nameOf = ({ meta }: Token): string => String(meta?.['name']);

function notesOf(env: Env): Notes {
  env['notes'] ??= { known: new Map(), cited: 0 } satisfies Notes;
  // oxlint-disable-next-line no-unsafe-type-assertion -- stored by the line above alone
  return env['notes'] as Notes;
}

/** Each has a name; one that is said twice keeps its words under a name that nobody refers to. */
function find({ tokens, env }: StateCore): void {
  const { known } = notesOf(env);
  for (const token of tokens.filter(({ type }) => type === 'footnote_open')) {
    const said = nameOf(token);
    const name = known.has(said) ? `${said} ${known.size}` : said;
    token.meta = { name };
    known.set(name, { number: 0, references: 0 });
  }
}

function refer(state: StateInline, silent: boolean): boolean {
  REFERENCE.lastIndex = state.pos;
  const [mark, name] = REFERENCE.exec(state.src) ?? [];
  const notes = notesOf(state.env);
  const note = notes.known.get(name ?? '');
  if (!mark || !note || state.linkLevel > 0) return false;
  if (!silent) {
    note.number ||= ++notes.cited;
    note.references += 1;
    state.push('footnote_reference', 'sup', 0).meta = { number: note.number, reference: note.references };
  }
  state.pos += mark.length;
  return true;
}

/** What the notes say goes below the text, in the order of their numbers; those nobody refers to come last, and none is lost. */
function placeNotes(state: StateCore): void {
  const notes = notesOf(state.env);
  if (notes.known.size === 0) return;
  const rest: Token[] = [];
  const placed: { number: number; tokens: Token[] }[] = [];
  let open: Token[] | null = null;
  for (const token of state.tokens) {
    if (token.type === 'footnote_open') {
      const note = notes.known.get(nameOf(token)) ?? { number: 0, references: 0 };
      note.number ||= ++notes.cited;
      token.meta = { ...note };
      placed.push({ number: note.number, tokens: (open = []) });
    }
    (open ?? rest).push(token);
    if (token.type === 'inline' && open) token.children?.push(...backsOf(open[0], state));
    if (token.type === 'footnote_close') open = null;
  }
  const sorted = placed.toSorted((a, b) => a.number - b.number).flatMap(({ tokens }) => tokens);
  const around = (type: string, nesting: 1 | -1) => new state.Token(type, 'section', nesting);
  state.tokens = [...rest, around('footnotes_open', 1), ...sorted, around('footnotes_close', -1)];
}

/** One way back for each reference. */
function backsOf(note: Token | undefined, state: StateCore): Token[] {
  const { number, references } = { number: 0, references: 0, ...note?.meta };
  return Array.from({ length: references }, (_, index) =>
    Object.assign(new state.Token('footnote_back', 'a', 0), { meta: { number, reference: index + 1 } }),
  );
}
