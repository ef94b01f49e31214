import { sql, type RawBuilder } from 'kysely';

import type { Figure, Span } from '../../services/house/figures.ts';
import { countWritten, isEverything, isWritten } from '../../services/subjects/spans.ts';

export const ideaFigures: Readonly<Record<string, Figure>> = {
  ideas: {
    place: 20,
    words: 'statistics:ideas',
    meaning: 'statistics:weekIdeasMeaning',
    sql: countWritten('idea'),
    parts: { of: 'idea', column: 'statistics:ideasColumn' },
  },
  languages: {
    place: 50,
    words: 'statistics:weekLanguages',
    meaning: 'statistics:weekLanguagesMeaning',
    sql: countLanguages,
    slow: true,
  },
};

/** In which ideas are written. Over all there ever were, one idea is looked for in each language instead of reading them all. */
function countLanguages(span: Span): RawBuilder<unknown> {
  const isIdea = isWritten(['idea'], span);
  if (!isEverything(span))
    return sql`select count(distinct t.language) from subject s join text t on t.id = s.text_id where ${isIdea}`;
  const next = (after: RawBuilder<unknown>) =>
    sql`(select t.language from text t where ${after} order by t.language limit 1)`;
  return sql`with recursive known as (
      select ${next(sql`true`)} as language
      union all select ${next(sql`t.language > known.language`)} from known where known.language is not null)
    select count(*) from known where (
      select true from text t
      where t.language = known.language and (select ${isIdea} from subject s where s.text_id = t.id)
      order by t.id limit 1)`;
}
