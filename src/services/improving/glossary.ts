import { randomUUIDv7 } from 'node:crypto';

import { sql, type RawBuilder } from 'kysely';

import type { Term } from '#translation/engines/engine.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { InvalidInput, notFound } from '../../platform/http/errors.ts';
import { type Person } from '../../platform/person.ts';
import { admit } from '../subjects/gate.ts';
import { isId } from '../subjects/subjects.ts';
import { glossaryActs } from './improving.policy.ts';
import { tables } from '../../platform/db/tables.ts';
import { GlossaryTerm as Kept } from './glossary.entity.ts';

/** Longer ones are sentences, which the memory of translations keeps better. */
export const TERM_CHARACTERS = 100;
/** Every text of the pair is searched for each of them. */
export const TERMS_A_PAIR = 2_000;
export const TERMS_A_PAGE = 100;

/** A word or name, and how it is to be translated: everywhere, or in one space. */
export interface GlossaryTerm extends Term {
  id: string;
  /** Null for the platform's. */
  spaceId: string | null;
  sourceLanguage: string;
  targetLanguage: string;
  /** Who wrote it last; null for an erased person. */
  author: { name: string; handle: string | null } | null;
  createdAt: Date;
}

/** The terms of one space and pair of languages. */
export type TermsOf = (source: string, target: string) => readonly Term[];

/** By space; null is for texts that stand in none. */
export type Glossary = (spaceId: string | null) => TermsOf;

/** What stands in these spaces: their own terms and the platform's, in one query. A space's term beats the platform's for the same word, in any case. */
export async function readGlossary(em: Em, { spaceIds }: { spaceIds: readonly string[] }): Promise<Glossary> {
  const found = await tables(em, Kept)
    .selectFrom('glossary_term')
    .select(['spaceId', 'sourceLanguage', 'targetLanguage', 'source', 'target'])
    .where(sql<boolean>`(space_id is null or space_id = any(${[...spaceIds]}::uuid[]))`)
    .orderBy('spaceId', (order) => order.asc().nullsFirst())
    .orderBy('source')
    .execute();
  const byPair = Map.groupBy(found, pairOf);
  return (spaceId) => {
    const known = new Map<string, readonly Term[]>();
    return (source, target) => {
      const pair = `${source}>${target}`;
      return known.getOrInsertComputed(pair, () => termsIn(byPair.get(pair) ?? [], spaceId));
    };
  };
}

type TermRow = Omit<GlossaryTerm, 'id' | 'author' | 'createdAt'>;

const pairOf = ({ sourceLanguage, targetLanguage }: TermRow): string => `${sourceLanguage}>${targetLanguage}`;

/** The platform's come first, so that the space's take their place. */
function termsIn(found: readonly TermRow[], spaceId: string | null): Term[] {
  const own = found.filter((term) => term.spaceId === null || term.spaceId === spaceId);
  const byWord = new Map(own.map(({ source, target }) => [source.toLowerCase(), { source, target }]));
  return [...byWord.values()];
}

/** Keeping the terms of a space; with null those of the platform. */
const keeping = (spaceId: string | null) =>
  spaceId === null ? { act: glossaryActs.keepOfPlatform } : { act: glossaryActs.keepOfSpace, space: { id: spaceId } };

export interface NewTerms {
  spaceId: string | null;
  sourceLanguage: string;
  targetLanguage: string;
  terms: readonly Term[];
}

/**
 * Adds terms to a glossary; a word that is there already, in any case, gets the new translation. Existing translations stay as they are.
 * Returns how many words were new and how many were replaced. Throws 403 to all but its keepers, 422 when a pair would have
 * more than 2,000.
 */
