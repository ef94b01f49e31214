import type { PersonalData } from '../house/personal.ts';

const WORDS = ['text.title', 'text.body'];

/** Engines know words and nobody's name; an erased text takes along what was made of it. */
export const enginesPersonal: PersonalData = {
  backfill: {
    personal: { created_by: { exported: false, erasure: 'anonymize' } },
    impersonal: ['language', 'after_text'],
  },
  engine_state: {
    personal: { paused_by: { exported: false, erasure: 'anonymize' } },
    // Failures quote neither what was sent nor what was answered.
    impersonal: ['engine', 'reason', 'message'],
  },
  engine_use: { impersonal: ['engine', 'day'] },
  engine_failure: { impersonal: ['engine', 'day', 'kind'] },
  submission: {
    personal: { texts: { expires: 'two days after they were handed to an engine', derivedFrom: WORDS } },
    impersonal: ['token_hash', 'engine', 'source_language', 'target_language'],
  },
  memory: {
    personal: { key: { derivedFrom: WORDS }, text: { derivedFrom: WORDS } },
    impersonal: ['source_language', 'target_language', 'engine'],
  },
  memory_use: { personal: { memory_key: { derivedFrom: WORDS } }, impersonal: ['text_id'] },
};
