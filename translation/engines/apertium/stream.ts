const TO_ENCODE = /[\\^$/[\]{}<>@~]|[\s\p{Cc}]+/gu;
// Words that a mode drops leave their blanks behind: more than one in a row was never sent as such.
const TO_DECODE = /\\(.)|\[([^\]]*)\]| {2,}/gsu;
const ENDS_SENTENCE = /[.!?…]$/u;
// After a circumflex, escaped or not, lrx-proc waits for a word even beyond the end: it never sees one.
const CIRCUMFLEX = '\uE05E';

/** A text in Apertium's stream format, and how to read the answer to it. */
export interface Encoded {
  stream: string;
  decode(answer: string): string;
}

/**
 * Writes a text as Apertium's stages exchange it. Without a final full stop the taggers guess the
 * last word worse, so one is lent to the text and taken back from the answer.
 */
export function encode(text: string): Encoded {
  const stream = text.toWellFormed().replace(TO_ENCODE, encodeOne);
  if (ENDS_SENTENCE.test(text)) return { stream, decode: decodeAll };
  return { stream: `${stream}.`, decode: (answer) => decodeAll(answer).replace(/\.$/, '') };
}

/** Between brackets things are carried along untouched; a backslash takes a sign's meaning away. */
function encodeOne(found: string): string {
  if (found === ' ') return found;
  if (found === '^') return `[${CIRCUMFLEX}]`;
  // A tilde would wake the post-generator.
  if (found === '~' || /^[\s\p{Cc}]/u.test(found)) return `[${found}]`;
  return `\\${found}`;
}

function decodeAll(answer: string): string {
  return answer.replace(TO_DECODE, (_, escaped?: string, kept?: string) => {
    return escaped ?? (kept === CIRCUMFLEX ? '^' : (kept ?? ' '));
  });
}