export async function addTerms(em: Em, person: Person, added: NewTerms): Promise<{ added: number; replaced: number }> {
  await admit(em, person, keeping(added.spaceId));
  return transaction(em, async (inner) => {
    // Two people who add at once must not pass the limit together.
    const { spaceId, sourceLanguage, targetLanguage } = added;
    const name = `glossary ${spaceId} ${sourceLanguage} ${targetLanguage}`;
    await rows(inner, sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
    const before = await countTerms(inner, added);
    const stored = await rows(inner, storing(person, added));
    const after = await countTerms(inner, added);
    if (after > TERMS_A_PAIR)
      throw new InvalidInput([{ field: 'lines', key: 'errors:tooManyTerms', params: { max: TERMS_A_PAIR } }]);
    return { added: after - before, replaced: stored.length - (after - before) };
  });
}

/** Of a word given twice the last counts: the same statement cannot write one row two times. */
function storing(person: Person, { spaceId, sourceLanguage, targetLanguage, terms }: NewTerms): RawBuilder<unknown> {
  const ids = terms.map(() => randomUUIDv7());
  const sources = terms.map(({ source }) => source);
  const targets = terms.map(({ target }) => target);
  return sql`insert into glossary_term (id, space_id, source_language, target_language, source, target, author_id, created_at)
    select distinct on (lower(source)) id, ${spaceId}::uuid, ${sourceLanguage}::text, ${targetLanguage}::text, source, target, ${person.id}::uuid, now()
    from unnest(${ids}::uuid[], ${sources}::text[], ${targets}::text[]) with ordinality given (id, source, target, place)
    order by lower(source), place desc
    on conflict (source_language, target_language, lower(source), space_id) do update
    set source = excluded.source, target = excluded.target, author_id = excluded.author_id, created_at = excluded.created_at
    returning 1`;
}

async function countTerms(em: Em, { spaceId, sourceLanguage, targetLanguage }: NewTerms): Promise<number> {
  const { count } = await tables(em, Kept)
    .selectFrom('glossary_term')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('spaceId', 'is not distinct from', spaceId)
    .where('sourceLanguage', '=', sourceLanguage)
    .where('targetLanguage', '=', targetLanguage)
    .executeTakeFirstOrThrow();
  return count;
}

/** Takes a term away; translations made with it stay. Throws 404 when it is not there, 403 to all but the glossary's keepers. */
export async function removeTerm(em: Em, person: Person, id: string): Promise<void> {
  const term = await findTerm(em, person, id);
  await tables(em, Kept).deleteFrom('glossary_term').where('id', '=', term.id).execute();
}

/** A term this person may change. Throws 404 and 403. */
export async function findTerm(em: Em, person: Person, id: string): Promise<GlossaryTerm> {
  const term = isId(id) ? await row(em, sql<GlossaryTerm>`${SELECT} where g.id = ${id}`) : null;
  if (!term) throw notFound();
  await admit(em, person, keeping(term.spaceId));
  return term;
}

export interface TermFilter {
  /** Null among them stands for the platform. */
  spaceIds: readonly (string | null)[];
  sourceLanguage: string | null;
  targetLanguage: string | null;
  /** The first is 1. */
  page: number;
}

/** One page of terms in the order of their languages and words, and how many there are in all. */
export async function listTerms(em: Em, filter: TermFilter): Promise<{ terms: GlossaryTerm[]; total: number }> {
  const { spaceIds, sourceLanguage, targetLanguage, page } = filter;
  const asked = sql`(g.space_id = any(${spaceIds.filter((id) => id !== null)}::uuid[]) or (g.space_id is null and ${spaceIds.includes(null)}::boolean))
    and g.source_language = coalesce(${sourceLanguage}::text, g.source_language) and g.target_language = coalesce(${targetLanguage}::text, g.target_language)`;
  const counted = await row(
    em,
    sql<{ count: number }>`select count(*)::int as count from glossary_term g where ${asked}`,
  );
  const terms = await rows(
    em,
    sql<GlossaryTerm>`${SELECT} where ${asked} order by g.source_language, g.target_language, lower(g.source), g.space_id nulls first
      limit ${TERMS_A_PAGE} offset ${(page - 1) * TERMS_A_PAGE}`,
  );
  return { terms, total: counted?.count ?? 0 };
}

const SELECT = sql`select g.id, g.space_id as "spaceId", g.source_language as "sourceLanguage", g.target_language as "targetLanguage", g.source, g.target,
  case when p.name is not null then json_build_object('name', p.name, 'handle', p.handle) end as author, g.created_at as "createdAt"
  from glossary_term g left join person p on p.id = g.author_id`;
