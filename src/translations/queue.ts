import { sql, type RawBuilder } from 'kysely';

import type { EngineErrorKind } from '../../translation/engines/engine.ts';
import { recordAll } from '../platform/activity/activity.ts';
import { rows, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';
import type { SubjectRow } from '../subjects/subjects.ts';
import { linkMemory } from './memory.ts';
import { READER } from './translations.ts';

/** A claim lasts this long and is renewed while it is in work, so that what a killed worker had in hand is free again soon. */
const LEASE_SECONDS = 10;

/** A translation taken out of the queue, with what is to be translated. */
export interface Claimed {
  textId: string;
  language: string;
  source: string;
  localOnly: boolean;
  priority: number;
  tries: number;
  title: string | null;
  body: string | null;
  spaceId: string | null;
  /** Everybody may read it: only then may its words stay in the memory. */
  isPublic: boolean;
  withdrawn: boolean;
}

/** A pair of languages as the queue knows it; with `!` for texts that may not leave the operator's machines. */
export const pairKey = (source: string, target: string, localOnly: boolean): string =>
  `${source}>${target}${localOnly ? '!' : ''}`;

const PAIR = sql`source_language || '>' || language || case when local_only then '!' else '' end`;
const IS_FREE = sql`not human and (lease_until is null or lease_until < now())`;

interface Slice {
  /** What can be translated now, as `pairKey`s. */
  pairs: readonly string[];
  /** Nothing of a lower priority. */
  least: number;
  limit: number;
  /** Suspended ones are taken to try whether their engine is back. */
  state: 'queued' | 'suspended';
  /** Among equals this pair goes on, because its engine is warm for it. */
  prefers: Pick<Claimed, 'source' | 'language' | 'localOnly'> | null;
}

/**
 * Takes the most wanted translation and others of its pair, for LEASE_SECONDS. Wishes of readers are never taken together with what
 * can wait. The try counts now: a text that ends its worker is not taken for ever.
 */
export async function claim(em: Em, { pairs, least, limit, state, prefers }: Slice): Promise<Claimed[]> {
  if (pairs.length === 0) return [];
  const isOpen = sql`state = ${sql.lit(state)} and ${IS_FREE} and priority >= ${sql.lit(least)}`;
  return rows(
    em,
    sql<Claimed>`
      with top as (
        select source_language, language, local_only, priority from translation
        where ${isOpen} and ${PAIR} = any(${[...pairs]}::text[]) order by priority desc, wished_at limit 1),
      first as (
        select source_language, language, local_only, priority >= ${sql.lit(READER)} as waits from (
          (select source_language, language, local_only, priority, 1 as place from translation
            where ${isOpen} and source_language = ${prefers?.source ?? ''} and language = ${prefers?.language ?? ''} and local_only = ${prefers?.localOnly ?? false}
              and priority >= (select priority from top) order by priority desc limit 1)
          union all select *, 2 from top order by place limit 1) wanted),
      next as (
        select r.text_id, r.language from first f join lateral (
          select * from translation where ${isOpen} and source_language = f.source_language and language = f.language
            and local_only = f.local_only and (priority >= ${sql.lit(READER)}) = f.waits
          order by priority desc, wished_at limit ${sql.lit(limit)} for update skip locked) r on true)
      update translation r set lease_until = now() + ${`${LEASE_SECONDS} seconds`}::interval, tries = r.tries + 1
      from next n, text t, subject s
      where r.text_id = n.text_id and r.language = n.language and not r.human and t.id = r.text_id and s.id = t.subject_id
      returning r.text_id as "textId", r.language, r.source_language as source, r.local_only as "localOnly", r.priority, r.tries, t.title, t.body,
        s.space_id as "spaceId", s.visibility = 'public' and s.closed_at is null as "isPublic", s.withdrawn_at is not null as withdrawn`,
  );
}

type Key = Pick<Claimed, 'textId' | 'language'>;

/** The rows of these claims, as long as nobody has filled them. */
function these(claimed: readonly Key[]): RawBuilder<unknown> {
  const ids = claimed.map(({ textId }) => textId);
  const languages = claimed.map(({ language }) => language);
  return sql`(text_id, language) in (select * from unnest(${ids}::uuid[], ${languages}::text[])) and not human and state <> 'ready'`;
}

/** Keeps claimed translations for some more seconds. */
export async function renew(em: Em, claimed: readonly Key[]): Promise<void> {
  await rows(
    em,
    sql`update translation set lease_until = now() + ${`${LEASE_SECONDS} seconds`}::interval where ${these(claimed)}`,
  );
}

interface Return {
  /** Not taken again before these have passed. */
  seconds: number;
  /** They were not to blame: as if they had not been tried. */
  isBlameless: boolean;
  failure?: EngineErrorKind | null;
  /** Who has been asked and will answer later. */
  engine?: string;
}

/** Gives claimed translations back to the queue. */
export async function giveBack(em: Em, claimed: readonly Key[], how: Return): Promise<void> {
  const { seconds, isBlameless, failure = null, engine = null } = how;
  await rows(
    em,
    sql`update translation set lease_until = now() + ${`${seconds} seconds`}::interval, tries = tries - ${isBlameless ? 1 : 0}::int,
          failure = ${failure}, engine = ${engine} where ${these(claimed)}`,
  );
}

/** Nothing usable came out: they wait until somebody asks anew. */
export async function setFailed(em: Em, claimed: readonly Key[], failure: EngineErrorKind): Promise<void> {
  if (claimed.length === 0) return;
  await rows(
    em,
    sql`update translation set state = 'failed', failure = ${failure}, lease_until = null where ${these(claimed)}`,
  );
}

/** What was withdrawn is nobody's business any more. */
export async function dropClaims(em: Em, claimed: readonly Key[]): Promise<void> {
  if (claimed.length === 0) return;
  await rows(em, sql`delete from translation where ${these(claimed)}`);
}

export interface Made extends Key {
  source: string;
  title: string | null;
  body: string;
  engine: string;
  via: string | null;
  variant: string | null;
  /** Terms of the glossary that were not used, as 'source → target'. */
  missed: readonly string[];
  /** What of the memory stands in it. */
  keys: readonly string[];
}

/** The words and the lines that tell them, together. A text erased or corrected meanwhile has no row left to fill. */
export async function storeMade(em: Em, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const column = <Value>(pick: (each: Made) => Value): Value[] => made.map(pick);
  await transaction(em, async (inner) => {
    const stored = await rows(
      inner,
      sql<SubjectRow & { textId: string; language: string }>`
        with made as (select * from unnest(${column((each) => each.textId)}::uuid[], ${column((each) => each.language)}::text[],
            ${column((each) => each.source)}::text[], ${column((each) => each.title)}::text[], ${column((each) => each.body)}::text[],
            ${column((each) => each.engine)}::text[], ${column((each) => each.via)}::text[], ${column((each) => each.variant)}::text[],
            ${column((each) => (each.missed.length > 0 ? JSON.stringify(each.missed) : null))}::text[])
          m (text_id, language, source, title, body, engine, via, variant, missed)),
        stored as (
          update translation r set state = 'ready', title = m.title, body = m.body, engine = m.engine, via = m.via, variant = m.variant,
            missed_terms = (select array_agg(term) from jsonb_array_elements_text(m.missed::jsonb) term),
            ready_at = now(), lease_until = null, failure = null
          from made m where r.text_id = m.text_id and r.language = m.language and not r.human and r.state <> 'ready' and r.source_language = m.source
          returning r.text_id, r.language)
        select s.id, s.kind, s.root_id as "rootId", s.space_id as "spaceId", stored.text_id as "textId", stored.language
        from stored join text t on t.id = stored.text_id join subject s on s.id = t.subject_id`,
    );
    await linkMemory(inner, made);
    await recordAll(
      inner,
      stored.map(({ id, ...line }) => ({ ...line, type: 'translated' as const, subjectId: id })),
    );
  });
}
