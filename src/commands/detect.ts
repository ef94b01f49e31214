import { parseArgs } from 'node:util';

import { loadDetector } from '../../translation/detection/detector.ts';
import { readSettings } from '../platform/settings.ts';
import { readTexts } from './lines.ts';

/** `{text, interfaceLanguage?}` in, `{language, confidence, sure, undetermined, alternatives, script}` out, in order. */
export async function detect(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { 'interface-language': { type: 'string' } } });
  const { detector: model, languages: candidates } = readSettings(process.env);
  const detector = await loadDetector({ model, candidates });
  for await (const { text, rest } of readTexts()) {
    const interfaceLanguage =
      typeof rest['interfaceLanguage'] === 'string' ? rest['interfaceLanguage'] : values['interface-language'];
    console.log(JSON.stringify(detector.detect(text, interfaceLanguage === undefined ? {} : { interfaceLanguage })));
  }
  return 0;
}
