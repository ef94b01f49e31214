/** What a worker is started with: the runtime, and the paths of its files. */
export interface Start {
  compiled: WebAssembly.Module;
  model: string;
  lex: string;
  vocabs: readonly string[];
  /** True in tests of what the runtime itself does with damaged files. */
  isUnchecked?: boolean;
}

/** Sentences to translate. */
export interface Task {
  texts: readonly string[];
}

/** What a worker says: first `ready` or `refused`, then one answer a task. After `failed` it must be ended. Memory in bytes. */
export type Report =
  | { kind: 'ready'; memory: number }
  | { kind: 'refused'; reason: string }
  | { kind: 'answer'; texts: string[]; memory: number }
  | { kind: 'failed'; reason: string };
