import type { PersonalData } from '../house/personal.ts';

const REPORT = { of: 'person_id', exported: true, erasure: 'anonymize' } as const;
const OWN = { of: 'person_id', exported: true, erasure: { becomes: null } } as const;

/** Words that are wrong stay so when the person leaves who said it; what else they said, and where they were, goes with them. */
export const wordingPersonal: PersonalData = {
  wording_report: {
    personal: {
      person_id: { exported: false, erasure: 'anonymize' },
      language: REPORT,
      words: REPORT,
      better: REPORT,
      created_at: REPORT,
      page: OWN,
      remark: OWN,
      settled_by: { exported: false, erasure: 'anonymize' },
    },
  },
};
