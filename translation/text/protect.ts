/** A text whose untranslatable parts are hidden behind placeholders, and the way back. */
export interface Protected {
  text: string;
  /** Puts the hidden parts back into a translation that has each placeholder exactly once. */
  restore(translated: string): string;
}

const PLACEHOLDER = /XQ\d+QX/g;
const WITH_BLANK = /( ?)XQ(\d+)QX/g;

// Order matters where two of them could start at the same place: the longer one comes first.
const UNTRANSLATABLE = new RegExp(
  [
    PLACEHOLDER, // what looks like one of ours, but was written by a person
    /(?<!`)(`+)(?!`)[^]{1,1000}?(?<!`)\1(?!`)/, // code
    /<(?:[a-z][a-z0-9+.-]{1,31}:|[^\s<>@]+@)[^\s<>]*>/i, // <link> or <address>
    /\[\^[^\s[\]]{1,40}\]/, // [^1], a footnote
    /(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"\n]*")?\)/, // target of [words](target "title")
    /(?<=\])\[[^\]\n]*\]/, // label of [words][label]
    /(?:\b[a-z][a-z0-9+.-]{1,31}:\/\/|\bwww\.)[^\s<>]*[^\s<>.,;:!?()[\]{}'"«»*_~|`]/i, // address of a page
    /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u, // e-mail
    /(?<![\p{L}\p{N}_/])@[\p{L}\p{N}_]+(?:[.@-][\p{L}\p{N}_]+)*/u, // @person or @person@server
    /(?<![\p{L}\p{N}_&])#[\p{L}\p{N}_]+/u, // #topic
    /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i, // &amp;
  ]
    .map(({ source }) => source)
    .join('|'),
  'giu',
);

// Without one of these nothing above can be found; most paragraphs have none, and looking closely takes a hundred times as long.
const MAY_HIDE = /[`<@#&[]|:\/\/|www\.|XQ\d/i;

/**
 * Hides what no engine may touch: code, addresses, link targets, e-mails, @mentions, #hashtags.
 * Emphasis marks stay: engines keep them, and translate better without placeholders in a sentence.
 */
export function protect(text: string): Protected {
  if (!MAY_HIDE.test(text)) return { text, restore: (translated) => translated };
  const hidden: string[] = [];
  // An engine would not know a word with a placeholder at its end: footnotes, which stand so, get a blank.
  const isGlued = (found: string, at: number) => found.startsWith('[^') && /[^\s]$/.test(text.slice(0, at));
  const glued = new Set<number>();
  const shown = text.replace(UNTRANSLATABLE, (found, ...rest) => {
    const index = hidden.push(found) - 1;
    const at = rest.find((each) => typeof each === 'number') ?? 0;
    if (!isGlued(found, at)) return placeholder(index);
    glued.add(index);
    return ` ${placeholder(index)}`;
  });
  return {
    text: shown,
    restore: (translated) =>
      translated.replace(WITH_BLANK, (found, blank: string, number: string) => {
        const was = hidden[Number(number)] ?? found.trimStart();
        return glued.has(Number(number)) ? was : blank + was;
      }),
  };
}

/** The placeholders in a protected text, or in its translation. */
export function placeholdersIn(text: string): string[] {
  return text.match(PLACEHOLDER) ?? [];
}

/** The parts of a protected text: its placeholders, and what stands between them. */
export function cutAtPlaceholders(text: string): string[] {
  return text.split(/(XQ\d+QX)/);
}

/** The words of a protected text alone. */
export function withoutPlaceholders(text: string): string {
  return text.replace(PLACEHOLDER, ' ');
}

function placeholder(index: number): string {
  // Survives every mode of Apertium; brackets and rare signs do not.
  return `XQ${index}QX`;
}
