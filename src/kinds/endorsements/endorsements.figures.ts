import { sql } from 'kysely';

import type { Participation, Figure } from '../../services/house/figures.ts';
import { countDone } from '../../services/subjects/spans.ts';

export const endorsementAct: Participation = {
  rows: sql`endorsement e`,
  subject: sql`e.subject_id`,
  person: sql`e.person_id`,
  moment: sql`e.created_at`,
};

export const endorsementFigures: Readonly<Record<string, Figure>> = {
  endorsements: {
    place: 40,
    words: 'statistics:endorsements',
    meaning: 'statistics:weekEndorsementsMeaning',
    sql: countDone(endorsementAct),
    parts: { of: 'endorsement', column: 'secretariat:endorsements' },
  },
};
