import { sql, type RawBuilder } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { visibleTo } from '../subjects/subjects.ts';
import { showRow, textColumn, textJoin, type ShownText, type TextRow } from '../texts/texts.reads.ts';
import type { Reader } from '../../platform/reader.ts';

export interface ShownDecision {
  id: string;
  /** What was decided about. */
  aboutId: string;
  type: 'hidden' | 'restored' | 'cancelled';
  at: Date;
  text: ShownText;
}

/** What was decided about a subject and this reader may know, newest first. */
export async function listDecisions(em: Em, subjectId: string, reader: Reader): Promise<ShownDecision[]> {
  return read(
    em,
    reader,
    sql`s.parent_id = ${subjectId} and d.type <> 'message' order by s.published_at desc limit 20`,
  );
}

/** What the organizer of an event wrote to those who registered, newest first. The caller asks whether this reader may see it. */
export async function listMessages(em: Em, eventId: string, reader: Reader): Promise<{ at: Date; text: ShownText }[]> {
  const found = await rows(
    em,
    sql<TextRow & { at: Date }>`select s.published_at as at, ${textColumn}
      from subject s join decision d on d.subject_id = s.id ${textJoin(reader.language, reader.person)}
      where s.parent_id = ${eventId} and d.type = 'message' order by s.published_at desc limit 100`,
  );
  return found.map(({ at, ...each }) => ({ at, text: showRow(each, reader) }));
}

/** Whether these very words were just sent to them: a button was pressed twice. */
export async function isSentTwice(em: Em, eventId: string, message: string): Promise<boolean> {
  const sent = await rows(
    em,
    sql`select 1 from subject s join decision d on d.subject_id = s.id join text t on t.id = s.text_id
      where s.parent_id = ${eventId} and d.type = 'message' and t.body = ${message} and s.published_at > now() - interval '10 minutes'`,
  );
  return sent.length > 0;
}

/** Why each of these subjects was hidden or restored last. */
export async function lastDecisions(em: Em, subjectIds: readonly string[], reader: Reader): Promise<ShownDecision[]> {
  const last = sql`select distinct on (c.parent_id) c.id from subject c join decision e on e.subject_id = c.id
    where c.parent_id = any(${[...subjectIds]}::uuid[]) and e.type in ('hidden', 'restored') order by c.parent_id, c.published_at desc`;
  return read(em, reader, sql`s.id in (${last})`);
}

async function read(em: Em, reader: Reader, condition: RawBuilder<unknown>): Promise<ShownDecision[]> {
  const found = await rows(
    em,
    sql<TextRow & Omit<ShownDecision, 'text'>>`
      select s.id, s.parent_id as "aboutId", d.type, s.published_at as at, ${textColumn}
      from subject s join decision d on d.subject_id = s.id ${textJoin(reader.language, reader.person)}
      where ${visibleTo(reader.person)} and ${condition}`,
  );
  return found.map((each) => ({ ...each, text: showRow(each, reader) }));
}
