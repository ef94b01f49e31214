import { sql } from 'kysely';

import { UNDETERMINED } from '#translation/languages.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import type { Figures, Span } from '../../services/house/figures.ts';
import { counts, during, isOf, isWritten } from '../../services/subjects/spans.ts';

/** How often somebody gave texts another language. */
export interface Correction {
  by: 'author' | 'moderator';
  before: string;
  after: string;
  count: number;
}

/** How well languages are recognised: of so many texts, so many were corrected. */
export interface Recognised {
  texts: number;
  corrected: number;
}

export interface Corrections {
  /** The most frequent first. */
  corrections: Correction[];
  recognised: Recognised;
}

export async function readCorrections(em: Em, { contributions }: Figures, span: Span): Promise<Corrections> {
  return {
    corrections: await countCorrections(em, contributions, span),
    recognised: await countRecognised(em, contributions, span),
  };
}

/** By the moment of the correction, in whatever version of the text. A person who is erased by now counts with the moderators. */
async function countCorrections(em: Em, kinds: readonly string[], span: Span): Promise<Correction[]> {
  return rows(
    em,
    sql<Correction>`select case when c.person_id = s.author_id then 'author' else 'moderator' end as by, c.before, c.after, count(*)::int as count
      from text_correction c join text t on t.id = c.text_id join subject s on s.id = t.subject_id
      where ${during(sql`c.corrected_at`, span)} and ${isOf(kinds)} and ${counts(span)} group by 1, 2, 3 order by count desc, 2, 3, 1`,
  );
}

/** A text keeps what was detected when somebody corrects it: that is how it is still known as one that was recognised. */
async function countRecognised(em: Em, kinds: readonly string[], span: Span): Promise<Recognised> {
  const found = await row(
    em,
    sql<Recognised>`select count(*)::int as texts, (count(*) filter (where corrected))::int as corrected from (
        select t.decided_by, exists (select 1 from text_correction c where c.text_id = t.id and c.before = coalesce(t.detected_language, ${UNDETERMINED})) as corrected
        from subject s join text t on t.id = s.text_id where ${isWritten(kinds, span)}) each
      where decided_by = 'detector' or corrected`,
  );
  return found ?? { texts: 0, corrected: 0 };
}
