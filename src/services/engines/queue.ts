import { sql, type RawBuilder } from 'kysely';

import type { EngineErrorKind } from '#translation/engines/engine.ts';
import { recordAll } from '../../platform/activity/activity.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import type { SubjectRow } from '../house/kinds.ts';
import { linkMemory } from './memory.ts';
import { MUST_STAY, READER } from '../texts/translations.ts';

/** A claim lasts this long and is renewed while it is in work, so that the texts of a killed worker are free again soon. */
const LEASE_SECONDS = 10;

/** A text that came back without a word so often may be ending the workers: from then on it goes alone, and takes no others along. */
const TRIES_IN_COMPANY = 2;

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
  /** Hidden, withdrawn, or below something that was. */
  closed: boolean;
  withdrawn: boolean;
  /** The engine that has it already and answers later. */
  askedOf: string | null;
  state: 'queued' | 'suspended';
}

/** A pair of languages as the queue knows it; with `!` for texts that may not leave the operator's machines. */
export const pairKey = (source: string, target: string, localOnly: boolean): string =>
  `${source}>${target}${localOnly ? '!' : ''}`;

const PAIR = sql`source_language || '>' || language || case when local_only then '!' else '' end`;
const IS_FREE = sql`not human and (lease_until is null or lease_until < now())`;

/** Behind every pair that is preferred. */
const LAST_PLACE = 1_000_000;

interface Slice {
  /** What can be translated now, as `pairKey`s. */
  pairs: readonly string[];
  /** Nothing of a lower priority. */
  least: number;
  limit: number;
  /** Suspended ones are taken to try whether their engine is back. */
  state: 'queued' | 'suspended';
  /** Among equals the first of these pairs goes on, because its engine is warm for it. */
  prefers: readonly Pick<Claimed, 'source' | 'language' | 'localOnly'>[];
}

/**
 * Takes the most wanted translation and others of its pair, for LEASE_SECONDS. Wishes of readers are never taken together with what
 * can wait. The try counts now: a text that ends its worker is not taken for ever. The claim looks again
 * whether it may leave the operator's machines: much can have happened since somebody wished for it.
 */
export async function claim(em: Em, { pairs, least, limit, state, prefers }: Slice): Promise<Claimed[]> {
  if (pairs.length === 0) return [];
  const column = <Value>(pick: (pair: Slice['prefers'][number]) => Value): Value[] => prefers.map(pick);
  const isSuspect = sql`tries >= ${sql.lit(TRIES_IN_COMPANY)}`;
  const isOpen = sql`state = ${sql.lit(state)} and ${IS_FREE} and priority >= ${sql.lit(least)}`;
  return rows(
    em,
    sql<Claimed>`
      with top as (
        select source_language, language, local_only, priority, ${isSuspect} as alone from translation
        where ${isOpen} and ${PAIR} = any(${[...pairs]}::text[]) order by priority desc, wished_at limit 1),
      first as (
        select source_language, language, local_only, priority >= ${sql.lit(READER)} as waits, alone from (
          (select warm.*, p.place from unnest(${column(({ source }) => source)}::text[], ${column(({ language }) => language)}::text[],
              ${column(({ localOnly }) => localOnly)}::boolean[]) with ordinality p (source, target, is_local, place)
            cross join lateral (select source_language, language, local_only, priority, ${isSuspect} as alone from translation
              where ${isOpen} and source_language = p.source and language = p.target and local_only = p.is_local
                and priority >= (select priority from top) order by priority desc limit 1) warm order by p.place limit 1)
          union all select top.*, ${sql.lit(LAST_PLACE)} from top order by place limit 1) wanted),
      next as (
        select r.text_id, r.language, r.engine from first f join lateral (
          select * from translation where ${isOpen} and source_language = f.source_language and language = f.language
            and local_only = f.local_only and (priority >= ${sql.lit(READER)}) = f.waits
            and (${isSuspect}) = f.alone
          order by priority desc, wished_at limit case when f.alone then 1 else ${sql.lit(limit)} end for update skip locked) r on true)
      update translation r set lease_until = now() + ${`${LEASE_SECONDS} seconds`}::interval, tries = r.tries + 1, engine = null,
        local_only = r.local_only or ${MUST_STAY}
      from next n join text t on t.id = n.text_id join subject s on s.id = t.subject_id left join space sp on sp.subject_id = coalesce(s.space_id, s.id)
      where r.text_id = n.text_id and r.language = n.language and not r.human
      returning r.text_id as "textId", r.language, r.source_language as source, r.local_only or s.closed_at is not null as "localOnly",
        r.priority, r.tries, r.state, n.engine as "askedOf", t.title, t.body, s.space_id as "spaceId",
        s.visibility = 'public' and s.closed_at is null as "isPublic", s.closed_at is not null as closed, s.withdrawn_at is not null as withdrawn`,
  );
}

