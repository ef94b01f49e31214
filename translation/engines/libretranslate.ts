import { z } from 'zod';

import { EngineError, type Engine, type EngineErrorKind, type EngineRequest, type Pair } from './engine.ts';
import { checkPresent, checkUrl, declared, type Environment, setting, withoutSlash } from './environment.ts';
import { createClient, type Client } from './http.ts';
import { answersTo, checkRequest, pairsOf, tryOut, type Offer } from './requests.ts';

const NAME = 'libretranslate';
/** It translates a batch text by text, some hundred characters a second on a small machine. */
const DEADLINE_MS = 120_000;
/** A platform starts without waiting long for a service that loads its models. */
const OPENING_MS = 3_000;
const LIMITS = {
  charactersPerText: 5_000,
  textsPerRequest: 20,
  // What a slow machine manages within the deadline.
  charactersPerRequest: 20_000,
  // It has one translator for everybody.
  requestsAtOnce: 1,
};
/** The languages it has models for, as far as they are ours: what is offered while the service is away. */
const DOCUMENTED =
  'bg es cs da de et el en fr ga it lv lt hu nl pl pt ro sk sl fi sv ar ca eu gl uk ru tr he zh-Hans ja';
/** Its own codes that are no BCP 47. */
const OWN_CODES: Readonly<Record<string, string>> = { pb: 'pt-BR', zt: 'zh-Hant', zh: 'zh-Hans' };

const Languages = z.array(z.object({ code: z.string(), targets: z.array(z.string()).optional() }));
const Answer = z.object({ translatedText: z.array(z.string()) });
const Refusal = z.object({ error: z.string() });

export interface LibreTranslateOptions {
  deadlineMs?: number;
}

/** What the settings lack. */
export function checkLibreTranslate(environment: Environment): string[] {
  return [...checkPresent(environment, NAME, ['LIBRETRANSLATE_URL']), ...checkUrl(environment, 'LIBRETRANSLATE_URL')];
}

/** A LibreTranslate server, the operator's or somebody's. When it is away at the start, the languages it usually has are offered. */
export async function createLibreTranslate(
  environment: Environment,
  { deadlineMs = DEADLINE_MS }: LibreTranslateOptions = {},
): Promise<Engine> {
  const url = withoutSlash(setting(environment, 'LIBRETRANSLATE_URL') ?? '');
  const client = createClient({ label: 'LibreTranslate', url, deadlineMs, explain });
  const { pairs, codes } = await askLanguages(client, Math.min(OPENING_MS, deadlineMs));
  const offer: Offer = { label: 'LibreTranslate', limits: LIMITS, pairs };
  const key = setting(environment, 'LIBRETRANSLATE_API_KEY');
  const translate = async (request: EngineRequest) => {
    checkRequest(offer, request);
    const { source, target, texts, signal } = request;
    const body = {
      q: texts.map(({ text }) => text),
      source: codes.get(source) ?? source,
      target: codes.get(target) ?? target,
      format: 'text',
      ...(key !== undefined && { api_key: key }),
    };
    const { translatedText } = await client.ask({ path: '/translate', schema: Answer, body, signal });
    return answersTo(offer.label, texts, translatedText);
  };
  return {
    name: NAME,
    ...offer,
    ...declared(environment, NAME),
    tier: 'good',
    appliesGlossary: false,
    pairs: () => pairs,
    translate,
    health: () => tryOut(offer, translate),
    cost: () => 0,
    close: async () => client.close(),
  };
}

interface Offered {
  pairs: readonly Pair[];
  /** What the service calls the languages that it calls otherwise than we do. */
  codes: ReadonlyMap<string, string>;
}

async function askLanguages(client: Client, deadlineMs: number): Promise<Offered> {
  try {
    return offeredBy(await client.ask({ path: '/languages', schema: Languages, deadlineMs }));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const documented = DOCUMENTED.split(' ');
    return { pairs: pairsOf(documented, documented), codes: new Map() };
  }
}

function offeredBy(languages: z.infer<typeof Languages>): Offered {
  const all = languages.map(({ code }) => code);
  return {
    pairs: languages.flatMap(({ code, targets = all }) => pairsOf([ours(code)], targets.map(ours))),
    codes: new Map(all.map((code) => [ours(code), code])),
  };
}

function ours(code: string): string {
  return OWN_CODES[code] ?? code;
}

/** All its refusals are 400; only the words tell them apart. */
function explain(status: number, body: unknown): EngineErrorKind | null {
  const { success, data } = Refusal.safeParse(body);
  if (status !== 400 || !success) return null;
  if (/not supported|not available/.test(data.error)) return 'unsupported_pair';
  if (/text limit/.test(data.error)) return 'too_long';
  // Where keys are asked for, some versions answer a missing or wrong one with 400.
  return /api key/i.test(data.error) ? 'auth' : null;
}
