import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { row, rows, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';
import { readGlossaryTerms, readTranslations, type DemoTranslation } from './content.ts';

const DAY = sql`interval '1 day'`;

/** What the demo's people translated where no engine can, and the words the platform wants translated one way. */
export async function addTranslations(em: Em, people: ReadonlyMap<string, string>): Promise<void> {
  await transaction(em, async (inner) => {
    for (const translation of readTranslations()) await translate(inner, people, translation);
    for (const { from, to, source, target } of readGlossaryTerms())
      await rows(
        inner,
        sql`insert into glossary_term (id, source_language, target_language, source, target, created_at)
            values (${randomUUIDv7()}, ${from}, ${to}, ${source}, ${target}, now())`,
      );
  });
}

async function translate(
  em: Em,
  people: ReadonlyMap<string, string>,
  { idea, language, translator, title, body }: DemoTranslation,
): Promise<void> {
  const authorId = people.get(translator);
  const found = await row(
    em,
    sql<{ subjectId: string; textId: string; source: string }>`
      select s.id as "subjectId", t.id as "textId", t.language as source from subject s join text t on t.id = s.text_id where s.kind = 'idea' and t.title = ${idea}`,
  );
  if (!found || !authorId) throw new Error(`The demo translates an idea that is not there, or nobody does: ${idea}`);
  const { subjectId, textId, source } = found;
  await rows(
    em,
    sql`insert into translation (text_id, language, human, title, body, state, origin, source_language, author_id, wished_at, ready_at)
        values (${textId}, ${language}, true, ${title}, ${body}, 'ready', 'human', ${source}, ${authorId}, now() - ${DAY}, now() - ${DAY})`,
  );
  await rows(
    em,
    sql`insert into translation_revision (id, subject_id, text_id, language, number, act, title, body, author_id, written_at, looked_at)
        values (${randomUUIDv7()}, ${subjectId}, ${textId}, ${language}, 1, 'improved', ${title}, ${body}, ${authorId}, now() - ${DAY}, now())`,
  );
}
