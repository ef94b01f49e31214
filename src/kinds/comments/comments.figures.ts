import type { Figure } from '../../services/house/figures.ts';
import { countWritten } from '../../services/subjects/spans.ts';

export const commentFigures: Readonly<Record<string, Figure>> = {
  comments: {
    place: 30,
    words: 'statistics:comments',
    meaning: 'statistics:weekCommentsMeaning',
    sql: countWritten('comment'),
    parts: { of: 'comment', column: 'secretariat:comments' },
  },
};