type Key = Pick<Claimed, 'textId' | 'language'>;
type Held = Key & Pick<Claimed, 'source' | 'tries'>;

/**
 * The rows of these claims as `h`, as long as they are still ours: nobody has filled them, taken them after our lease, or put others in
 * their place. Locked in the one order that wishes have, so that no reader and no worker wait for each other.
 */
function held(claimed: readonly Held[], isBusySkipped = false): RawBuilder<unknown> {
  const column = <Value>(pick: (each: Held) => Value): Value[] => claimed.map(pick);
  return sql`(select h.text_id, h.language from unnest(${column(({ textId }) => textId)}::uuid[], ${column(({ language }) => language)}::text[],
      ${column(({ source }) => source)}::text[], ${column(({ tries }) => tries)}::int[]) c (text_id, language, source, tries)
    join translation h on h.text_id = c.text_id and h.language = c.language and not h.human
    where h.state in ('queued', 'suspended') and h.source_language = c.source and h.tries = c.tries
    order by h.text_id, h.language for update of h ${isBusySkipped ? sql`skip locked` : sql``}) h`;
}

const IS_HELD = sql`r.text_id = h.text_id and r.language = h.language and not r.human`;

/** Keeps claimed translations for some more seconds. One that was given back meanwhile keeps its longer pause. */
export async function renew(em: Em, claimed: readonly Held[]): Promise<void> {
  await rows(
    em,
    sql`update translation r set lease_until = greatest(r.lease_until, now() + ${`${LEASE_SECONDS} seconds`}::interval)
        from ${held(claimed, true)} where ${IS_HELD} and r.lease_until is not null`,
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
export async function giveBack(em: Em, claimed: readonly Held[], how: Return): Promise<void> {
  if (claimed.length === 0) return;
  const { seconds, isBlameless, failure = null, engine = null } = how;
  await rows(
    em,
    sql`update translation r set lease_until = now() + ${`${seconds} seconds`}::interval, tries = r.tries - ${isBlameless ? 1 : 0}::int,
          failure = ${failure}, engine = ${engine} from ${held(claimed)} where ${IS_HELD}`,
  );
}

/** Nothing usable came out: they wait until somebody asks anew. Without a `failure` it is what the last try said. */
export async function setFailed(em: Em, claimed: readonly Held[], failure: EngineErrorKind | null): Promise<void> {
  if (claimed.length === 0) return;
  await rows(
    em,
    sql`update translation r set state = 'failed', failure = coalesce(${failure}::text, r.failure, 'bad_output'), lease_until = null
        from ${held(claimed)} where ${IS_HELD}`,
  );
}

/** Nobody waits for a withdrawn text any more. */
export async function dropClaims(em: Em, claimed: readonly Held[]): Promise<void> {
  if (claimed.length === 0) return;
  await rows(em, sql`delete from translation r using ${held(claimed)} where ${IS_HELD}`);
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
        open as (
          select r.text_id, r.language from translation r join made m on r.text_id = m.text_id and r.language = m.language and r.source_language = m.source
          where not r.human and r.state <> 'ready' order by r.text_id, r.language for update of r),
        stored as (
          update translation r set state = 'ready', title = m.title, body = m.body, engine = m.engine, via = m.via, variant = m.variant,
            missed_terms = (select array_agg(term) from jsonb_array_elements_text(m.missed::jsonb) term),
            ready_at = now(), lease_until = null, failure = null
          from made m join open on open.text_id = m.text_id and open.language = m.language
          where r.text_id = m.text_id and r.language = m.language and not r.human
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
