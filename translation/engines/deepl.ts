import { z } from 'zod';

import { EngineError, type Engine, type EngineErrorKind, type EngineRequest, type EngineText } from './engine.ts';
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
import { askOffered } from './deepl-languages.ts';
import { createClient, type Client } from './http.ts';
import { answersTo, checkRequest, languageOf, type Offer } from './requests.ts';

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

/** DeepL's paid service, with the languages that its own list names. */
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
  const { pairs, hasGlossary } = await askOffered(client, Math.min(OPENING_MS, deadlineMs));
  const offer: Offer = { label: 'DeepL', limits: LIMITS, pairs };
  const euro = Number(setting(environment, 'DEEPL_EURO_PER_MILLION') ?? EURO_PER_MILLION);
  const glossaries = createGlossaries(client, hasGlossary);
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
