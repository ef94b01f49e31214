import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import type { Reader } from '../../platform/reader.ts';
import {
  contributionColumns,
  contributionJoins,
  showContribution,
  type ContributionRow,
  type ShownContribution,
} from '../texts/contributions.reads.ts';

/** Something people wrote, of any kind. */
export interface Written extends ShownContribution {
  kind: string;
}

/** Something that is judged: nobody can judge an answer without what it answers. */
export interface Judged extends Written {
  /** The comment, idea, event or report it stands under; null for what stands by itself. */
  answered: Written | null;
}

/** One subject with what it answers, as moderators see it; null for one without words. */
export async function findJudged(em: Em, id: string, reader: Reader): Promise<Judged | null> {
  const [found] = await rows(
    em,
    sql<ContributionRow & { kind: string }>`select s.kind, ${contributionColumns} from subject s
      ${contributionJoins(reader)} where s.id = ${id}`,
  );
  if (!found) return null;
  const answered = await listAnswered(em, [id], reader);
  return { ...showContribution(found, reader), kind: found.kind, answered: answered.get(id) ?? null };
}

/** What these subjects answer, by the id of the answer, whatever became of it. */
export async function listAnswered(
  em: Em,
  ids: readonly string[],
  reader: Reader,
): Promise<ReadonlyMap<string, Written>> {
  const found = await rows(
    em,
    sql<ContributionRow & { kind: string; answer: string }>`select c.id as answer, s.kind, ${contributionColumns}
      from subject c join subject s on s.id = c.parent_id ${contributionJoins(reader)}
      where c.id = any(${[...ids]}::uuid[])`,
  );
  return new Map(found.map((each) => [each.answer, { ...showContribution(each, reader), kind: each.kind }]));
}
