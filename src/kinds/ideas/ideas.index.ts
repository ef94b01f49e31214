import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { fold } from '../../platform/fold.ts';
import { isId, openTo } from '../../services/subjects/subjects.ts';
import type { Reader } from '../../platform/reader.ts';
import { listIdeas, type ShownIdea } from './ideas.reads.ts';
import { foldNewest } from './ideas.words.ts';

const SEARCH_CHARACTERS = 200;
const WORDS = 8;
const FOUND = 10;
/** Words are compared one text after the other: older ones are not looked at, so that an answer takes a second at most. */
const IDEAS = 20_000;

/** Public ideas that have these words, in the original or together in one translation; or the one whose address it is. */
export async function searchIdeas(em: Em, asked: string, reader: Reader): Promise<ShownIdea[]> {
  const id = idIn(asked);
  const ids = id ? [id] : await findByWords(em, wordsIn(asked), reader);
  const found = await listIdeas(em, { ids }, { limit: FOUND }, reader);
  return found.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** `https://…/ideas/<id>`, `/o/<id>`, or the id alone. */
function idIn(asked: string): string | null {
  const [, id = ''] = /^(?:\S*\/(?:ideas|o)\/)?([0-9a-f-]{36})(?:[/?#]\S*)?$/.exec(asked.trim().toLowerCase()) ?? [];
  return isId(id) ? id : null;
}

/** A word that is asked for, as it is stored. */
interface Sought {
  word: string;
  /** Letters and digits: a long word says more of what is sought than `the`. */
  weight: number;
}

function wordsIn(asked: string): Sought[] {
  const words = fold(asked.slice(0, SEARCH_CHARACTERS)).split(/\s+/u).filter(Boolean).slice(0, WORDS);
  return words.map((word) => ({ word, weight: word.match(/[\p{L}\p{N}]/gu)?.length ?? 0 }));
}

/** At least half of what is sought, by its letters, and signs that stand alone: those that have most of it first. */
async function findByWords(em: Em, sought: readonly Sought[], { person }: Reader): Promise<string[]> {
  if (sought.length === 0) return [];
  await foldNewest(em);
  const has = ({ word }: Sought) => sql`w.words like ${`%${escapePattern(word)}%`}`;
  const signs = sought.filter(({ weight }) => weight === 0).map(has);
  const scores = sought.map((each) => sql`case when ${has(each)} then ${sql.lit(each.weight)} else 0 end`);
  const least = sought.reduce((sum, { weight }) => sum + weight, 0) / 2;
  const found = await rows(
    em,
    sql<{ id: string }>`select s.id from (
        select s.id, s.published_at from subject s where s.kind = 'idea' and ${openTo(person)}
        order by s.published_at desc, s.id desc limit ${IDEAS}) s
      join lateral (select max(${sql.join(scores, sql` + `)}) as score from idea_words w
        where w.subject_id = s.id and ${sql.join([sql`true`, ...signs], sql` and `)}) w on w.score >= ${least}::float
      order by w.score desc, s.published_at desc, s.id desc limit ${FOUND}`,
  );
  return found.map(({ id }) => id);
}

/** A character with a meaning in patterns is a letter like any other here. */
const escapePattern = (word: string): string => word.replaceAll(/[\\%_]/g, String.raw`\$&`);
