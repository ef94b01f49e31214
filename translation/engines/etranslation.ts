import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import { EU_LANGUAGES } from '../languages.ts';
import { type Callbacks, EngineError, type Engine } from './engine.ts';
import { checkPresent, checkUrl, declared, type Environment, setting, withoutSlash } from './environment.ts';
import { createClient, type Client } from './http.ts';
import { failureOf, inOneSnippet, Numeric, readDelivery, Refusal } from './etranslation-answers.ts';
import { checkRequest, pairsOf, type Offer } from './requests.ts';

const NAME = 'etranslation';
const URL_OF_THE_COMMISSION = 'https://language-tools.ec.europa.eu/etranslation/api';
/** For the receipt only: the answer comes later. */
const DEADLINE_MS = 30_000;
const PATIENCE_MS = 30 * 60_000;
const LIMITS = {
  // A snippet has 5,000 characters; the rest is room for the line ends between its texts.
  charactersPerText: 4_900,
  textsPerRequest: 100,
  charactersPerRequest: 4_900,
  // As many as it takes from one client before it refuses more.
  requestsAtOnce: 50,
};
const PAIRS = pairsOf(EU_LANGUAGES, EU_LANGUAGES);
const OFFER: Offer = { label: 'eTranslation', limits: LIMITS, pairs: PAIRS };

const Receipt = z.union([z.object({ requestId: Numeric }), Refusal]);
const Status = z.object({ level: z.number() });
/** How the service calls its load; from the last on it takes nothing. */
const LOADS = ['normal', 'high', 'critical', 'blocked'];
const BLOCKED = 3;

export interface ETranslationOptions {
  deadlineMs?: number;
}

/** What the settings lack or have wrong. */
export function checkETranslation(environment: Environment): string[] {
  return [
    ...checkPresent(environment, NAME, ['ETRANSLATION_USER', 'ETRANSLATION_PASSWORD']),
    ...checkUrl(environment, 'ETRANSLATION_URL', { secret: true }),
    ...((setting(environment, 'ETRANSLATION_USER') ?? '').includes(':')
      ? ['ETRANSLATION_USER must not have a colon in it.']
      : []),
  ];
}

/** The European Commission's service. It takes texts at once and posts the answers to an address of ours later. */
export function createETranslation(
  environment: Environment,
  { deadlineMs = DEADLINE_MS }: ETranslationOptions = {},
): Engine {
  const client = createClient({
    label: OFFER.label,
    url: withoutSlash(setting(environment, 'ETRANSLATION_URL') ?? URL_OF_THE_COMMISSION),
    headers: { Authorization: basic(environment) },
    deadlineMs,
    explain: (_status, body) => {
      const refusal = Refusal.safeParse(body);
      return refusal.success ? failureOf(refusal.data) : null;
    },
  });
  return {
    name: NAME,
    ...OFFER,
    ...declared(environment, NAME),
    tier: 'good',
    appliesGlossary: false,
    pairs: () => PAIRS,
    callbacks: callbacksOf(client, setting(environment, 'ETRANSLATION_DOMAIN') ?? 'GEN'),
    translate: async (request) => {
      checkRequest(OFFER, request);
      throw new EngineError('bad_request', 'eTranslation answers by callback: hand texts in with `submit`.');
    },
    health: () => askStatus(client),
    cost: () => 0,
    close: async () => client.close(),
  };
}

function callbacksOf(client: Client, domain: string): Callbacks {
  return {
    patienceMs: PATIENCE_MS,
    submit: async (request) => {
      checkRequest(OFFER, request);
      const { source, target, texts, callbackUrl, signal } = request;
      const body = {
        // Its form asks for a reference; the token in the address is ours, so it can be anything.
        callerInformation: { externalReference: randomUUID() },
        textToTranslate: inOneSnippet(texts),
        sourceLanguage: source.toUpperCase(),
        targetLanguages: [target.toUpperCase()],
        domain,
        notifications: { success: { http: callbackUrl }, failure: { http: callbackUrl } },
      };
      const receipt = await client.ask({ path: '/askTranslate', schema: Receipt, body, signal });
      if ('errorCode' in receipt) throw refused(receipt);
      // Codes of errors are negative, and some answers carry them in the place of the number.
      if (receipt.requestId <= 0) throw refused({ errorCode: receipt.requestId });
    },
    receive: readDelivery,
  };
}

function refused(refusal: z.infer<typeof Refusal>): EngineError {
  return new EngineError(failureOf(refusal), `eTranslation refuses the request (${refusal.errorCode}).`);
}

function basic(environment: Environment): string {
  const [user, password] = ['ETRANSLATION_USER', 'ETRANSLATION_PASSWORD'].map(
    (name) => setting(environment, name) ?? '',
  );
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

async function askStatus(client: Client): Promise<{ ok: boolean; message: string }> {
  try {
    const { level } = await client.ask({ path: '/status', schema: Status });
    const load = LOADS[level] ?? 'unknown';
    return {
      ok: level < BLOCKED,
      message: `eTranslation answers; its load is ${load}; ${PAIRS.length} pairs of languages.`,
    };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
