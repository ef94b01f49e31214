import { sql, type RawBuilder } from 'kysely';

import type { Figure, Figures, Span } from '../../services/house/figures.ts';
import { isDone, isEverything, isWritten } from '../../services/subjects/spans.ts';

export const statisticsFigures: Readonly<Record<string, Figure>> = {
  participants: {
    place: 10,
    words: 'statistics:participants',
    meaning: 'statistics:weekParticipantsMeaning',
    sql: countPeople,
    slow: true,
  },
};

/** The rows of one way to take part. */
interface Deeds {
  rows: RawBuilder<unknown>;
  person: RawBuilder<unknown>;
  where: RawBuilder<unknown>;
}

/** Distinct people with at least one counted act. Imported content has no author and never counts. */
function countPeople(span: Span, { participations, contributions }: Figures): RawBuilder<unknown> {
  const written = { rows: sql`subject s`, person: sql`s.author_id`, where: isWritten(contributions, span) };
  const done = participations.map((each) => ({ ...each, where: isDone(each, span) }));
  return isEverything(span) ? countNotIdle([written, ...done]) : countActing([written, ...done]);
}

const countActing = (ways: readonly Deeds[]): RawBuilder<unknown> =>
  sql`select count(*) from (${sql.join(
    ways.map(({ rows, person, where }) => sql`select ${person} from ${rows} where ${person} is not null and ${where}`),
    sql` union `,
  )}) people`;

/** Over all that was ever done, those who did nothing are looked for: the indexes in the order of people are merged, and no heap is made. */
const countNotIdle = (ways: readonly Deeds[]): RawBuilder<unknown> =>
  sql`select (select count(*) from person) - count(*) from person p where ${sql.join(
    ways.map(({ rows, person, where }) => sql`not exists (select 1 from ${rows} where ${person} = p.id and ${where})`),
    sql` and `,
  )}`;
