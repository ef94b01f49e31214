import { randomUUIDv7 } from 'node:crypto';

import { sql, type RawBuilder } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../subjects/gate.ts';
import { isId, isPublic } from '../subjects/subjects.ts';
import { engineActs } from './engines.policy.ts';
import { BACKGROUND } from '../texts/translations.ts';
import { Backfill } from './backfill.entity.ts';
import type { Ways } from '../../platform/languages.ts';

/** Rows of one transaction: longer ones keep every reader of the activity waiting. */
const A_TRANSACTION = 500;
/** A job ends long before its time is over, and hands on to the next. */
const JOB_MILLISECONDS = 30_000;
const NO_TEXT = '00000000-0000-0000-0000-000000000000';

/** The job that queues translations of a backfill, or takes them back. */
export const BACKFILL = 'translations.backfill';

/** What is to be brought up to date; null stands for all spaces, or for every language there is a way into. */
export interface Scope {
  spaceId: string | null;
  language: string | null;
}

/** Current texts that everybody may read and whose language is known: what `scope` is about, as `s`, `t` and its space `sp`. */
export function textsOf({ spaceId }: Scope): RawBuilder<unknown> {
  return sql`subject s join text t on t.id = s.text_id left join space sp on sp.subject_id = coalesce(s.space_id, s.id)
    where ${isPublic} and ${IS_KNOWN} and ${isIn(spaceId)}`;
}

const IS_KNOWN = sql`(t.body is not null and t.decided_by <> 'pending')`;

const isIn = (spaceId: string | null): RawBuilder<boolean> =>
  spaceId ? sql`coalesce(s.space_id, s.id) = ${spaceId}` : sql`true`;

