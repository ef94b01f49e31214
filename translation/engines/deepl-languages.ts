import { z } from 'zod';

import { EngineError, type Pair } from './engine.ts';
import type { Client } from './http.ts';
import { languageOf, pairsOf } from './requests.ts';

/** What is offered while the service is away. */
const SOURCES =
  'ar bg cs da de el en es et fi fr ga he hr hu id it ja ko lt lv mt nb nl pl pt ro ru sk sl sv tr uk vi zh'.split(' ');
const TARGETS =
  'ar bg cs da de el en-GB en-US es et fi fr ga he hr hu id it ja ko lt lv mt nb nl pl pt-BR pt-PT ro ru sk sl sv tr uk vi zh-Hans zh-Hant'.split(
    ' ',
  );
/** Kept by DeepL for old programs: it then chooses the variant itself, and nobody is told which. */
const WITHOUT_VARIANT: ReadonlySet<string> = new Set(['en', 'pt']);

const Listed = z.array(
  z.object({
    lang: z.string(),
    usable_as_source: z.boolean(),
    usable_as_target: z.boolean(),
    // By name, with its status; a list of names in the first drafts of this interface.
    features: z.union([z.record(z.string(), z.unknown()), z.array(z.string())]).optional(),
  }),
);
const Older = z.array(z.object({ language: z.string() }));

/** What DeepL translates for this account. */
export interface Offered {
  pairs: readonly Pair[];
  /** Whether texts of a pair can have a glossary; true where the service does not say. */
  hasGlossary(source: string, target: string): boolean;
}

/** Asks the service which languages it has; where it does not know the question, in the older way, which leaves some out. */
export async function askOffered(client: Client, deadlineMs: number): Promise<Offered> {
  try {
    return await askListed(client, deadlineMs).catch((error: unknown) => {
      if (!(error instanceof EngineError) || error.kind === 'timeout') throw error;
      return askOlder(client, deadlineMs);
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { pairs: pairsOf(SOURCES, TARGETS), hasGlossary: () => true };
  }
}

async function askListed(client: Client, deadlineMs: number): Promise<Offered> {
  const path = '/v3/languages?resource=translate_text';
  const listed = (await client.ask({ path, schema: Listed, deadlineMs })).map((each) => ({
    ...each,
    code: codeOf(each.lang),
  }));
  const sources = listed.filter((each) => each.usable_as_source).map(({ code }) => code);
  const targets = listed.filter((each) => each.usable_as_target).map(({ code }) => code);
  if (sources.length === 0 || targets.length === 0) throw new EngineError('unavailable', 'DeepL lists no languages.');
  const withGlossary = new Set(
    listed.filter(({ features = [] }) => namesIn(features).includes('glossary')).map(({ code }) => languageOf(code)),
  );
  return {
    pairs: pairsOf([...new Set(sources.map(languageOf))], namedTargets(targets)),
    hasGlossary: (source, target) => [source, target].every((code) => withGlossary.has(languageOf(code))),
  };
}

const namesIn = (features: Readonly<Record<string, unknown>> | readonly string[]): readonly string[] =>
  Array.isArray(features) ? features : Object.keys(features);

/** Those that say which variant they are, where there are any. */
function namedTargets(targets: readonly string[]): string[] {
  const hasVariants = (code: string): boolean => targets.some((each) => each.startsWith(`${code}-`));
  return targets.filter((code) => !(WITHOUT_VARIANT.has(code) && hasVariants(code)));
}

async function askOlder(client: Client, deadlineMs: number): Promise<Offered> {
  const ask = async (type: string): Promise<string[]> => {
    const path = `/v2/languages?type=${type}`;
    return (await client.ask({ path, schema: Older, deadlineMs })).map(({ language }) => codeOf(language));
  };
  const [sources, targets] = await Promise.all([ask('source'), ask('target')]);
  return { pairs: pairsOf(sources, targets), hasGlossary: () => true };
}

/** BCP 47 for what DeepL may write in capitals: 'PT-BR' is 'pt-BR', 'ZH-HANS' is 'zh-Hans'. */
function codeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch {
    throw new EngineError('unavailable', 'DeepL lists a language whose code is none.');
  }
}
