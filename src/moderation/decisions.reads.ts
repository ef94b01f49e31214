import { sql } from 'kysely';

import { rows, type Em } from '../platform/db/database.ts';
import { visibleTo } from '../subjects/subjects.ts';
import { showRow, textColumn, textJoin, type Reader, type ShownText, type TextRow } from '../texts/texts.reads.ts';

export interface ShownDecision {
  id: string;
  type: 'hidden' | 'restored' | 'cancelled';
  at: Date;
  text: ShownText;
}

/** What was decided about a subject and this reader may know, newest first. */
export async function listDecisions(em: Em, subjectId: string, reader: Reader): Promise<ShownDecision[]> {
  const found = await rows(
    em,
    sql<TextRow & { id: string; type: ShownDecision['type']; at: Date }>`
      select s.id, d.type, s.published_at as at, ${textColumn}
      from subject s join decision d on d.subject_id = s.id ${textJoin(reader.language)}
      where s.parent_id = ${subjectId} and ${visibleTo(reader.person)} order by s.published_at desc limit 20`,
  );
  return found.map((each) => ({
    id: each.id,
    type: each.type,
    at: each.at,
    text: showRow(each, reader),
  }));
}
