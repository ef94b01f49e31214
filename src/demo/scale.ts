import { sql } from 'kysely';

import { importIdea } from '../kinds/ideas/ideas.ts';
import { rows, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';
import type { Languages } from '../platform/languages.ts';
import { readParallelTexts, type ParallelText } from './content.ts';

const BATCH = 100;
const SPREAD_MILLISECONDS = 8 * 7 * 86_400_000;

/** Adds all parallel texts once, for load. Nobody wrote them here: they have no author and count nobody. */
export async function addParallelTexts(em: Em, languages: Languages, say: (words: string) => void): Promise<void> {
  const spaces = (await rows(em, sql<{ id: string }>`select subject_id as id from space order by position`)).map(
    (space) => space.id,
  );
  let batch: ParallelText[] = [];
  let done = 0;
  for await (const text of readParallelTexts()) {
    batch.push(text);
    if (batch.length < BATCH) continue;
    await store(batch);
    batch = [];
  }
  await store(batch);

  async function store(texts: readonly ParallelText[]): Promise<void> {
    await transaction(em, async (inner) => {
      for (const { group, title, body, language } of texts) {
        const spaceId = spaces[group % spaces.length];
        if (spaceId)
          await importIdea(inner, languages, {
            spaceId,
            authorId: null,
            title,
            body,
            language,
            publishedAt: new Date(Date.now() - Math.random() * SPREAD_MILLISECONDS),
            source: 'parallel',
          });
      }
    });
    done += texts.length;
    if (done % 1_000 < BATCH) say(`Parallel texts: ${done}`);
  }
}
