import type { Logger } from 'pino';

import { loadDetector, type Detector } from '../../translation/detection/detector.ts';
import { createTranslator, type Translator } from '../../translation/translator.ts';
import type { Settings } from './settings.ts';

/** The languages of a platform, and what can be read from what. */
export interface Ways {
  /** Detected, stored, translated. */
  readonly all: readonly string[];
  readonly translator: Translator;
}

export interface Languages extends Ways {
  /** Null until its tables are loaded, a second or so after the start: posting does not wait for it. */
  detector(): Detector | null;
}

export interface OpenLanguages extends Languages {
  /** Resolves when the detector can answer. */
  ready: Promise<void>;
  close(): Promise<void>;
}

type LanguageSettings = Pick<Settings, 'detector' | 'engines' | 'engineEnvironment' | 'allowedPairs' | 'languages'>;

/** Opens the engines, and loads the detector in the background, unless one is on its way already: pages answer meanwhile. */
export async function openLanguages(
  { detector: model, engines, engineEnvironment, allowedPairs, languages }: LanguageSettings,
  log: Logger,
  loading = loadDetector({ model, candidates: languages }),
): Promise<OpenLanguages> {
  const translator = await createTranslator({
    engines,
    environment: engineEnvironment,
    allowed: allowedPairs,
    onSkip: (engine, reason) => log.warn({ engine, reason }, 'a translation engine is not there'),
  });
  let detector: Detector | null = null;
  const ready = loading.then((loaded) => void (detector = loaded));
  ready.catch((error: unknown) => log.error({ error }, 'the detector could not be loaded'));
  return { all: languages, translator, detector: () => detector, ready, close: () => translator.close() };
}
