import type { PersonalData } from '../../services/house/personal.ts';

const SUPPORT = { of: 'person_id', exported: true, erasure: 'delete' } as const;

/** Support is a political opinion (Article 9): it goes. */
export const endorsementsPersonal: PersonalData = {
  endorsement: {
    personal: {
      person_id: { exported: false, erasure: 'delete' },
      subject_id: SUPPORT,
      created_at: SUPPORT,
    },
  },
};
