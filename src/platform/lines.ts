/** The lines of a file of JSON lines: they end at LF or CRLF alone. Node's own reader also ends them at U+2028, which JSON may hold as it is. */
export async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const piece of stream) {
    const lines = String(piece).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      yield withoutReturn(rest + line);
      rest = '';
    }
    rest += last;
  }
  if (rest !== '') yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** A value as one line, with no sign in it at which any program ends a line. */
export const lineOf = (value: unknown): string =>
  `${JSON.stringify(value)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)}\n`;
