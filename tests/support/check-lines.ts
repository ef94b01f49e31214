import { sentencesIn } from '../../translation/check/sentences.ts';
import { protect } from '../../translation/text/protect.ts';
import type { Say } from './stand-ins/stand-in.ts';

/** The sentences and titles of the check as they reach an engine, with what they are in the other language. */
export function checkLines(source: string, target: string): [line: string, translation: string][] {
  const targets = linesIn(target);
  return linesIn(source).map((line, at) => [line, targets[at] ?? line]);
}

function linesIn(code: string): string[] {
  const known = sentencesIn(code.toLowerCase());
  return [...(known?.sentences ?? []), ...(known?.titles ?? [])].map((line) => protect(line).text);
}

/** A service that translates the lines of the check as people would, also with something before or behind them, and says all else again. */
export const sayWell: Say = (text, target, source) =>
  checkLines(source, target).reduce((said, [line, translation]) => said.replace(line, () => translation), text);
