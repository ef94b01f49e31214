import { parseArgs } from 'node:util';

import { EngineError } from '../../translation/engines/engine.ts';
import { createTranslator } from '../../translation/translator.ts';
import { lineOf } from '../platform/lines.ts';
import { readSettings } from '../platform/settings.ts';
import { eachText } from './lines.ts';

/** `{text}` in, `{text, state, engine}` out, in order. `state`: ready, unsupported (text null) or failed (with `failure`). */
export async function translate(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { from: { type: 'string' }, to: { type: 'string' } } });
  const { from: source, to: target } = values;
  if (!source || !target) throw new Error('translate needs --from and --to, as in: translate --from es --to pt');
  const { engines, engineEnvironment: environment, allowedPairs: allowed } = readSettings(process.env);
  const onSkip = (name: string, reason: string) => console.error(`${name}: ${reason}`);
  const translator = await createTranslator({ engines, environment, allowed, onSkip });
  try {
    return await eachText(async ({ text }) => void process.stdout.write(lineOf(await one(text))));
  } finally {
    await translator.close();
  }

  async function one(text: string) {
    if (!translator.way(source ?? '', target ?? '')) return { text: null, state: 'unsupported', engine: null };
    try {
      const { body, engine, via } = await translator.translate({
        source: source ?? '',
        target: target ?? '',
        body: text,
      });
      return { text: body, state: 'ready', engine, via };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return {
        text: null,
        state: 'failed',
        engine: translator.way(source ?? '', target ?? '')?.engine ?? null,
        failure: error.kind,
      };
    }
  }
}