/** Whether a translation of `text` into `language` is there or on its way; one that failed is made anew. */
export const isCovered = (text: RawBuilder<unknown>, language: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`exists (select 1 from translation m where m.text_id = ${text} and m.language = ${language} and (m.human or m.state <> 'failed'))`;

interface Begun extends Scope {
  /** As the forecast said, until all are queued and counted. */
  total: number;
  characters: number;
}

/** Writes down that a backfill was started and by whom; a job queues its translations. Returns its id. */
export async function startBackfill(em: Em, jobs: Jobs, person: Person, begun: Begun): Promise<string> {
  await admit(em, person, { act: engineActs.startBackfill });
  const id = randomUUIDv7();
  const { spaceId, language, total, characters } = begun;
  await transaction(em, async (inner) => {
    await tables(inner, Backfill)
      .insertInto('backfill')
      .values({ id, spaceId, language, total, characters, createdBy: person.id, createdAt: now })
      .execute();
    await jobs.send(inner, BACKFILL, { id });
  });
  return id;
}

/** A job takes back the backfill's waiting translations that nobody else wished for. Stopping twice changes nothing. Throws 404. */
export async function stopBackfill(em: Em, jobs: Jobs, person: Person, id: string): Promise<void> {
  await admit(em, person, { act: engineActs.stopBackfill });
  if (!isId(id)) throw notFound();
  await transaction(em, async (inner) => {
    const { numUpdatedRows: found } = await tables(inner, Backfill)
      .updateTable('backfill')
      .set({ stoppedAt: sql`coalesce(stopped_at, now())` })
      .where('id', '=', id)
      .executeTakeFirst();
    if (!found) throw notFound();
    await jobs.send(inner, BACKFILL, { id });
  });
}

/**
 * The job: queues what is missing, or takes it back once the backfill was stopped, a few hundred rows a transaction. Its progress
 * stands in the backfill itself, so that it may end anywhere, run twice, and run beside itself.
 */
export async function workOnBackfill(em: Em, ways: Ways, jobs: Jobs, id: string): Promise<void> {
  const end = Date.now() + JOB_MILLISECONDS;
  while (await transaction(em, (inner) => step(inner, ways, id))) {
    if (Date.now() < end) continue;
    return jobs.send(em, BACKFILL, { id });
  }
}

interface Standing extends Scope {
  id: string;
  afterText: string | null;
}

/** True while there is more to do. */
async function step(em: Em, ways: Ways, id: string): Promise<boolean> {
  const backfill = await tables(em, Backfill)
    .selectFrom('backfill')
    .select(['id', 'spaceId', 'language', 'afterText', 'filledAt', 'stoppedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!backfill) return false;
  if (backfill.stoppedAt) return takeBack(em, id);
  return backfill.filledAt ? false : fill(em, ways, backfill);
}

async function fill(em: Em, ways: Ways, backfill: Standing): Promise<boolean> {
  const { id, language, afterText } = backfill;
  const targets = language ? [language] : targetsOf(ways);
  const limit = Math.max(1, Math.floor(A_TRANSACTION / Math.max(1, targets.length)));
  // Subjects are taken first and looked at then: a limit on what is left of them would have all of them read for each step.
  const texts = await rows(
    em,
    sql<WaitingText>`select t.id, t.language, coalesce(sp.external_engines, true) as "mayLeave", ${IS_KNOWN} as "isKnown"
      from (select * from subject s where ${isPublic} and ${isIn(backfill.spaceId)} and s.text_id > ${afterText ?? NO_TEXT} order by s.text_id limit ${limit}) s
      join text t on t.id = s.text_id left join space sp on sp.subject_id = coalesce(s.space_id, s.id) order by t.id`,
  );
  const known = texts.filter(({ isKnown }) => isKnown);
  await queue(em, id, wishesFor(known, targets, ways));
  const last = texts.at(-1);
  if (texts.length === limit && last) {
    await tables(em, Backfill).updateTable('backfill').set({ afterText: last.id }).where('id', '=', id).execute();
    return true;
  }
  await tables(em, Backfill)
    .updateTable('backfill')
    .set({ filledAt: now, total: sql`(select count(*)::int from translation where backfill_id = ${id})` })
    .where('id', '=', id)
    .execute();
  return false;
}

/** Languages that anything can be translated into. */
const targetsOf = ({ all, translator }: Ways): string[] =>
  all.filter((target) => all.some((source) => translator.way(source, target)));

interface WaitingText {
  id: string;
  language: string;
  /** Engines outside the operator's machines may have it. */
  mayLeave: boolean;
  /** It was not erased, and somebody or something has said which language it is in. */
  isKnown: boolean;
}

interface Wish {
  id: string;
  source: string;
  target: string;
  localOnly: boolean;
}

function wishesFor(texts: readonly WaitingText[], targets: readonly string[], { translator }: Ways): Wish[] {
  const hasRoute = ({ language, mayLeave }: WaitingText, target: string) =>
    target !== language && translator.ways(language, target).some((way) => mayLeave || way.local);
  return texts.flatMap((text) =>
    targets
      .filter((target) => hasRoute(text, target))
      .map((target) => ({ id: text.id, source: text.language, target, localOnly: !text.mayLeave })),
  );
}

/** A translation queued for somebody already stays theirs. A failed one keeps the place in the line it was wished for with. */
async function queue(em: Em, backfillId: string, wishes: readonly Wish[]): Promise<void> {
  if (wishes.length === 0) return;
  const column = <Value>(pick: (wish: Wish) => Value): Value[] => wishes.map(pick);
  await rows(
    em,
    sql`insert into translation (text_id, language, human, state, origin, source_language, priority, wished_at, local_only, backfill_id)
        select id, target, false, 'queued', 'machine', source, ${BACKGROUND}::smallint, now(), local_only, ${backfillId}
        from unnest(${column(({ id }) => id)}::uuid[], ${column(({ target }) => target)}::text[], ${column(({ source }) => source)}::text[],
          ${column(({ localOnly }) => localOnly)}::boolean[]) w (id, target, source, local_only)
        where not ${isCovered(sql`w.id`, sql`w.target`)} order by id, target
        on conflict (text_id, language, human) do update
        set state = 'queued', tries = 0, failure = null, lease_until = null, wished_at = excluded.wished_at,
          local_only = excluded.local_only, backfill_id = excluded.backfill_id
        where translation.state = 'failed'`,
  );
}

/** Those in work go, too: a translation that comes for a row that is not there any more is not kept. */
async function takeBack(em: Em, id: string): Promise<boolean> {
  const taken = await rows(
    em,
    sql`delete from translation r using (
          select text_id, language from translation
          where backfill_id = ${id} and state in ('queued', 'suspended') and not human and priority = ${BACKGROUND}
          limit ${A_TRANSACTION} for update) b
        where r.text_id = b.text_id and r.language = b.language and not r.human returning 1`,
  );
  return taken.length === A_TRANSACTION;
}
