import { sql, type RawBuilder } from 'kysely';

import type { Participation, Figure, Span } from '../house/figures.ts';
import { isPublic } from './subjects.ts';

// What figures count: done in the time asked, not hidden or withdrawn today.

/** A figure: how many subjects of a kind were published. */
export const countWritten =
  (kind: string): Figure['sql'] =>
  (span) =>
    sql`select count(*) from subject s where ${isWritten([kind], span)}`;

/** A figure: how often something was done. */
export const countDone =
  (act: Participation): Figure['sql'] =>
  (span) =>
    sql`select count(*) from ${act.rows} where ${isDone(act, span)}`;

/** The subject `s` is of one of these kinds. */
export const isOf = (kinds: readonly string[]): RawBuilder<unknown> =>
  sql`s.kind in (${sql.join(kinds.map((kind) => sql.lit(kind)))})`;

/** The subject `s` is of one of these kinds and was published then. */
export const isWritten = (kinds: readonly string[], span: Span): RawBuilder<unknown> =>
  sql`${isOf(kinds)} and s.origin_host is null and ${counts(span)} and ${during(sql`s.published_at`, span)}`;

/** A person of this server: others take part there, and are counted there. */
export const isByOurs = (person: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(${person} in (select id from person where host is not null)) is not true`;

/** The row of an act tells that it was done then, on what is public. */
export function isDone({ where, moment, subject, person }: Participation, span: Span): RawBuilder<unknown> {
  const counted = sql`${during(moment, span)} and ${countsOn(subject, span)} and ${isByOurs(person)}`;
  return where ? sql`${where} and ${counted}` : counted;
}

export const isEverything = ({ from, spaceId }: Span): boolean => !from && spaceId === null;

/** The bounds stand in the text of the statement: a plan for any week would be a plan for none. */
export const during = (moment: RawBuilder<unknown>, { from, until }: Span): RawBuilder<unknown> =>
  sql.join(
    [
      from ? sql`${moment} >= ${sql.lit(from.toISOString())}::timestamptz` : sql`true`,
      until ? sql`${moment} < ${sql.lit(until.toISOString())}::timestamptz` : sql`true`,
    ],
    sql` and `,
  );

/** The subject `s` is public today, in the space asked. */
export const counts = ({ spaceId }: Span): RawBuilder<unknown> =>
  spaceId === null ? isPublic : sql`${isPublic} and s.space_id = ${sql.lit(spaceId)}`;

/**
 * The same for what stands beside a subject. Few subjects are closed, so over all spaces those are looked for: to join every subject there ever
 * was would take longer than to count. `is not true` keeps that from becoming a join, which would lose the order of an index.
 */
export const countsOn = (id: RawBuilder<unknown>, span: Span): RawBuilder<unknown> =>
  span.spaceId === null
    ? sql`exists (select 1 from subject s where s.id = ${id} and not ${isPublic}) is not true`
    : sql`${id} in (select s.id from subject s where ${counts(span)})`;
