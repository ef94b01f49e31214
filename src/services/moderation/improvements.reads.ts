import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import type { Reader } from '../../platform/reader.ts';
import { authorOf, type Author } from '../people/author.ts';
import { isPublic } from '../subjects/subjects.ts';
import { NOTHING, showRow, textColumn, textJoin, type ShownText, type TextRow } from '../texts/texts.reads.ts';

/** What a person wrote in place of a translation, as moderators judge it. */
export interface Improvement {
  id: string;
  /** Of the revision, among all of its text in its language. */
  number: number;
  author: Author | null;
  writtenAt: Date;
  /** Readers see it now. */
  isInUse: boolean;
  /** The revision before it that can be brought back; 0 for the machine's translation. */
  before: number;
  /** What it translates, in the moderator's language; beside the improvement itself where they read that. */
  original: ShownText;
  /** Its words, and what they say in the moderator's language. */
  words: ShownText;
}

type ImprovementRow = TextRow & Pick<Improvement, 'id' | 'number' | 'author' | 'writtenAt' | 'isInUse' | 'before'>;

/** Nobody has looked at them yet, in these spaces: null for all. */
function isUnseen(spaceIds: readonly string[] | null): RawBuilder<boolean> {
  const within = spaceIds ? sql`and s.space_id = any(${[...spaceIds]}::uuid[])` : sql``;
  return sql`v.looked_at is null and v.act = 'improved' and v.body is not null and ${isPublic} ${within}`;
}

const SAME = sql`o.subject_id = v.subject_id and o.language = v.language`;

/** What people translated and no moderator has looked at, the latest first. */
export async function listImprovements(
  em: Em,
  { spaceIds, before, limit }: { spaceIds: readonly string[] | null; before: string | null; limit: number },
  reader: Reader,
): Promise<Improvement[]> {
  const older = before
    ? sql`and (v.written_at, v.id) < (select written_at, id from translation_revision where id = ${before})`
    : sql``;
  const found = await rows(
    em,
    sql<ImprovementRow>`select v.id, v.number, v.written_at as "writtenAt", ${authorOf('a')} as author, ${textColumn},
        v.number = (select max(o.number) from translation_revision o where ${SAME}) as "isInUse",
        coalesce((select max(o.number) from translation_revision o where ${SAME} and o.number < v.number
          and o.act = 'improved' and o.body is not null), 0) as before
      from translation_revision v join subject s on s.id = v.subject_id ${textJoin(reader.language)}
      left join person a on a.id = v.author_id where ${isUnseen(spaceIds)} ${older}
      order by v.written_at desc, v.id desc limit ${limit}`,
  );
  const words = await readCopies(
    em,
    found.map(({ id }) => id),
    reader,
  );
  return found.flatMap((each) => {
    const own = words.get(each.id);
    return own ? [{ ...each, original: showOriginal(each, own, reader), words: own }] : [];
  });
}

/** The words of each of these revisions, by its id. */
async function readCopies(em: Em, ids: readonly string[], reader: Reader): Promise<ReadonlyMap<string, ShownText>> {
  const found = await rows(
    em,
    sql<
      TextRow & { id: string }
    >`select s.id, ${textColumn} from subject s ${textJoin(reader.language)} where s.id = any(${[...ids]}::uuid[])`,
  );
  return new Map(found.map((each) => [each.id, showRow(each, reader)]));
}

function showOriginal(found: ImprovementRow, words: ShownText, reader: Reader): ShownText {
  const original = showRow(found, reader);
  if (words.translation) return original;
  const { title, body, language } = words;
  const made = { ...NOTHING, state: 'ready', origin: 'human', language, title, body, author: found.author } as const;
  return { ...original, translation: made };
}

export async function countImprovements(em: Em, spaceIds: readonly string[] | null): Promise<number> {
  const found = await row(
    em,
    sql<{ count: number }>`select count(*)::int as count from translation_revision v
      join subject s on s.id = v.subject_id where ${isUnseen(spaceIds)}`,
  );
  return found?.count ?? 0;
}
