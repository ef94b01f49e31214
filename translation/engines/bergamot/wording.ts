import { cutAtPlaceholders, placeholdersIn, withoutPlaceholders } from '../../text/protect.ts';

/** Fewer letters in capitals are an abbreviation. */
const LOUD_FROM_LETTERS = 8;

/**
 * Translates sentences around what such models are weak at: a sentence in capitals goes in small letters, and one whose
 * answer has lost a placeholder goes once more, in the parts between its placeholders.
 */
export async function translateWell(
  sentences: readonly string[],
  translate: (sentences: readonly string[]) => Promise<string[]>,
): Promise<string[]> {
  const loud = sentences.map((sentence) => isLoud(sentence));
  const sent = sentences.map((sentence, at) =>
    loud[at] ? aroundPlaceholders(sentence, (part) => part.toLowerCase()) : sentence,
  );
  const answers = await translate(sent);
  const lost = sent.flatMap((sentence, at) => (keeps(sentence, answers[at] ?? '') ? [] : [{ sentence, at }]));
  const parts = lost.flatMap(({ sentence }) => cutAtPlaceholders(sentence).filter(hasWords));
  const again = parts.length === 0 ? [] : await translate(parts);
  for (const { sentence, at } of lost) {
    const joined = cutAtPlaceholders(sentence).map((part) =>
      hasWords(part) ? between(part, again.shift() ?? '') : part,
    );
    answers[at] = joined.join('');
  }
  return answers.map((answer, at) => (loud[at] ? aroundPlaceholders(answer, (part) => part.toUpperCase()) : answer));
}

function isLoud(sentence: string): boolean {
  const words = withoutPlaceholders(sentence);
  return (words.match(/\p{L}/gu)?.length ?? 0) >= LOUD_FROM_LETTERS && !/\p{Ll}/u.test(words);
}

/** Whether every placeholder stands in the answer as often as in the sentence. */
function keeps(sentence: string, answer: string): boolean {
  return placeholdersIn(sentence).toSorted().join() === placeholdersIn(answer).toSorted().join();
}

const hasWords = (part: string): boolean => /\p{L}/u.test(withoutPlaceholders(part));

/** The answer with the blanks that stand around the part. */
function between(part: string, answer: string): string {
  return `${/^\s*/.exec(part)?.[0] ?? ''}${answer.trim()}${/\s*$/.exec(part)?.[0] ?? ''}`;
}

function aroundPlaceholders(text: string, change: (part: string) => string): string {
  return cutAtPlaceholders(text)
    .map((part) => (hasWords(part) ? change(part) : part))
    .join('');
}
