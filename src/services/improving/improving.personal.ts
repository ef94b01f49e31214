import type { PersonalData } from '../house/personal.ts';

const TERM = { of: 'author_id', exported: true, erasure: 'anonymize' } as const;

/** Translators are named; the glossary belongs to the platform and stays. */
export const improvingPersonal: PersonalData = {
  translation_revision: {
    personal: {
      author_id: { exported: false, erasure: 'anonymize' },
      title: { of: 'author_id', exported: true, erasure: 'ask', derivedFrom: ['text.title'] },
      body: { of: 'author_id', exported: true, erasure: 'ask', derivedFrom: ['text.body'] },
      act: { of: 'author_id', exported: true, erasure: 'anonymize' },
      written_at: { of: 'author_id', exported: true, erasure: 'anonymize' },
      looked_by: { exported: false, erasure: 'anonymize' },
      looked_at: { of: 'looked_by', exported: true, erasure: 'anonymize' },
    },
    impersonal: ['language'],
  },
  glossary_term: {
    personal: { author_id: { exported: false, erasure: 'anonymize' }, source: TERM, target: TERM },
    impersonal: ['source_language', 'target_language'],
  },
};
