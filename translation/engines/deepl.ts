import { z } from 'zod';

import {
  EngineError,
  type Engine,
  type EngineErrorKind,
  type EngineRequest,
  type EngineText,
  type Pair,
} from './engine.ts';
import {
  checkPresent,
  checkPrice,
  checkSecret,
  checkUrl,
  declared,
  type Environment,
  setting,
  withoutSlash,
} from './environment.ts';
import { createGlossaries, type Glossaries } from './deepl-glossaries.ts';
import { createClient, type Client } from './http.ts';
import { answersTo, checkRequest, languageOf, type Offer, pairsOf } from './requests.ts';

const NAME = 'deepl';
const DEADLINE_MS = 30_000;
const OPENING_MS = 3_000;
/** What its documentation allows a request body. */
const MOST_BYTES = 128 * 1024;
const LIMITS = {
  charactersPerText: 20_000,
  textsPerRequest: 50,
  // Three bytes a character at worst, and room for the names around them, stay below the size allowed.
  charactersPerRequest: 40_000,
  requestsAtOnce: 4,
};
/** List price of a million characters. */
const EURO_PER_MILLION = 20;
/** What is offered while the service is away. */
const SOURCES = 'ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv tr uk vi zh';
const TARGETS =
  'ar bg cs da de el en-GB en-US es et fi fr he hu id it ja ko lt lv nb nl pl pt-BR pt-PT ro ru sk sl sv tr uk vi zh-Hans zh-Hant';

const Languages = z.array(z.object({ language: z.string() }));
const Answer = z.object({ translations: z.array(z.object({ text: z.string() })) });
const Refusal = z.object({ message: z.string() });
const Usage = z.object({ character_count: z.number(), character_limit: z.number() });

export interface DeepLOptions {
  deadlineMs?: number;
}

/** What the settings lack or have wrong. */
export function checkDeepL(environment: Environment): string[] {
  return [
    ...checkPresent(environment, NAME, ['DEEPL_API_KEY']),
    ...checkSecret(environment, 'DEEPL_API_KEY'),
    ...checkUrl(environment, 'DEEPL_URL', { secret: true }),
    ...checkPrice(environment, 'DEEPL_EURO_PER_MILLION'),
  ];
}

/** DeepL's paid service. It has no Irish, Maltese or Croatian unless its own list of languages says so. */
export async function createDeepL(environment: Environment, options: DeepLOptions = {}): Promise<Engine> {
  const { deadlineMs = DEADLINE_MS } = options;
  const key = setting(environment, 'DEEPL_API_KEY') ?? '';
  const client = createClient({
    label: 'DeepL',
    url: withoutSlash(setting(environment, 'DEEPL_URL') ?? addressOf(key)),
    headers: { Authorization: `DeepL-Auth-Key ${key}` },
    deadlineMs,
    explain,
  });
  const pairs = await askPairs(client, Math.min(OPENING_MS, deadlineMs));
  const offer: Offer = { label: 'DeepL', limits: LIMITS, pairs };
  const euro = Number(setting(environment, 'DEEPL_EURO_PER_MILLION') ?? EURO_PER_MILLION);
  const glossaries = createGlossaries(client);
  return {
    name: NAME,
    ...offer,
    ...declared(environment, NAME),
    tier: 'best',
    appliesGlossary: true,
    pairs: () => pairs,
    translate: (request) => translate(client, glossaries, offer, request),
    health: () => askUsage(client, pairs.length),
    cost: (characters) => (characters * euro) / 1_000_000,
    close: async () => client.close(),
  };
}

/** A glossary that is gone is answered like an address that is none. */
function explain(status: number, body: unknown): EngineErrorKind | null {
  const refusal = Refusal.safeParse(body);
  return status === 404 && refusal.success && /glossary/i.test(refusal.data.message) ? 'bad_request' : null;
}

/** Keys of the free plan end in ':fx' and are known at another address only. */
function addressOf(key: string): string {
  return key.endsWith(':fx') ? 'https://api-free.deepl.com' : 'https://api.deepl.com';
}

async function translate(
  client: Client,
  glossaries: Glossaries,
  offer: Offer,
  request: EngineRequest,
): Promise<EngineText[]> {
  checkRequest(offer, request);
  const { source, target, glossary: terms = [], signal } = request;
  const find = (): Promise<string | null> => glossaries.find({ source, target, terms, signal });
  const id = await find();
  try {
    return await askOnce(client, request, id);
  } catch (error) {
    if (id === null || !(error instanceof EngineError) || error.kind !== 'bad_request') throw error;
    // Somebody may have deleted the glossary meanwhile.
    glossaries.forget();
    const other = await find();
    if (other === id) throw error;
    return askOnce(client, request, other);
  }
}

async function askOnce(client: Client, request: EngineRequest, glossaryId: string | null): Promise<EngineText[]> {
  const { source, target, texts, signal } = request;
  const body = {
    text: texts.map(({ text }) => text),
    source_lang: languageOf(source).toUpperCase(),
    target_lang: target.toUpperCase(),
    preserve_formatting: true,
    ...(glossaryId !== null && { glossary_id: glossaryId }),
  };
  if (Buffer.byteLength(JSON.stringify(body)) > MOST_BYTES)
    throw new EngineError('too_long', `DeepL takes ${MOST_BYTES / 1024} KiB a request.`);
  const { translations } = await client.ask({ path: '/v2/translate', schema: Answer, body, signal });
  return answersTo(
    'DeepL',
    texts,
    translations.map(({ text }) => text),
  );
}

async function askPairs(client: Client, deadlineMs: number): Promise<readonly Pair[]> {
  const ask = async (type: string): Promise<string[]> => {
    const path = `/v2/languages?type=${type}`;
    return (await client.ask({ path, schema: Languages, deadlineMs })).map(({ language }) => codeOf(language));
  };
  try {
    const [sources, targets] = await Promise.all([ask('source'), ask('target')]);
    return pairsOf(sources, targets);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return pairsOf(SOURCES.split(' '), TARGETS.split(' '));
  }
}

/** BCP 47 for what DeepL writes in capitals: 'PT-BR' is 'pt-BR', 'ZH-HANS' is 'zh-Hans'. */
function codeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch {
    throw new EngineError('unavailable', 'DeepL lists a language whose code is none.');
  }
}

async function askUsage(client: Client, pairs: number): Promise<{ ok: boolean; message: string }> {
  try {
    const { character_count: used, character_limit: limit } = await client.ask({ path: '/v2/usage', schema: Usage });
    const left = Math.max(0, limit - used).toLocaleString('en');
    const message = `DeepL answers; ${left} of ${limit.toLocaleString('en')} characters are left until the period ends; ${pairs} pairs of languages.`;
    return { ok: used < limit, message };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
