import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it';

import { addFootnotes } from './footnotes.ts';
import { hasTooManyCells } from './tables.ts';

/** A piece of the source, as offsets. */
interface Range {
  start: number;
  end: number;
}

/** A Markdown text taken apart: the paragraphs to translate, and how to put translations in their place. */
export interface Split {
  paragraphs: readonly string[];
  /** Takes one translation for each paragraph, in order; everything else stays as it was written. */
  join(translations: readonly string[]): string;
}

function createParser({ tables }: { tables: boolean }): Parser {
  const markdown = new MarkdownIt({ html: false });
  // Only blocks are of interest; the inside of a line is not parsed.
  markdown.core.ruler.enableOnly(['normalize', 'block']);
  if (!tables) markdown.disable('table');
  addFootnotes(markdown);
  return markdown;
}

const withTables = createParser({ tables: true });
const withoutTables = createParser({ tables: false });

/**
 * Finds what there is to translate in Markdown. Markers of lists, headings and quotes, code and
 * link definitions are not part of any paragraph.
 */
export function split(source: string): Split {
  const lines = linesOf(source);
  const places = paragraphsOf(source, lines);
  const paragraphs = places.map((place) => place.map((range) => textAt(source, range)).join('\n'));
  return {
    paragraphs,
    join: (translations) =>
      replaceAll(
        source,
        places.flatMap((place, index) => replacements(place, translations[index])),
      ),
  };
}

/** Where each paragraph lies, line by line, because a marker may stand before each line. */
function paragraphsOf(source: string, lines: readonly Range[]): Range[][] {
  let cell = 0;
  const markdown = hasTooManyCells(source) ? withoutTables : withTables;
  const places = markdown.parse(source, {}).map((token) => {
    if (token.type === 'tr_open') cell = lines[token.map?.[0] ?? 0]?.start ?? 0;
    if (token.type !== 'inline') return null;
    if (token.map !== null) return findLines(source, lines, token);
    const found = findCell(source, cell, token.content);
    cell = found?.end ?? after(source, cell, token.content);
    return found === null ? null : [found];
  });
  return places.filter((place) => place !== null);
}

function findLines(source: string, lines: readonly Range[], token: Token): Range[] | null {
  const first = token.map?.[0] ?? 0;
  const ranges = token.content.split('\n').map((content, index) => {
    const line = lines[first + index];
    if (line === undefined) return null;
    const wanted = content.trim();
    const at = textAt(source, line).lastIndexOf(wanted);
    return at === -1 ? null : { start: line.start + at, end: line.start + at + wanted.length };
  });
  return ranges.every((range) => range !== null) ? ranges : null;
}

/** Cells of a table have no place of their own: they follow one another in the row. */
function findCell(source: string, from: number, content: string): Range | null {
  const start = source.indexOf(content, from);
  if (start === -1 || !/^[\s|]*$/.test(source.slice(from, start))) return null;
  return { start, end: start + content.length };
}

/** Behind a cell that an engine might break: one with a `\\|` in it. */
function after(source: string, from: number, content: string): number {
  const written = content.replaceAll('|', String.raw`\|`);
  const start = source.indexOf(written, from);
  return start === -1 ? from : start + written.length;
}

function replacements(place: readonly Range[], translation = ''): [Range, string][] {
  const translated = translation.split('\n');
  return place.map((range, index) => {
    const isLast = index === place.length - 1;
    // An engine may have joined or added lines; the last one takes what is left over.
    const text = isLast ? translated.slice(index).join(' ') : (translated[index] ?? '');
    return [range, text];
  });
}

function replaceAll(source: string, edits: readonly [Range, string][]): string {
  let position = 0;
  const parts = edits.flatMap(([range, text]) => {
    const before = source.slice(position, range.start);
    position = range.end;
    return [before, text];
  });
  return [...parts, source.slice(position)].join('');
}

function linesOf(source: string): Range[] {
  let start = 0;
  return source.split('\n').map((line) => {
    const range = { start, end: start + line.length };
    start = range.end + 1;
    return range;
  });
}

function textAt(source: string, { start, end }: Range): string {
  return source.slice(start, end);
}
