// A passage this long is enough to be judged alone; a longer text is read in passages, so that two languages show.
const PASSAGE_CHARACTERS = 300;
const MAX_PASSAGES = 3;
// Fewer words say too little for their halves to be compared.
const MIN_WORDS_TO_HALVE = 12;

/**
 * The parts of a cleaned text that are judged one by one: a long text in passages, a short one in halves where
 * `languageOf` hears two languages, else the whole.
 */
export function passagesOf(text: string, languageOf: (half: string) => string | undefined): string[] {
  const words = text.split(' ');
  const passages = Math.min(MAX_PASSAGES, Math.ceil(text.length / PASSAGE_CHARACTERS), words.length);
  if (passages > 1) return inParts(words, passages);
  if (words.length < MIN_WORDS_TO_HALVE) return [text];
  const halves = inParts(words, 2);
  return new Set(halves.map(languageOf)).size > 1 ? halves : [text];
}

function inParts(words: readonly string[], parts: number): string[] {
  const size = Math.ceil(words.length / parts);
  return Array.from({ length: Math.ceil(words.length / size) }, (_, i) =>
    words.slice(i * size, (i + 1) * size).join(' '),
  );
}
