import { z } from 'zod';

import { KNOWN_LANGUAGES } from '../languages.ts';
import { EngineError, type Engine, type EngineErrorKind, type EngineRequest } from './engine.ts';
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
import { createClient } from './http.ts';
import { messagesFor, readAnswer } from './openai-messages.ts';
import { checkRequest, pairsOf, tryOut, type Offer } from './requests.ts';

const NAME = 'openai-compatible';
const LABEL = 'Language model';
/** A model on a machine without a graphics card writes a few words a second. */
const DEADLINE_MS = 180_000;
const LIMITS = {
  charactersPerText: 4_000,
  textsPerRequest: 20,
  // Models lose texts out of longer lists, and answers must fit into what they may write.
  charactersPerRequest: 8_000,
  requestsAtOnce: 2,
};
const PAIRS = pairsOf(KNOWN_LANGUAGES, KNOWN_LANGUAGES);

const Answer = z.object({
  choices: z
    .array(z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string().nullish() }) }))
    .min(1),
});
const Refusal = z.object({ error: z.object({ code: z.unknown(), type: z.unknown() }) });

export interface OpenAiOptions {
  deadlineMs?: number;
}

/** What the settings lack or have wrong. */
export function checkOpenAi(environment: Environment): string[] {
  return [
    ...checkPresent(environment, NAME, ['OPENAI_URL', 'OPENAI_MODEL']),
    ...checkUrl(environment, 'OPENAI_URL'),
    ...checkSecret(environment, 'OPENAI_API_KEY'),
    ...checkPrice(environment, 'OPENAI_EURO_PER_MILLION'),
  ];
}

/** Any chat service that speaks the protocol of OpenAI: a model on a machine of one's own, or one that is paid for. */
export function createOpenAi(environment: Environment, { deadlineMs = DEADLINE_MS }: OpenAiOptions = {}): Engine {
  const key = setting(environment, 'OPENAI_API_KEY');
  const model = setting(environment, 'OPENAI_MODEL') ?? '';
  const client = createClient({
    label: LABEL,
    url: withoutSlash(setting(environment, 'OPENAI_URL') ?? ''),
    ...(key !== undefined && { headers: { Authorization: `Bearer ${key}` } }),
    deadlineMs,
    explain,
  });
  const offer: Offer = { label: LABEL, limits: LIMITS, pairs: PAIRS };
  const euro = Number(setting(environment, 'OPENAI_EURO_PER_MILLION') ?? 0);
  const translate = async (request: EngineRequest) => {
    checkRequest(offer, request);
    const body = { model, temperature: 0, stream: false, messages: messagesFor(request) };
    const answer = await client.ask({ path: '/chat/completions', schema: Answer, body, signal: request.signal });
    return readAnswer(contentOf(answer), request.texts);
  };
  return {
    name: NAME,
    ...offer,
    ...declared(environment, NAME),
    tier: 'best',
    appliesGlossary: true,
    canBeTalkedTo: true,
    pairs: () => PAIRS,
    translate,
    health: () => tryOut(offer, translate),
    cost: (characters) => (characters * euro) / 1_000_000,
    close: async () => client.close(),
  };
}

function contentOf({ choices: [choice] }: z.infer<typeof Answer>): string {
  if (choice?.finish_reason === 'length')
    throw new EngineError('too_long', 'The language model had to stop before its answer was complete.');
  if (choice?.finish_reason === 'content_filter')
    throw new EngineError('bad_output', 'The language model does not want to translate this.');
  return choice?.message.content ?? '';
}

/** Spent credit and a prompt that is too long have statuses of their own with some services only. */
function explain(status: number, body: unknown): EngineErrorKind | null {
  const { success, data } = Refusal.safeParse(body);
  if (!success) return null;
  const { code, type } = data.error;
  if (status === 429 && [code, type].includes('insufficient_quota')) return 'quota';
  return status === 400 && code === 'context_length_exceeded' ? 'too_long' : null;
}
