import type { PersonalData } from '../house/personal.ts';

const STAYS = { of: 'author_id', exported: true, erasure: 'anonymize' } as const;

/** A subject keeps its place: other people's answers hang on it. */
export const subjectsPersonal: PersonalData = {
  subject: {
    personal: {
      author_id: { exported: false, erasure: 'anonymize' },
      kind: STAYS,
      published_at: STAYS,
      edited_at: STAYS,
      withdrawn_at: STAYS,
      // On other servers it may have the author's name in it.
      uri: { of: 'author_id', exported: true, erasure: 'ask' },
    },
    impersonal: ['visibility', 'origin_host', 'source'],
  },
  subject_count: { impersonal: ['name'] },
  link: { impersonal: ['type'] },
};
