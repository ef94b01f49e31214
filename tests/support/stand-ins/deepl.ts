import {
  type Answer,
  field,
  miscount,
  type Misspeaking,
  sayAgain,
  startStandIn,
  textsIn,
  type Say,
  type SeenRequest,
  type StandIn,
} from './stand-in.ts';

export interface DeepLOptions {
  key: string;
  say?: Say;
  characterLimit?: number;
  /** As before it knew `/v3/languages`. */
  isOld?: boolean;
}

interface Glossary {
  glossary_id: string;
  name: string;
  creation_time: string;
  dictionaries: { source_lang: string; target_lang: string; entries: string }[];
}

export interface DeepLStandIn extends StandIn {
  glossaries: Glossary[];
}

const SOURCES = ['DE', 'EN', 'ES', 'FR', 'IT', 'PT', 'ZH'];
const TARGETS = ['DE', 'EN-GB', 'EN-US', 'ES', 'FR', 'IT', 'PT-BR', 'PT-PT', 'ZH-HANS'];
/** What the older list leaves out. */
const ONLY_LISTED = ['HR', 'GA', 'MT'];
const WITHOUT_GLOSSARY = ['IT', 'MT'];
const MOST_TEXTS = 50;
const MOST_BYTES = 128 * 1024;

const refusal = (status: number, message: string): Answer => ({ status, body: { message } });

/** DeepL's API as its documentation describes it: languages, texts, glossaries, usage. */
export async function startDeepL(options: DeepLOptions): Promise<DeepLStandIn> {
  const glossaries: Glossary[] = [];
  const used = { characters: 0 };
  const standIn = await startStandIn((request, fault) => {
    if (request.headers.authorization !== `DeepL-Auth-Key ${options.key}`) return refusal(403, 'Forbidden');
    if (fault === 'wrong-shape') return { body: { translations: 'Hola.' } };
    const { method, path, query } = request;
    if (method === 'GET' && path === '/v3/languages' && !options.isOld) return listed(query.get('resource'));
    if (method === 'GET' && path === '/v2/languages')
      return {
        body: (query.get('type') === 'target' ? TARGETS : SOURCES).map((language) => ({ language, name: language })),
      };
    if (method === 'GET' && path === '/v2/usage')
      return { body: { character_count: used.characters, character_limit: limitOf(options) } };
    if (method === 'POST' && path === '/v2/translate') return translate(request, fault);
    return path.startsWith('/v3/glossaries') ? glossaryAnswer(request, glossaries) : refusal(404, 'Not found');
  });
  return { ...standIn, glossaries };

  function translate({ body }: SeenRequest, fault: Misspeaking | null): Answer {
    const wrong = refusalOf(body, glossaries);
    const texts = textsIn(field(body, 'text')) ?? [];
    if (wrong) return wrong;
    used.characters += texts.join('').length;
    if (used.characters > limitOf(options)) return refusal(456, 'Quota exceeded');
    const glossary = glossaries.find(({ glossary_id }) => glossary_id === field(body, 'glossary_id'));
    const [source, target] = [String(field(body, 'source_lang')), String(field(body, 'target_lang'))];
    const said = texts.map((text) => withTerms((options.say ?? sayAgain)(text, target, source), glossary));
    return {
      body: { translations: miscount(said, fault).map((text) => ({ detected_source_language: source, text })) },
    };
  }
}

/** All languages, for texts. The plain codes of English and Portuguese are still taken as targets, without a word on which variant comes. */
function listed(resource: string | null): Answer {
  if (resource !== 'translate_text') return refusal(400, 'Bad request. Reason: unknown resource.');
  const codes = new Set([...SOURCES, ...TARGETS, ...ONLY_LISTED]);
  return {
    body: [...codes].map((code) => ({
      lang: Intl.getCanonicalLocales(code)[0],
      name: code,
      usable_as_source: !code.includes('-'),
      usable_as_target: true,
      status: 'stable',
      features: WITHOUT_GLOSSARY.includes(code) ? {} : { glossary: { status: 'stable' } },
    })),
  };
}

const limitOf = ({ characterLimit = 500_000 }: DeepLOptions): number => characterLimit;

function refusalOf(body: unknown, glossaries: readonly Glossary[]): Answer | null {
  const texts = textsIn(field(body, 'text'));
  if (JSON.stringify(body).length > MOST_BYTES) return refusal(413, 'Request Entity Too Large');
  if (texts === null || texts.length > MOST_TEXTS) return refusal(400, 'Too many texts');
  if (![...TARGETS, ...ONLY_LISTED].includes(String(field(body, 'target_lang'))))
    return refusal(400, "Value for 'target_lang' not supported.");
  if (![...SOURCES, ...ONLY_LISTED].includes(String(field(body, 'source_lang'))))
    return refusal(400, "Value for 'source_lang' not supported.");
  if (field(body, 'preserve_formatting') !== true) return refusal(400, 'The test expects formatting to be preserved.');
  const id = field(body, 'glossary_id');
  const exists = id === undefined || glossaries.some(({ glossary_id }) => glossary_id === id);
  return exists ? null : refusal(400, 'Invalid glossary');
}

function glossaryAnswer({ method, path, body }: SeenRequest, glossaries: Glossary[]): Answer {
  if (method === 'GET') return { body: { glossaries } };
  if (method === 'DELETE') {
    const at = glossaries.findIndex(({ glossary_id }) => path.endsWith(glossary_id));
    if (at !== -1) glossaries.splice(at, 1);
    return { body: null };
  }
  const dictionaries = field(body, 'dictionaries') as Glossary['dictionaries'];
  // As with the real one, some pairs have none.
  if (dictionaries.some(({ source_lang }) => source_lang === 'it')) return refusal(400, 'Unsupported glossary pair');
  if (glossaries.length >= 1_000) return refusal(456, 'Too many glossaries');
  const glossary: Glossary = {
    glossary_id: crypto.randomUUID(),
    name: String(field(body, 'name')),
    creation_time: new Date().toISOString(),
    dictionaries,
  };
  glossaries.push(glossary);
  return { status: 201, body: glossary };
}

function withTerms(text: string, glossary: Glossary | undefined): string {
  const lines = glossary?.dictionaries.flatMap(({ entries }) => entries.split('\n')) ?? [];
  return lines.reduce((said, line) => said.replaceAll(line.split('\t')[0] ?? '', line.split('\t')[1] ?? ''), text);
}
