import type { Engine, EngineError, EngineText, Term } from './engines/engine.ts';
import type { Memory } from './memory.ts';
import type { Leg } from './ways.ts';
import type { LanguageOf } from './validate.ts';

/** One call to an engine, told afterwards. */
export interface EngineCall {
  engine: Engine;
  characters: number;
  texts: number;
  milliseconds: number;
  error: EngineError | null;
}

/** Pieces that an asynchronous engine shall translate: the ids are the keys under which the memory waits for them. */
export interface Submission {
  engine: Engine;
  source: string;
  target: string;
  texts: readonly EngineText[];
  glossary: readonly Term[];
}

/** What surrounds a batch; all of it may be left out. */
export interface Ports {
  memory?: Memory;
  /** Asked before each call: false when these characters are more than the engine may still be sent. */
  reserve?: (engine: Engine, characters: number) => Promise<boolean>;
  onCall?: (call: EngineCall) => void;
  /** Told how many characters the memory spared an engine. */
  onRemembered?: (engine: Engine, characters: number) => void;
  /** The ids of texts that were handed to the engine of this leg and have not come back: they are not handed in again. */
  awaited?: (leg: Leg) => Promise<ReadonlySet<string>>;
  /** Hands texts to an asynchronous engine; its answer goes into the memory. Without it such engines are `unavailable`. */
  submit?: (submission: Submission) => Promise<void>;
  /** Terms for a pair of languages. */
  glossary?: (source: string, target: string) => readonly Term[];
  /** To see that an answer is not still in the language of the original. */
  languageOf?: LanguageOf;
}

export interface BatchOptions extends Ports {
  urgent?: boolean;
  signal?: AbortSignal;
}
