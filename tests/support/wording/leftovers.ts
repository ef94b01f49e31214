const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Of these nobody reads the content as a sentence. */
const SILENT = new Set(['script', 'style', 'code']);
/** What a page says beside its text. */
const SAID = /\s(?:title|aria-label|placeholder|alt|label)="([^"]*)"/g;
const TOKEN = /<!--.*?-->|<(\/?)([a-z][\w-]*)((?:"[^"]*"|[^">])*)>|([^<]+)/gs;
/** Other languages have many of the shorter words, too. */
const LETTERS = /\p{L}{4,}/gu;

/** The words of these texts. */
export const vocabularyOf = (texts: Iterable<string>): ReadonlySet<string> =>
  new Set([...texts].flatMap((text) => text.toLowerCase().match(LETTERS) ?? []));

/** The sentences of a page that have a word of this vocabulary in them; addresses have none. */
export function leftovers(page: string, vocabulary: ReadonlySet<string>): string[] {
  const wordsIn = (text: string): string[] =>
    text
      .replaceAll(/&\w+;|https?:\S+|(?<!\S)\/\S+/g, ' ')
      .toLowerCase()
      .match(LETTERS) ?? [];
  return saidIn(page)
    .filter((text) => wordsIn(text).some((word) => vocabulary.has(word)))
    .map((text) => text.trim().replaceAll(/\s+/g, ' '));
}

/** Apart from what stands in another language than the page: that was written by people. */
function saidIn(page: string): string[] {
  const language = /<html[^>]* lang="([\w-]+)"/.exec(page)?.[1];
  const silent: boolean[] = [];
  return [...page.matchAll(TOKEN)].flatMap(([, closes, name = '', attributes = '', text]) => {
    if (text !== undefined) return silent.at(-1) ? [] : [text];
    if (closes) silent.pop();
    if (closes || name === '') return [];
    const own = /\slang="([\w-]+)"/.exec(attributes)?.[1];
    const isSilent = SILENT.has(name) || (own ? own !== language : silent.at(-1) === true);
    if (!VOID.has(name) && !attributes.endsWith('/')) silent.push(isSilent);
    return isSilent ? [] : [...attributes.matchAll(SAID)].map(([, said = '']) => said);
  });
}
