import { readModel, type ModelFacts } from './marian.ts';
import { checkShortlist } from './shortlist.ts';
import { countPieces } from './vocabulary.ts';

/** What one direction consists of. */
export interface ModelFiles {
  model: Uint8Array;
  lex: Uint8Array;
  /** One for both languages, or one of the source and one of the target. */
  vocabs: readonly Uint8Array[];
}

/**
 * Looks at the files of a model before the runtime does, which trusts what it gets: a model cut short makes it read
 * whatever stands behind it, and a foreign vocabulary makes it stop at its first word.
 * @throws Error with a sentence on what is damaged
 */
export function checkFiles({ model, lex, vocabs }: ModelFiles): ModelFacts {
  const facts = explained('The model is damaged', () => readModel(model));
  const sizes = vocabs.map((vocab) => explained('The vocabulary is damaged', () => countPieces(vocab)));
  const [source, target] = facts.vocabularies;
  if (sizes[0] !== source || sizes.at(-1) !== target)
    throw new Error(
      `The vocabulary has ${[...new Set(sizes)].join(' and ')} pieces, but the model wants ${source} and ${target}: they do not belong together.`,
    );
  explained('The shortlist is damaged or of another model', () => checkShortlist(lex, { source, target }));
  return facts;
}

function explained<Result>(what: string, look: () => Result): Result {
  try {
    return look();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
