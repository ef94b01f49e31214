import { sql } from 'kysely';

import { ASKING_DAYS } from '../../kinds/events/asking.ts';
import { isHeld } from '../../kinds/events/events.figures.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import type { Span } from '../../services/house/figures.ts';
import { counts } from '../../services/subjects/spans.ts';
import { isPublic } from '../../services/subjects/subjects.ts';

export interface MissingReport {
  id: string;
  title: string;
  language: string;
  /** Null for an erased person, and for imported events. */
  organizer: string | null;
  handle: string | null;
  endedAt: Date;
  askedAt: Date | null;
  /** Nobody asked this week. */
  mayBeAsked: boolean;
}

/** Held events without a public report: those that ended longest ago first. */
export function missingReports(em: Em, span: Span): Promise<MissingReport[]> {
  return rows(
    em,
    sql<MissingReport>`select s.id, coalesce(t.title, '') as title, t.language, p.name as organizer, p.handle, e.ends_at as "endedAt",
        e.asked_at as "askedAt", coalesce(e.asked_at < now() - ${sql.lit(ASKING_DAYS)} * interval '1 day', true) as "mayBeAsked"
      from event e join subject s on s.id = e.subject_id join text t on t.id = s.text_id left join person p on p.id = s.author_id
      where ${counts(span)} and ${isHeld(span)} and not exists (
        select 1 from report r join subject s on s.id = r.subject_id where r.event_id = e.subject_id and ${isPublic})
      order by e.ends_at, s.id`,
  );
}
