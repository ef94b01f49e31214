import { createHash } from 'node:crypto';
import { z } from 'zod';

import { EngineError, type Term } from './engine.ts';
import type { Client } from './http.ts';
import { languageOf } from './requests.ts';

const PREFIX = 'polyphony';
/** An account may have a thousand glossaries, and some of them may not be ours. */
const MOST_GLOSSARIES = 500;
/** Enough to tell any two sets of terms apart. */
const HASH_LETTERS = 24;

const Glossary = z.object({ glossary_id: z.string(), name: z.string(), creation_time: z.string() });
const List = z.object({ glossaries: z.array(Glossary) });

export interface Wanted {
  source: string;
  target: string;
  terms: readonly Term[];
  signal?: AbortSignal | undefined;
}

export interface Glossaries {
  /**
   * The id of a glossary with exactly these terms, made when there is none; null without terms, or when DeepL makes no
   * glossaries for the pair.
   * @throws EngineError, or `signal.reason`
   */
  find(wanted: Wanted): Promise<string | null>;
  /** Asks anew from now on. */
  forget(): void;
}

/** Glossaries at DeepL cannot be changed: each set of terms has its own, found again by the hash in its name. */
export function createGlossaries(client: Client, isPossible: (source: string, target: string) => boolean): Glossaries {
  const known = new Map<string, string | null>();
  return {
    find: async (wanted) => {
      if (wanted.terms.length === 0 || !isPossible(wanted.source, wanted.target)) return null;
      const name = nameOf(wanted);
      const found = known.get(name);
      if (found !== undefined) return found;
      const id = (await look(client, name, wanted.signal)) ?? (await make(client, name, wanted));
      if (known.size >= MOST_GLOSSARIES) known.clear();
      known.set(name, id);
      return id;
    },
    forget: () => known.clear(),
  };
}

function nameOf({ source, target, terms }: Wanted): string {
  const hash = createHash('sha256').update(entriesOf(terms)).digest('hex').slice(0, HASH_LETTERS);
  return `${PREFIX} ${languageOf(source)}>${languageOf(target)} ${hash}`;
}

async function look(client: Client, name: string, signal: AbortSignal | undefined): Promise<string | null> {
  const { glossaries } = await client.ask({ path: '/v3/glossaries', schema: List, signal });
  const ours = glossaries.filter((glossary) => glossary.name.startsWith(`${PREFIX} `));
  const found = ours.find((glossary) => glossary.name === name);
  if (found === undefined && ours.length >= MOST_GLOSSARIES) await removeOldest(client, ours, signal);
  return found?.glossary_id ?? null;
}

async function removeOldest(
  client: Client,
  glossaries: readonly z.infer<typeof Glossary>[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const [oldest] = glossaries.toSorted((one, other) => one.creation_time.localeCompare(other.creation_time));
  if (oldest === undefined) return;
  const path = `/v3/glossaries/${encodeURIComponent(oldest.glossary_id)}`;
  await client.ask({ path, method: 'DELETE', schema: z.unknown(), signal });
}

async function make(client: Client, name: string, { source, target, terms, signal }: Wanted): Promise<string | null> {
  const dictionary = {
    source_lang: languageOf(source),
    target_lang: languageOf(target),
    entries: entriesOf(terms),
    entries_format: 'tsv',
  };
  const body = { name, dictionaries: [dictionary] };
  try {
    return (await client.ask({ path: '/v3/glossaries', schema: Glossary, body, signal })).glossary_id;
  } catch (error) {
    // Not every pair can have one: the text is then translated without, and the pipeline sees whether the terms are in it.
    if (error instanceof EngineError && error.kind === 'bad_request') return null;
    throw error;
  }
}

/** One line a term, a tab between; of two with the same words the first holds, since DeepL refuses doubles. */
function entriesOf(terms: readonly Term[]): string {
  const lines = new Map<string, string>();
  for (const { source, target } of terms) lines.getOrInsert(inOneField(source), inOneField(target));
  return [...lines]
    .map((fields) => fields.join('\t'))
    .toSorted()
    .join('\n');
}

function inOneField(words: string): string {
  return words.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
