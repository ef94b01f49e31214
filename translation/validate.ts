import { EngineError } from './engines/engine.ts';
import { placeholdersIn, withoutPlaceholders } from './text/protect.ts';
import { repeatsItself } from './text/repetition.ts';
import { fitsScript } from './text/script.ts';

/** What went to an engine and what came back, both with placeholders. */
export interface Answer {
  source: string;
  target: string;
  sent: string;
  received: string;
}

// Below this a ratio says nothing: "Sí" is "Yes, certainly" in many engines.
const RATIO_FROM_CHARACTERS = 40;
const SHORTEST_RATIO = 0.3;
const LONGEST_RATIO = 3.5;
// Names and shared words make short texts equal in two languages.
const UNTRANSLATED_FROM_LETTERS = 40;
// So sure must the detector be, of so many letters, before it overrules an engine: close relatives look alike.
const STILL_SOURCE_CONFIDENCE = 0.98;
const STILL_SOURCE_FROM_LETTERS = 60;
// Each of these could start a tag, a link, an address, code or emphasis that the author did not write.
const DANGEROUS = ['<', '](', '[^', '://', 'www.', 'mailto:', '@', '`', '*', '_', '~~', '|', '\n'];
// A heading, a quotation, an entry of a list: where the paragraph had none.
const BLOCK = /^\s*(?:#{1,6}|[>+-]|\d{1,9}[.)])\s/;
// They turn words round, or hide among them.
const UNSEEN = /[\u202A-\u202E\u2066-\u2069\u200B\u2060-\u2064\u00AD\uFEFF]/;
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;

const FAULTS: readonly [fault: string, has: (answer: Answer) => boolean][] = [
  ['is empty', ({ received }) => received.trim() === ''],
  ['lost or repeated a placeholder', losesPlaceholder],
  ['is much shorter or longer than the original', hasOddLength],
  ['contains control characters', ({ sent, received }) => CONTROL.test(received) && !CONTROL.test(sent)],
  ['contains signs that nobody sees', ({ sent, received }) => UNSEEN.test(received) && !UNSEEN.test(sent)],
  ['brings signs of markup of its own', bringsMarkup],
  ['repeats itself', ({ sent, received }) => repeatsItself(received) && !repeatsItself(sent)],
  ['is still in the source language', isUntranslated],
  ['is in another script', ({ target, received }) => !fitsScript(withoutPlaceholders(received), target)],
];

/** Which language a text is in: what a `Detector` answers. */
export type LanguageOf = (text: string) => { language: string | null; confidence: number };

/**
 * Refuses what an engine must not say. A refused answer is never shown: the original stays.
 * @throws EngineError of kind bad_output
 */
export function validate(answer: Answer, languageOf?: LanguageOf): void {
  const found = FAULTS.find(([, has]) => has(answer))?.[0];
  const fault = found ?? (languageOf && isStillSource(answer, languageOf) ? 'is still in the source language' : null);
  if (fault !== null) throw new EngineError('bad_output', `The translation ${fault}.`);
}

function isStillSource({ source, received }: Answer, languageOf: LanguageOf): boolean {
  const words = withoutPlaceholders(received);
  if ((words.match(/\p{L}/gu)?.length ?? 0) < STILL_SOURCE_FROM_LETTERS) return false;
  const { language, confidence } = languageOf(words);
  return language === source && confidence >= STILL_SOURCE_CONFIDENCE;
}

function losesPlaceholder({ sent, received }: Answer): boolean {
  const gone = placeholdersIn(sent);
  const back = placeholdersIn(received);
  return back.length !== gone.length || gone.some((one) => !back.includes(one));
}

function hasOddLength({ sent, received }: Answer): boolean {
  if (sent.length < RATIO_FROM_CHARACTERS) return false;
  const ratio = received.length / sent.length;
  return ratio < SHORTEST_RATIO || ratio > LONGEST_RATIO;
}

function bringsMarkup({ sent, received }: Answer): boolean {
  if (BLOCK.test(received) && !BLOCK.test(sent)) return true;
  return DANGEROUS.some((sign) => received.split(sign).length > sent.split(sign).length);
}

/** Only told where it is sure: nothing changed, though much of it was not names. */
function isUntranslated({ source, target, sent, received }: Answer): boolean {
  if (source === target || sent !== received) return false;
  const words = withoutPlaceholders(sent).match(/(?<!\p{L})\p{Ll}+(?!\p{L})/gu) ?? [];
  return words.join('').length >= UNTRANSLATED_FROM_LETTERS;
}
