import { sql, type RawBuilder } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { isId, openTo } from '../../services/subjects/subjects.ts';
import type { Reader } from '../../platform/reader.ts';
import { listIdeas, type ShownIdea } from './ideas.reads.ts';

const SEARCH_CHARACTERS = 200;
const WORDS = 8;
const FOUND = 10;
/** Words are compared one text after the other: older ones are not looked at, so that an answer takes a second at most. */
const IDEAS = 20_000;

/** Public ideas that have all these words, in the original or together in one translation; or the one whose address it is. The newest first. */
export async function searchIdeas(em: Em, asked: string, reader: Reader): Promise<ShownIdea[]> {
  const id = idIn(asked);
  const ids = id ? [id] : await findByWords(em, wordsIn(asked), reader);
  return listIdeas(em, { ids }, { limit: FOUND }, reader);
}

/** `https://…/ideas/<id>`, `/o/<id>`, or the id alone. */
function idIn(asked: string): string | null {
  const [, id = ''] = /^(?:\S*\/(?:ideas|o)\/)?([0-9a-f-]{36})(?:[/?#]\S*)?$/.exec(asked.trim().toLowerCase()) ?? [];
  return isId(id) ? id : null;
}

const wordsIn = (asked: string): string[] =>
  asked.slice(0, SEARCH_CHARACTERS).normalize('NFC').split(/\s+/u).filter(Boolean).slice(0, WORDS);

async function findByWords(em: Em, words: readonly string[], { person }: Reader): Promise<string[]> {
  if (words.length === 0) return [];
  const found = await rows(
    em,
    sql<{ id: string }>`select s.id from (
        select s.id, s.text_id, s.published_at from subject s where s.kind = 'idea' and ${openTo(person)}
        order by s.published_at desc, s.id desc limit ${IDEAS}) s
      join text t on t.id = s.text_id
      where ${hasAll(sql`t.title`, sql`t.body`, words)}
        or exists (select 1 from translation m where m.text_id = t.id and m.state = 'ready' and ${hasAll(sql`m.title`, sql`m.body`, words)})
      order by s.published_at desc, s.id desc limit ${FOUND}`,
  );
  return found.map(({ id }) => id);
}

function hasAll(title: RawBuilder<unknown>, body: RawBuilder<unknown>, words: readonly string[]): RawBuilder<unknown> {
  const each = words.map((word) => sql`concat_ws(' ', ${title}, ${body}) ilike ${`%${escapePattern(word)}%`}`);
  return sql`(${sql.join(each, sql` and `)})`;
}

/** A character with a meaning in patterns is a letter like any other here. */
const escapePattern = (word: string): string => word.replaceAll(/[\\%_]/g, String.raw`\$&`);
