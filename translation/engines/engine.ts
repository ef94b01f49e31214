/** A pair of languages an engine translates, as BCP 47 codes; the engine's own variants ('pt-BR') are codes of their own. */
export interface Pair {
  source: string;
  target: string;
  /** The language in between: the translator then calls the engine twice. Null when one call is enough. */
  via: string | null;
}

export interface EngineText {
  /** Chosen by the caller; the answer carries the same one. */
  id: string;
  /** Plain text of one paragraph; placeholders like `XQ0QX` must come back as they are. */
  text: string;
}

/** A word or name and how it is to be translated. */
export interface Term {
  source: string;
  target: string;
}

export interface EngineRequest {
  source: string;
  target: string;
  texts: readonly EngineText[];
  /** All terms of the pair, when one of them occurs in the texts; given only to engines with `appliesGlossary`. */
  glossary?: readonly Term[];
  /** True when somebody is waiting in front of a page: goes before whatever queues. */
  urgent?: boolean;
  /** When it aborts, `translate` rejects with `signal.reason`. */
  signal?: AbortSignal;
}

export interface EngineLimits {
  /** UTF-16 units in one text; the translator cuts longer ones at sentence ends. */
  charactersPerText: number;
  textsPerRequest: number;
  /** UTF-16 units of all texts of one request together. */
  charactersPerRequest: number;
  /** More requests than this at once gain nothing or are refused. */
  requestsAtOnce: number;
}

/**
 * How good an engine is: a stored translation stands for another engine's of its own tier only.
 * `rough`: word by word, as Apertium; `good`: neural; `best`: neural, and paid for.
 */
export type Tier = 'rough' | 'good' | 'best';

/** What every translation engine offers. It gets texts and languages, never who wrote or reads them. */
export interface Engine {
  /** As operators write it in TRANSLATION_ENGINES. */
  readonly name: string;
  /** As people read it beside a translation: 'DeepL'. */
  readonly label: string;
  /** True when texts do not leave the operator's machines. */
  readonly local: boolean;
  /** `eager`: translate all it can at once; `wish`: only what somebody asked for. */
  readonly policy: 'eager' | 'wish';
  readonly tier: Tier;
  readonly appliesGlossary: boolean;
  /** True when what one text says might bend the translation of its neighbours: contributions are then never sent together. */
  readonly canBeTalkedTo?: boolean;
  readonly limits: EngineLimits;
  /** The pairs on offer; does not change while the engine is open. For a pair with `via`, both halves can be translated too. */
  pairs(): readonly Pair[];
  /**
   * Translates plain texts in one call: the same ids in the same order, or nothing at all.
   * @throws EngineError, or `signal.reason`
   */
  translate(request: EngineRequest): Promise<EngineText[]>;
  /** Only asynchronous engines, which answer by callback; the translator then never calls their `translate`. */
  readonly callbacks?: Callbacks;
  /** Tries the engine for real and says in a sentence how it is. Never throws. */
  health(): Promise<{ ok: boolean; message: string }>;
  /** Only engines that run models of their own here: what is open just now, and the pairs for which nothing has to be opened. */
  workings?(): Workings;
  openPairs?(): readonly Pair[];
  /** Price of that many characters in euro. */
  cost(characters: number): number;
  /** Frees processes and connections; work under way fails as `unavailable`. Safe to repeat. */
  close(): Promise<void>;
}

/** What an engine with models of its own does just now. */
export interface Workings {
  /** Bytes that its models take, and the most they may. */
  memory: number;
  budget: number;
  /** Models that are open: `name` as in 'de-en', memory in bytes, speed in characters a second (0: unknown yet), waiting in characters. */
  directions: readonly { name: string; memory: number; speed: number; waiting: number }[];
}

export interface Callbacks {
  /** After this long without an answer it is asked again. */
  readonly patienceMs: number;
  /**
   * Hands texts in; the service will post the answer to `callbackUrl`, which holds an unguessable token.
   * @throws EngineError
   */
  submit(request: EngineRequest & { callbackUrl: string }): Promise<void>;
  /**
   * Reads what was posted to the callback as the answer to `texts`: the same ids in the same order.
   * @throws EngineError when the service reports a failure or sends nonsense
   */
  receive(delivery: Delivery, texts: readonly EngineText[]): EngineText[];
}

/** A request that came to a callback URL. Anybody who knows the URL may have sent it. */
export interface Delivery {
  query: URLSearchParams;
  contentType: string;
  body: string;
}

export type EngineErrorKind =
  | 'unsupported_pair'
  | 'bad_request'
  | 'too_long'
  | 'auth'
  | 'quota'
  | 'rate_limited'
  | 'timeout'
  | 'unavailable'
  | 'bad_output';

/** The one error engines throw. `retryAfterMs` is there when the engine itself named a waiting time. */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly retryAfterMs?: number;

  constructor(kind: EngineErrorKind, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EngineError';
    this.kind = kind;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}
