import { PUBLISHED, type PersonalData } from '../house/personal.ts';

const CHOICE = { of: 'person_id', exported: true, erasure: 'delete' } as const;
const CORRECTION = { of: 'person_id', exported: true, erasure: 'anonymize' } as const;
const KEY = { of: 'person_id', exported: false, erasure: 'delete' } as const;

/** People's words are theirs; translations go with the original. */
export const textsPersonal: PersonalData = {
  text: {
    personal: { title: PUBLISHED, body: PUBLISHED, hash: { ...PUBLISHED, exported: false } },
    impersonal: ['language', 'decided_by', 'detected_language'],
  },
  translation: {
    personal: {
      // Null where an engine translated.
      author_id: { exported: false, erasure: 'anonymize' },
      title: { of: 'author_id', exported: true, erasure: 'ask', derivedFrom: ['text.title'] },
      body: { of: 'author_id', exported: true, erasure: 'ask', derivedFrom: ['text.body'] },
    },
    impersonal: [
      'language',
      'state',
      'origin',
      'engine',
      'via',
      'source_language',
      'failure',
      'variant',
      'missed_terms',
    ],
  },
  text_correction: {
    personal: {
      person_id: { exported: false, erasure: 'anonymize' },
      text_id: CORRECTION,
      before: CORRECTION,
      after: CORRECTION,
      corrected_at: CORRECTION,
    },
  },
  text_choice: {
    personal: { person_id: { exported: false, erasure: 'delete' }, subject_id: CHOICE, view: CHOICE },
  },
  idempotency: {
    personal: { person_id: { exported: false, erasure: 'delete' }, key: KEY, body_hash: KEY },
  },
};
