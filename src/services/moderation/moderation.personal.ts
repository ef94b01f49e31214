import type { PersonalData } from '../house/personal.ts';

const FLAG = { of: 'person_id', exported: true, erasure: 'anonymize' } as const;

/** A flag outlives the person who raised it: a text does not become lawful when they leave. */
export const moderationPersonal: PersonalData = {
  decision: { impersonal: ['type'] },
  flag: {
    personal: {
      person_id: { exported: false, erasure: 'anonymize' },
      text_id: FLAG,
      reason: FLAG,
      created_at: FLAG,
      note: { of: 'person_id', exported: true, erasure: { becomes: null } },
      settled_by: { exported: false, erasure: 'anonymize' },
    },
    impersonal: ['language'],
  },
};
