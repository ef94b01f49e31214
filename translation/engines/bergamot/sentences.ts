import { withoutPlaceholders } from '../../text/protect.ts';

/**
 * Cuts a paragraph into what a model was made for: single sentences. Between them stands whatever stood there, so that
 * they can be put together again.
 */
export interface Cut {
  sentences: string[];
  /** One more than sentences: what stands before, between and after them. */
  gaps: string[];
}

/** The runtime breaks after 128 pieces wherever it is. */
const LONGEST = 600;
/** A dot behind these ends no sentence: a number (9. Mai), one letter (z. B.), and what often stands before a name. */
const GOES_ON =
  /(?:^|[\s(„"«])(?:\d{1,3}|\p{L}|Dr|Dra|Prof|Mr|Mrs|Ms|Sr|Sra|St|Nr|No|núm|str|S|art|Art|Abs|ca|bzw|bl\.a|t\.ex|tj|ul|np|m\.in|tzw)\.$/u;

export function cutSentences(text: string, language: string): Cut {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  const cut: Cut = { sentences: [], gaps: [''] };
  const parts = text
    .split(/(\n+)/)
    .flatMap((line) =>
      line.startsWith('\n') ? [line] : sentencesOf(line, segmenter).flatMap((each) => shorten(each)),
    );
  for (const part of parts) {
    const sentence = part.trim();
    const [before = '', after = ''] = sentence === '' ? [part] : part.split(sentence, 2);
    cut.gaps.push(`${cut.gaps.pop() ?? ''}${before}`);
    // What has no letters is the same in all languages, and models make up words for it.
    if (!/\p{L}/u.test(withoutPlaceholders(sentence))) cut.gaps.push(`${cut.gaps.pop() ?? ''}${sentence}${after}`);
    else {
      cut.sentences.push(sentence);
      cut.gaps.push(after);
    }
  }
  return cut;
}

export function joinSentences({ gaps }: Cut, sentences: readonly string[]): string {
  return gaps.map((gap, index) => gap + (sentences[index] ?? '')).join('');
}

function sentencesOf(line: string, segmenter: Intl.Segmenter): string[] {
  const sentences: string[] = [];
  for (const { segment } of segmenter.segment(line)) {
    const last = sentences.at(-1);
    // No sentence begins small.
    const goesOn = last !== undefined && (GOES_ON.test(last.trimEnd()) || /^\s*\p{Ll}/u.test(segment));
    if (goesOn) sentences.push(`${sentences.pop()}${segment}`);
    else sentences.push(segment);
  }
  return sentences;
}

/** Cut at the last sign between words that are not too near to the beginning, or at a blank. */
function shorten(sentence: string): string[] {
  if (sentence.length <= LONGEST) return [sentence];
  const window = sentence.slice(0, LONGEST);
  const last = (pattern: RegExp): number => {
    const found = [...window.matchAll(pattern)].at(-1);
    return found && found.index > LONGEST / 3 ? found.index + found[0].length : 0;
  };
  const at = last(/[;:,–—)]\s/gu) || last(/\s/gu) || LONGEST;
  return [sentence.slice(0, at), ...shorten(sentence.slice(at))];
}
