import { sql, type RawBuilder } from 'kysely';

import type { Ways } from '../../platform/languages.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { spendSome } from '../../platform/http/rate.ts';
import type { Person } from '../../platform/person.ts';
import { Translation } from './translation.entity.ts';

/** A reader waits for it; everything wished in advance waits behind. */
export const READER = 10;
/** Somebody has just written it: before everything that was imported. */
export const FRESH = 5;
export const BACKGROUND = 0;
/** A translation that others are made from goes first among equals: it is then in the memory, and need not be made again. */
const PIVOT_FIRST = 1;
/** After these many tries without a result a translation waits until somebody wishes for it again. */
export const TRIES = 6;

/** Wishes for every translation that a local, free engine can make of a new text. */
export async function wishEagerly(
  em: Em,
  { translator, all }: Ways,
  text: { id: string; language: string },
  priority: number,
): Promise<void> {
  const ways = translator.targets(text.language).flatMap((target) => {
    const way = all.includes(target) ? translator.way(text.language, target) : null;
    return way?.policy === 'eager' ? [{ target, via: way.via }] : [];
  });
  const pivots = new Set(ways.map(({ via }) => via));
  for (const [isPivot, some] of Map.groupBy(ways, ({ target }) => pivots.has(target)))
    await wish(
      em,
      text,
      some.map(({ target }) => target),
      { priority: isPivot ? priority + PIVOT_FIRST : priority },
    );
}

/** Wishes for translations of a text into these languages. With `again` also for those that failed for good. */
export async function wish(
  em: Em,
  text: { id: string; language: string },
  targets: readonly string[],
  { priority, again = false }: { priority: number; again?: boolean },
): Promise<void> {
  await store(
    em,
    targets.map((target) => ({ text, target })),
    { priority, again },
  );
}

/** The texts of one page, wished for by the person who reads it: one statement a page. */
export async function wishForReader(
  em: Em,
  { translator }: Ways,
  { person, language }: { person: Person | null; language: string },
  shown: readonly { id: string; language: string }[],
): Promise<void> {
  const possible = shown.filter((text) => translator.way(text.language, language));
  const isFree = (text: { language: string }): boolean => translator.way(text.language, language)?.policy === 'eager';
  const wanted =
    !person || person.unlimited ? possible : await withinLimits(em, possible, { isFree, person, language });
  await store(
    em,
    wanted.map((text) => ({ text, target: language })),
    { priority: READER, again: false },
  );
}

/** Whoever turns pages faster than this does not read them: the texts that are left have a button. */
const READ_A_MINUTE = 30;
const READ_AN_HOUR = 300;

/** Without those that would be one too many: what an engine does in advance, and what was wished before, is not counted. */
async function withinLimits<T extends { id: string; language: string }>(
  em: Em,
  texts: readonly T[],
  { isFree, person, language }: { isFree(text: T): boolean; person: Person; language: string },
): Promise<T[]> {
  const costly = texts.filter((text) => !isFree(text));
  if (costly.length === 0) return [...texts];
  const known = await rows(
    em,
    sql<{ id: string }>`select text_id as id from translation
      where text_id = any(${costly.map(({ id }) => id)}::uuid[]) and language = ${language} and not human`,
  );
  const fresh = costly.filter(({ id }) => !known.some((each) => each.id === id));
  const bucket = `read:${person.id}`;
  const limits = [
    { bucket, max: READ_A_MINUTE, seconds: 60 },
    { bucket, max: READ_AN_HOUR, seconds: 3_600 },
  ];
  const refused = new Set(fresh.slice(await spendSome(em, limits, fresh.length)));
  return texts.filter((text) => !refused.has(text));
}

/** Of the subject `s` and its space `sp`: only local engines may have its words. What only `staff` is shown are copies of public words. */
export const MUST_STAY: RawBuilder<boolean> = sql`(s.visibility not in ('public', 'staff') or not coalesce(sp.external_engines, true))`;

interface Wish {
  text: { id: string; language: string };
  target: string;
}

/**
 * Earlier wishes only move forward in the queue; human translations stay. In one order, so that two readers of one page never
 * wait for each other. Texts that not everybody may read, or whose space says so, stay with local engines. The language is the one the
 * text is in now: a correction of it made meanwhile is waited for, and no wish for the old one is left behind.
 */
async function store(
  em: Em,
  wishes: readonly Wish[],
  { priority, again }: { priority: number; again: boolean },
): Promise<void> {
  if (wishes.length === 0) return;
  const ids = wishes.map(({ text }) => text.id);
  const targets = wishes.map(({ target }) => target);
  const isAgain = sql`(${again}::boolean and translation.state = 'failed')`;
  await rows(
    em,
    sql`insert into translation (text_id, language, human, state, origin, source_language, priority, wished_at, local_only)
        select w.id, w.target, false, 'queued', 'machine', w.source, ${priority}::smallint, now(), w.stays
        from (
          select w.id, w.target, t.language as source, ${MUST_STAY} as stays
          from unnest(${ids}::uuid[], ${targets}::text[]) w (id, target) join text t on t.id = w.id join subject s on s.id = t.subject_id
          left join space sp on sp.subject_id = coalesce(s.space_id, s.id) where t.language <> w.target for key share of t) w
        order by w.id, w.target
        on conflict (text_id, language, human) do update set priority = greatest(translation.priority, excluded.priority),
          state = case when ${isAgain} then 'queued' else translation.state end, tries = case when ${isAgain} then 0 else translation.tries end,
          lease_until = case when ${isAgain} then null else translation.lease_until end, wished_at = case when ${isAgain} then now() else translation.wished_at end
        where translation.state <> 'ready' and (translation.priority < excluded.priority or ${isAgain})`,
  );
}

/**
 * A text has a new version: human translations follow to it, marked as older; wishes of readers are wished for again –
 * of unchanged paragraphs the memory has the words – and unmade translations of the old version are not made any more.
 */
export async function followToVersion(
  em: Em,
  { translator }: Ways,
  from: string,
  to: { id: string; language: string },
): Promise<void> {
  await rows(
    em,
    sql`insert into translation (text_id, language, human, title, body, state, origin, source_language, outdated, author_id, wished_at, ready_at)
        select ${to.id}, language, true, title, body, state, origin, source_language, true, author_id, wished_at, ready_at
        from translation where text_id = ${from} and human and language <> ${to.language}`,
  );
  const wished = await tables(em, Translation)
    .selectFrom('translation')
    .select('language')
    .where('textId', '=', from)
    .where('human', '=', false)
    .where('language', '<>', to.language)
    .execute();
  const possible = wished.filter(({ language }) => translator.way(to.language, language));
  await wish(
    em,
    to,
    possible.map(({ language }) => language),
    { priority: FRESH },
  );
  await tables(em, Translation)
    .deleteFrom('translation')
    .where('textId', '=', from)
    .where('human', '=', false)
    .where('state', '<>', 'ready')
    .execute();
}
