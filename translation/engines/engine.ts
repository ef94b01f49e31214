/** A pair of languages an engine translates, as BCP 47 codes. `via` names the pivot language, null when direct. */
export interface Pair {
  source: string;
  target: string;
  via: string | null;
}

export interface EngineText {
  /** Chosen by the caller; the answer carries the same one. */
  id: string;
  /** Plain text of one paragraph; placeholders like `XQ0QX` must come back as they are. */
  text: string;
}

export interface EngineRequest {
  source: string;
  target: string;
  texts: EngineText[];
  /** True when somebody is waiting in front of a page: goes before whatever queues. */
  urgent?: boolean;
  /** When it aborts, `translate` rejects with `signal.reason`. */
  signal?: AbortSignal;
}

export interface EngineLimits {
  /** UTF-16 units in one text; the translator cuts longer ones at sentence ends. */
  charactersPerText: number;
  textsPerRequest: number;
  /** More requests than this at once gain nothing or are refused. */
  requestsAtOnce: number;
}

/** What every translation engine offers. It gets texts and languages, never who wrote or reads them. */
export interface Engine {
  /** As operators write it in TRANSLATION_ENGINES and as it is shown beside a translation. */
  readonly name: string;
  /** True when texts do not leave the operator's machines. */
  readonly local: boolean;
  /** `eager`: translate all it can at once; `wish`: only what somebody asked for. */
  readonly policy: 'eager' | 'wish';
  readonly limits: EngineLimits;
  /** The pairs on offer; does not change while the engine is open. */
  pairs(): readonly Pair[];
  /**
   * Translates plain texts: the same ids in the same order, or nothing at all.
   * @throws EngineError, or `signal.reason`
   */
  translate(request: EngineRequest): Promise<EngineText[]>;
  /** Tries the engine for real and says in a sentence how it is. Never throws. */
  health(): Promise<{ ok: boolean; message: string }>;
  /** Price of that many characters in euro. */
  cost(characters: number): number;
  /** Frees processes and connections; what is under way fails as `unavailable`. Safe to repeat. */
  close(): Promise<void>;
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
