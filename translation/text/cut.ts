// A break in the first half would make crumbs: better a worse break further on.
const EARLIEST_SHARE = 0.5;

/**
 * Cuts a text into pieces of at most `longest` UTF-16 units, where it hurts least: after a line,
 * a sentence, a word. Joined again they are exactly the text.
 */
export function cut(text: string, longest: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > longest) {
    const length = bestBreak(text.slice(start, start + longest));
    pieces.push(text.slice(start, start + length));
    start += length;
  }
  return [...pieces, text.slice(start)];
}

function bestBreak(window: string): number {
  const earliest = window.length * EARLIEST_SHARE;
  for (const wanted of [/\n/g, /[.!?…;]\s/g, /\s/g]) {
    const last = lastEnd(window, wanted);
    if (last > earliest) return last;
  }
  return splitsPair(window) ? window.length - 1 : window.length;
}

function lastEnd(window: string, wanted: RegExp): number {
  const last = [...window.matchAll(wanted)].at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

/** A window that ends between the two halves of an emoji. */
function splitsPair(window: string): boolean {
  return /[\uD800-\uDBFF]$/.test(window);
}
