import { parseArgs } from 'node:util';

import { loadDetector } from '../../translation/detection/detector.ts';
import { lineOf } from '../platform/lines.ts';
import { readSettings } from '../platform/settings.ts';
import { eachText } from './lines.ts';

/** `{text, interfaceLanguage?}` in, `{language, confidence, sure, undetermined, alternatives, ask, alsoFor, script}` out, in order. */
export async function detect(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { 'interface-language': { type: 'string' } } });
  const { detector: model, languages: candidates } = readSettings(process.env);
  const detector = await loadDetector({ model, candidates });
  return eachText(({ text, rest }) => {
    const interfaceLanguage =
      typeof rest['interfaceLanguage'] === 'string' ? rest['interfaceLanguage'] : values['interface-language'];
    const how = interfaceLanguage === undefined ? {} : { interfaceLanguage };
    process.stdout.write(lineOf(detector.detect(text, how)));
  });
}
