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

export interface OpenAiOptions {
  key?: string;
  model: string;
  say?: Say;
  /** Puts the JSON into a fence, as many models do. */
  fenced?: boolean;
}

interface Listed {
  id: string;
  text: string;
}

const refusal = (status: number, code: string): Answer => ({
  status,
  body: { error: { message: code, type: 'invalid_request_error', code } },
});

/** A chat service with a model that does what it is told, or not. */
export function startOpenAi(options: OpenAiOptions): Promise<StandIn> {
  const { key, model, say = sayAgain, fenced = false } = options;
  return startStandIn(({ method, path, headers, body }, fault) => {
    if (key !== undefined && headers.authorization !== `Bearer ${key}`) return refusal(401, 'invalid_api_key');
    if (method !== 'POST' || path !== '/v1/chat/completions') return refusal(404, 'not_found');
    if (field(body, 'model') !== model) return refusal(404, 'model_not_found');
    if (fault === 'wrong-shape') return { body: { choices: [] } };
    const [rules, data] = messagesIn(body);
    const listed = listIn(data);
    if (!listed || field(body, 'temperature') !== 0 || field(body, 'tools') !== undefined) return refusal(400, 'bad');
    const target = /translate from (.+) to (.+) for/.exec(rules)?.[2] ?? '';
    const texts = listed.map(({ id, text }) => ({ id, text: say(text, target, '') }));
    const content = contentOf(miscount(texts, fault), fault);
    const message = { role: 'assistant', content: fenced ? `\`\`\`json\n${content}\n\`\`\`` : content };
    return { body: { choices: [{ index: 0, finish_reason: fault === 'cut-short' ? 'length' : 'stop', message }] } };
  });
}

function messagesIn(body: unknown): [rules: string, data: string] {
  const messages = field(body, 'messages');
  const content = (role: string): string =>
    String(field(Array.isArray(messages) ? messages.find((each) => field(each, 'role') === role) : null, 'content'));
  return [content('system'), content('user')];
}

function listIn(data: string): Listed[] | null {
  const [, json] = /^<texts>([^<]*)<\/texts>$/.exec(data) ?? [];
  return json === undefined ? null : (JSON.parse(json) as { texts: Listed[] }).texts;
}

function contentOf(texts: readonly Listed[], fault: Misspeaking | null): string {
  if (fault === 'chatter') return 'Sure! Here are your translations: "Hola."';
  const answers = fault === 'renamed' ? texts.map(({ text }, at) => ({ id: `text-${at}`, text })) : texts;
  return JSON.stringify({ texts: answers });
}
