import { translateBatch } from './batch.ts';
import { type Engine, EngineError } from './engines/engine.ts';
import { openEngines } from './engines/registry.ts';
import type { BatchOptions } from './ports.ts';
import { type Way, type WayOptions, waysOf } from './ways.ts';

export interface TranslationRequest {
  source: string;
  target: string;
  /** Plain text, one line. */
  title?: string | null;
  /** Markdown. */
  body: string;
}

export interface TranslatedText {
  title: string | null;
  body: string;
  engine: string;
  via: string | null;
  variant: string | null;
}

export interface Translator {
  engines(): readonly Engine[];
  /** The best way from one language to another, null when there is none ("no translation for this pair"). */
  way(source: string, target: string): Way | null;
  /** All ways, best first: when an engine is away, the next one serves. */
  ways(source: string, target: string): readonly Way[];
  /** All languages a text in `source` can be translated into. */
  targets(source: string): readonly string[];
  /**
   * Translates a whole text or nothing along the best way. For many texts at once, a memory and other ways see `translateBatch`.
   * @throws EngineError, whose `kind` tells whether to try again, or `signal.reason`
   */
  translate(request: TranslationRequest, options?: BatchOptions): Promise<TranslatedText>;
  close(): Promise<void>;
}

export interface TranslatorOptions extends WayOptions {
  /** Names in order of preference, as in TRANSLATION_ENGINES. */
  engines: readonly string[];
  /** Where engines find their addresses and keys. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Told about engines that are not on this machine. */
  onSkip?: (name: string, reason: string) => void;
}

/**
 * Opens the named engines.
 * @throws Error with a sentence when a name is unknown, or given twice
 */
export async function createTranslator({ environment = {}, ...options }: TranslatorOptions): Promise<Translator> {
  return translatorOf(await openEngines(options.engines, environment, options.onSkip), options);
}

/** A translator over engines that are already open, in order of preference. */
export function translatorOf(engines: readonly Engine[], options: WayOptions = {}): Translator {
  const ways = waysOf(engines, options);
  const way = (source: string, target: string): Way | null => ways.between(source, target)[0] ?? null;
  return {
    engines: () => engines,
    way,
    ways: ways.between,
    targets: ways.targets,
    translate: async ({ source, target, ...text }, batchOptions = {}) => {
      const found = way(source, target);
      if (found) return translateOne(found, text, batchOptions);
      throw new EngineError('unsupported_pair', `No engine translates from ${source} to ${target}.`);
    },
    close: async () => {
      await Promise.all(engines.map((engine) => engine.close()));
    },
  };
}

async function translateOne(
  way: Way,
  text: Pick<TranslationRequest, 'title' | 'body'>,
  options: BatchOptions,
): Promise<TranslatedText> {
  const [outcome] = await translateBatch(way, [text], options);
  if (outcome?.state === 'failed') throw outcome.error;
  if (outcome?.state !== 'ready')
    throw new EngineError('unavailable', `${way.label} answers later: this text was handed in.`);
  const { title, body } = outcome;
  return { title, body, engine: way.engine, via: way.via, variant: way.variant };
}
