// Characters that mean something between Apertium's stages.
const TO_ENCODE = /[\\^$/[\]{}<>@]|~|[\s\p{Cc}]+/gu;
const TO_DECODE = /\\(.)|\[([^\]]*)\]/gsu;
const ENDS_SENTENCE = /[.!?…]$/u;

/** A text in Apertium's stream format, and how to read the answer to it. */
export interface Encoded {
  stream: string;
  decode(answer: string): string;
}

/**
 * Without a final full stop the taggers guess the last word worse, so one is lent to the text
 * and taken back from the answer.
 */
export function encode(text: string): Encoded {
  const stream = text.toWellFormed().replace(TO_ENCODE, encodeOne);
  if (ENDS_SENTENCE.test(text)) return { stream, decode: decodeAll };
  return { stream: `${stream}.`, decode: (answer) => decodeAll(answer).replace(/\.$/, "") };
}

function encodeOne(found: string): string {
  if (found === " ") return found;
  // Blanks inside brackets are carried along untouched; `~` would wake the post-generator.
  if (found === "~" || /^[\s\p{Cc}]/u.test(found)) return `[${found}]`;
  return `\\${found}`;
}

function decodeAll(answer: string): string {
  return answer.replace(TO_DECODE, (_, escaped?: string, blank?: string) => escaped ?? blank ?? "");
}
