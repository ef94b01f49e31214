import { setTimeout } from 'node:timers/promises';

import {
  type Answer,
  field,
  miscount,
  type Misspeaking,
  sayAgain,
  startStandIn,
  type Say,
  type StandIn,
} from './stand-in.ts';

export interface ETranslationOptions {
  user: string;
  password: string;
  say?: Say;
}

/** How answers come. */
export interface Delivery {
  times?: number;
  delayMilliseconds?: number;
  /** A failure with this code instead of the translation. */
  errorCode?: number;
}

export interface ETranslationStandIn extends StandIn {
  /** How the next answers come; once and at once if nothing is said. */
  deliver(how: Delivery): void;
  /** The status each delivery was answered with, in order. */
  answered: number[];
}

const MOST_CHARACTERS = 5_000;
const LANGUAGES = 'BG ES CS DA DE ET EL EN FR GA HR IT LV LT HU MT NL PL PT RO SK SL FI SV'.split(' ');

const refusal = (status: number, errorCode: number, errorMessage: string): Answer => ({
  status,
  body: { errorCode, errorMessage },
});

/** The Commission's service: a receipt at once, the translation to the address in the request later. */
export async function startETranslation({
  user,
  password,
  say = sayAgain,
}: ETranslationOptions): Promise<ETranslationStandIn> {
  const answered: number[] = [];
  let how: Delivery = {};
  let last = 1_000;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const standIn = await startStandIn(({ method, path, headers, body }, fault) => {
    if (headers.authorization !== authorization) return refusal(401, -90000, 'NOT_AUTHORIZED');
    if (fault === 'wrong-shape') return { body: { receipt: 'yes' } };
    if (method === 'GET' && path === '/status') return { body: { level: 0 } };
    if (method !== 'POST' || path !== '/askTranslate') return refusal(404, -10000, 'NOT_FOUND');
    const wrong = refusalOf(body);
    if (wrong) return wrong;
    last++;
    void post(last, body, fault);
    return { body: { requestId: last } };
  });
  return { ...standIn, answered, deliver: (next) => void (how = next) };

  async function post(requestId: number, body: unknown, fault: Misspeaking | null): Promise<void> {
    const { times = 1, delayMilliseconds = 0, errorCode } = how;
    const [target = ''] = field(body, 'targetLanguages') as string[];
    const source = String(field(body, 'sourceLanguage'));
    const lines = textOf(body).split('\n');
    const said = miscount(
      lines.map((line) => say(line, target, source)),
      fault,
    ).join('\n');
    const notifications = field(body, 'notifications');
    const outcome = errorCode === undefined ? 'success' : 'failure';
    const told =
      errorCode === undefined
        ? { sourceLanguage: source, targetLanguage: target, translatedText: said }
        : { targetLanguages: [target], errorCode, errorMessage: 'TRANSLATION_FAILED' };
    await setTimeout(delayMilliseconds);
    for (let time = 0; time < times; time++) {
      const response = await fetch(String(field(field(notifications, outcome), 'http')), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'User-Agent': 'etranslation/2.0' },
        body: JSON.stringify({ requestId, externalReference: externalReferenceOf(body), ...told }),
      }).catch(() => null);
      answered.push(response?.status ?? 0);
    }
  }
}

function textOf(body: unknown): string {
  const text = field(body, 'textToTranslate');
  return typeof text === 'string' ? text : '';
}

function externalReferenceOf(body: unknown): unknown {
  return field(field(body, 'callerInformation'), 'externalReference');
}

function refusalOf(body: unknown): Answer | null {
  const targets = field(body, 'targetLanguages');
  const text = textOf(body);
  const addresses = ['success', 'failure'].map((name) => field(field(field(body, 'notifications'), name), 'http'));
  if (text === '') return refusal(400, -20010, 'NOTHING_TO_TRANSLATE');
  if (text.length > MOST_CHARACTERS) return refusal(400, -20020, 'TEXT_TOO_LONG');
  if (!LANGUAGES.includes(String(field(body, 'sourceLanguage'))))
    return refusal(400, -20001, 'INVALID_SOURCE_LANGUAGE');
  if (!Array.isArray(targets) || targets.length !== 1 || !LANGUAGES.includes(String(targets[0])))
    return refusal(400, -20003, 'INVALID_TARGET_LANGUAGE');
  if (field(body, 'domain') !== 'GEN') return refusal(400, -20030, 'INVALID_DOMAIN');
  if (typeof externalReferenceOf(body) !== 'string') return refusal(400, -20005, 'NO_CALLER_INFORMATION');
  return addresses.every((each) => typeof each === 'string') ? null : refusal(400, -20008, 'NO_NOTIFICATION');
}
