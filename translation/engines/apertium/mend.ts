/** Elided words that `ita-spa` does not know: it leaves the mark inside the Spanish word ("mezz'ahora"). */
const ELIDED: Readonly<Record<string, string>> = {
  mezz: 'mezza',
  quell: 'quello',
  tutt: 'tutto',
  nient: 'niente',
  ch: 'che',
};
const ELISION = new RegExp(String.raw`(?<!\p{L})(${Object.keys(ELIDED).join('|')})['’](?=\p{L})`, 'giu');

const BLANK_BEFORE_MARK = / +(?=[,.;:!?](?:[\s"'”»)\]]|$))/gu;
/** "deLla", "dAs", "EUrope": a capital that belonged to another word. */
const ODD_CAPITALS = /(?<!\p{L})(?:\p{Lu}?\p{Ll}+\p{Lu}\p{L}*|\p{Lu}{2,}\p{Ll}{2,})(?!\p{L})/gu;
const SENTENCE_END = /(?<=[.!?…]["”»)\]]*)(?=\s)/u;
/** What may stand before the first word of a sentence. */
const BEFORE_WORDS = /^[\s"'“„«([–—*_-]*(?:\d{1,3}[.)]\s+)?/u;
/** "(really?)" and what somebody asked between marks of quotation are questions of their own. */
const INSIDE = /(?<=\()[^()]*\)$|(?<=\[)[^[\]]*\]$|(?<=")[^"]*"$|(?<=[“„])[^“”„]*”$|(?<=«\s?)[^\s«»][^«»]*»$/u;
const OPENING: Readonly<Record<string, string>> = { '?': '¿', '!': '¡' };

/** A text as the first stage of a mode knows its words. */
export function prepare(text: string, source: string): string {
  if (source !== 'it') return text;
  return text.replace(ELISION, (found, word: string) => {
    const whole = ELIDED[word.toLowerCase()] ?? word;
    return `${found.charAt(0)}${whole.slice(1)} `;
  });
}

/** Mends what is surely broken in an answer, whatever it says: each rule looks for what the text that was sent does not have itself. */
export function mend(sent: string, received: string, target: string): string {
  const known = new Set(sent.match(ODD_CAPITALS));
  const text = received.replace(ODD_CAPITALS, (word) =>
    known.has(word) ? word : word.charAt(0) + word.slice(1).toLowerCase(),
  );
  // French puts blanks before some of its marks.
  const tight = target === 'fr' || sent.search(BLANK_BEFORE_MARK) >= 0 ? text : text.replace(BLANK_BEFORE_MARK, '');
  if (target === 'es') return tight.split(SENTENCE_END).map(open).join('');
  return target === 'ca' ? tight : tight.replace(/[¿¡]/gu, '');
}

/** Spanish announces a question and a call. */
function open(sentence: string): string {
  const mark = /[?!]["”»)\]]*$/u.exec(sentence)?.[0].charAt(0) ?? '';
  const opening = OPENING[mark];
  if (opening === undefined || /[¿¡]/u.test(sentence) || !/\p{L}/u.test(sentence)) return sentence;
  const start = INSIDE.exec(sentence)?.index ?? BEFORE_WORDS.exec(sentence)?.[0].length ?? 0;
  return sentence.slice(0, start) + opening + sentence.slice(start);
}
