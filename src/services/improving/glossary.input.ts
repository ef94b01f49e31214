import { z } from 'zod';

import type { Term } from '#translation/engines/engine.ts';
import { InvalidInput, type ErrorCode, type FieldError } from '../../platform/http/errors.ts';
import { parse, writtenText } from '../../platform/input.ts';
import { TERM_CHARACTERS } from './glossary.ts';

/** As many as fit into one form, whatever script they are in. */
export const LINES_AT_ONCE = 500;
/** A file with more wrong lines than these is of another kind. */
const WRONG_LINES_SHOWN = 20;

const word = writtenText({ max: TERM_CHARACTERS, required: 'termRequired' });
const oneTerm = z.object({ source: word, target: word });

/** The terms of a form: one in its two fields, and any number as lines `source = target`. Throws 422 with what is wrong, lines by their number. */
export function termsOf({ source = '', target = '', lines = '' }: Record<string, string>): Term[] {
  const many = readLines(lines);
  if (many.length > 0 && source.trim() === '' && target.trim() === '') return many;
  return [parse(oneTerm, { source, target }), ...many];
}

interface Line {
  number: number;
  words: string;
}

function readLines(text: string): Term[] {
  const lines = text
    .split(/\r\n?|\n/)
    .map((words, index) => ({ number: index + 1, words }))
    .filter(({ words }) => words.trim() !== '');
  if (lines.length > LINES_AT_ONCE) throw new InvalidInput([wrong('tooManyLines', { max: LINES_AT_ONCE })]);
  const errors: FieldError[] = [];
  const terms: Term[] = [];
  const seen = new Map<string, number>();
  for (const line of lines) {
    const read = readLine(line, seen);
    if ('key' in read) errors.push(read);
    else terms.push(read);
  }
  const unsaid = errors.length - WRONG_LINES_SHOWN;
  const more = unsaid > 0 ? [wrong('moreLines', { number: unsaid })] : [];
  if (errors.length > 0) throw new InvalidInput([...errors.slice(0, WRONG_LINES_SHOWN), ...more]);
  return terms;
}

/** A term, or what is wrong with the line. `seen` holds the words of the lines before. */
function readLine({ number: line, words }: Line, seen: Map<string, number>): Term | FieldError {
  const sides = words.split('=');
  const [source, target] = sides.map((side) => word.safeParse(side));
  if (sides.length !== 2 || !source || !target) return wrong('lineWithoutEquals', { line });
  if (!source.success || !target.success) {
    const codes = [source, target].map(({ error }) => error?.issues[0]?.message);
    if (codes.includes('badCharacters')) return wrong('lineBadCharacters', { line });
    return codes.includes('tooLong')
      ? wrong('lineTooLong', { line, max: TERM_CHARACTERS })
      : wrong('lineWithoutEquals', { line });
  }
  const other = seen.getOrInsert(source.data.toLowerCase(), line);
  return other === line ? { source: source.data, target: target.data } : wrong('lineTwice', { line, other });
}

const wrong = (code: ErrorCode, params: FieldError['params']): FieldError => ({
  field: 'lines',
  key: `errors:${code}`,
  params,
});
