import { type Engine, EngineError } from './engines/engine.ts';
import { openEngine } from './engines/registry.ts';
import { translateParagraphs } from './paragraphs.ts';
import { split } from './text/split.ts';

/** The engine that serves a pair, and what people must know about it. */
export interface Route {
  engine: string;
  policy: 'eager' | 'wish';
  local: boolean;
  /** The language in between, null when direct. */
  via: string | null;
}

export interface TranslationRequest {
  source: string;
  target: string;
  /** Plain text, one line. */
  title?: string | null;
  /** Markdown. */
  body: string;
  /** Somebody waits for it: goes before whatever queues in the engine. */
  urgent?: boolean;
  signal?: AbortSignal;
}

export interface TranslatedText {
  title: string | null;
  body: string;
  engine: string;
  via: string | null;
}

export interface Translator {
  engines(): readonly Engine[];
  /** The first engine that has the pair, null when none has ("no translation for this pair"). */
  route(source: string, target: string): Route | null;
  /** All languages a text in `source` can be translated into. */
  targets(source: string): readonly string[];
  /**
   * Translates a whole text or nothing: one refused paragraph refuses the text.
   * @throws EngineError, whose `kind` tells whether to try again, or `signal.reason`
   */
  translate(request: TranslationRequest): Promise<TranslatedText>;
  close(): Promise<void>;
}

export interface TranslatorOptions {
  /** Names in order of preference, as in TRANSLATION_ENGINES. */
  engines: readonly string[];
  /** Told about engines that are not on this machine. */
  onSkip?: (name: string, reason: string) => void;
}

/**
 * Opens the named engines.
 * @throws Error with a sentence when a name is unknown
 */
export async function createTranslator(options: TranslatorOptions): Promise<Translator> {
  const engines: Engine[] = [];
  for (const name of options.engines) {
    const opened = await openEngine(name);
    if (opened.engine === null) options.onSkip?.(name, opened.reason);
    else engines.push(opened.engine);
  }
  return translatorOf(engines);
}

/** A translator over engines that are already open, in order of preference. */
export function translatorOf(engines: readonly Engine[]): Translator {
  const routes = routesOf(engines);
  return {
    engines: () => engines,
    route: (source, target) => routes.get(source)?.get(target)?.route ?? null,
    targets: (source) => [...(routes.get(source)?.keys() ?? [])],
    translate: async (request) => {
      const found = routes.get(request.source)?.get(request.target);
      if (found !== undefined) return translateText(found, request);
      throw new EngineError('unsupported_pair', `No engine translates from ${request.source} to ${request.target}.`);
    },
    close: async () => {
      await Promise.all(engines.map((engine) => engine.close()));
    },
  };
}

interface Found {
  engine: Engine;
  route: Route;
}

function routesOf(engines: readonly Engine[]): Map<string, Map<string, Found>> {
  const routes = new Map<string, Map<string, Found>>();
  for (const engine of engines) {
    const { name, policy, local } = engine;
    for (const { source, target, via } of engine.pairs()) {
      const targets = routes.getOrInsertComputed(source, () => new Map<string, Found>());
      targets.getOrInsert(target, { engine, route: { engine: name, policy, local, via } });
    }
  }
  return routes;
}

async function translateText({ engine, route }: Found, request: TranslationRequest): Promise<TranslatedText> {
  const { title = null, body } = request;
  const parts = split(body);
  const titles = title === null ? [] : [title];
  const translated = await translateParagraphs(engine, [...titles, ...parts.paragraphs], request);
  return {
    title: title === null ? null : (translated[0] ?? ''),
    body: parts.join(translated.slice(titles.length)),
    engine: route.engine,
    via: route.via,
  };
}
