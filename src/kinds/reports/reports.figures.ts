import { sql } from 'kysely';

import type { Figure } from '../../services/house/figures.ts';
import { countWritten, isWritten } from '../../services/subjects/spans.ts';

export const reportFigures: Readonly<Record<string, Figure>> = {
  reports: {
    place: 90,
    words: 'statistics:reports',
    meaning: 'statistics:weekReportsMeaning',
    sql: countWritten('report'),
  },
  /** As the reports tell. */
  attendees: {
    place: 100,
    words: 'statistics:attendees',
    meaning: 'statistics:weekAttendeesMeaning',
    sql: (span) => sql`select coalesce(sum(rp.attendees), 0) from report rp join subject s on s.id = rp.subject_id
      where ${isWritten(['report'], span)}`,
  },
};
