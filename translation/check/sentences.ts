import all from './sentences.json' with { type: 'json' };

/** What an engine has to translate before it is trusted: ten sentences and two titles, the same in every language. */
export interface Sentences {
  sentences: readonly string[];
  titles: readonly string[];
}

const ALL: ReadonlyMap<string, Sentences> = new Map(Object.entries(all));

/** Numbers in the sentences that every translation must keep. */
export const NUMBERS = ['2030', '850'] as const;

/** The languages that have sentences, those most likely to be served first. Irish and Maltese have none. */
export const SENTENCE_LANGUAGES: readonly string[] = [...ALL.keys()];

/** In one of the languages that have them, or in the language of a variant: 'pt' for 'pt-BR'. */
export function sentencesIn(language: string): Sentences | null {
  return ALL.get(language) ?? ALL.get(language.split('-', 1)[0] ?? '') ?? null;
}
