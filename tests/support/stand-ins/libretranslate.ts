import { type Answer, field, miscount, sayAgain, startStandIn, textsIn, type Say, type StandIn } from './stand-in.ts';

export interface LibreTranslateOptions {
  /** Asked for when it is given. */
  key?: string;
  languages?: readonly string[];
  say?: Say;
  /** How many characters a request may have. */
  characterLimit?: number;
}

const refusal = (status: number, error: string): Answer => ({ status, body: { error } });

/** LibreTranslate as its documentation describes it. */
export function startLibreTranslate(options: LibreTranslateOptions = {}): Promise<StandIn> {
  const { key, languages = ['en', 'es', 'fr', 'de', 'pt', 'pb'], say = sayAgain, characterLimit = 100_000 } = options;
  return startStandIn(({ method, path, body, headers }, fault) => {
    if (fault === 'wrong-shape') return { body: { text: 'Hola.' } };
    if (method === 'GET' && path === '/languages')
      return { body: languages.map((code) => ({ code, name: code, targets: languages })) };
    if (method !== 'POST' || path !== '/translate') return refusal(404, 'Not Found');
    if (headers['content-type'] !== 'application/json') return refusal(400, 'Invalid request: missing q parameter');
    if (key !== undefined && field(body, 'api_key') !== key) return refusal(403, 'Invalid API key');
    const [source, target] = [String(field(body, 'source')), String(field(body, 'target'))];
    const stranger = [source, target].find((each) => !languages.includes(each));
    if (stranger !== undefined) return refusal(400, `${stranger} is not supported`);
    const texts = textsIn(field(body, 'q'));
    if (texts === null || field(body, 'format') !== 'text') return refusal(400, 'Invalid request: missing q parameter');
    if (texts.join('').length > characterLimit)
      return refusal(400, `Invalid request: request (${texts.join('').length}) exceeds text limit (${characterLimit})`);
    return {
      body: {
        translatedText: miscount(
          texts.map((text) => say(text, target, source)),
          fault,
        ),
      },
    };
  });
}
