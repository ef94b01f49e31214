import { linesOf } from '../platform/lines.ts';

interface Line {
  text: string;
  rest: Record<string, unknown>;
}

/** Does something with each JSON line of standard input, an object `{text}`. A wrong line is named by its number, and the others go on. Returns the exit code: 1 when a line was wrong. */
export async function eachText(work: (line: Line) => void | Promise<void>): Promise<number> {
  let [number, wrong] = [0, 0];
  for await (const line of linesOf(process.stdin)) {
    number++;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read !== 'string') {
      await work(read);
      continue;
    }
    wrong++;
    console.error(`Line ${number}${read}`);
  }
  return wrong > 0 ? 1 : 0;
}

/** Or what is wrong with the line, to stand behind its number. */
function readLine(line: string): Line | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return ' is not JSON.';
  }
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
    return ': an object with "text" is expected.';
  const { text, ...rest } = value;
  return { text, rest };
}
