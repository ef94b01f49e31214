import { loadDetector } from '#translation/detection/detector.ts';
import { KNOWN_LANGUAGES } from '#translation/languages.ts';
import type { LanguageOf } from '#translation/validate.ts';
import type { Settings } from '../../../platform/settings.ts';

/** Tells the language of an answer, among those of the platform and those named. Null where one of them is unknown to the detector: it would be taken for another. */
export async function languageOfAnswers(
  { detector: model, languages }: Pick<Settings, 'detector' | 'languages'>,
  codes: readonly string[],
): Promise<LanguageOf | null> {
  const named = codes.map((code) => code.split('-', 1)[0] ?? code);
  if (!named.every((code) => KNOWN_LANGUAGES.includes(code))) return null;
  const detector = await loadDetector({ model, candidates: [...new Set([...languages, ...named])] });
  return (text) => detector.detect(text);
}
