import { createInterface } from 'node:readline';

/** JSON lines from standard input, one object `{text}` a line. Throws with the number of a line that is none. */
export async function* readTexts(): AsyncGenerator<{ text: string; rest: Record<string, unknown> }> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    const value: unknown = parseLine(line, number);
    if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
      throw new Error(`Line ${number}: an object with "text" is expected.`);
    const { text, ...rest } = value;
    yield { text, rest };
  }
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`Line ${number} is not JSON.`);
  }
}
