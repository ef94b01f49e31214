import { PUBLISHED, type PersonalData } from '../../services/house/personal.ts';

const MOVE = { of: 'moved_by', exported: true, erasure: 'anonymize' } as const;

/** A move is part of the history of an idea, which is everybody's. */
export const ideasPersonal: PersonalData = {
  idea: { personal: { place: PUBLISHED } },
  idea_words: {
    personal: { words: { derivedFrom: ['text.title', 'text.body', 'translation.title', 'translation.body'] } },
  },
  idea_move: {
    personal: {
      moved_by: { exported: false, erasure: 'anonymize' },
      subject_id: MOVE,
      from_id: MOVE,
      to_id: MOVE,
      moved_at: MOVE,
    },
    impersonal: ['id'],
  },
};
