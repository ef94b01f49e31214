import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { CountedSpace, NamedSpace } from '../../services/house/spaces.ts';
import { isPublic } from '../../services/subjects/subjects.ts';
import { showRow, textColumn, textJoin, type ShownText, type TextRow } from '../../services/texts/texts.reads.ts';
import type { Reader } from '../../platform/reader.ts';

interface SpaceRow extends TextRow {
  id: string;
  slug: string;
  published_at: Date;
}

export interface ShownSpace extends NamedSpace {
  createdAt: Date;
  text: ShownText;
}

/** Public ideas of each space by the language they were written in. */
export type IdeaCounts = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** Reads every idea: pages take it from the index, see `createSpaceIndex`. */
export async function countIdeas(em: Em): Promise<IdeaCounts> {
  const found = await rows(
    em,
    sql<{ id: string; ideas: Record<string, number> }>`select id, jsonb_object_agg(language, ideas) as ideas from (
        select s.space_id as id, t.language, count(*)::int as ideas from subject s join text t on t.id = s.text_id
        where s.kind = 'idea' and ${isPublic} group by s.space_id, t.language) each group by id`,
  );
  return new Map(found.map(({ id, ideas }) => [id, ideas]));
}

/** All spaces in their order. */
export async function listSpaces(em: Em, reader: Reader, counts: IdeaCounts): Promise<(ShownSpace & CountedSpace)[]> {
  const found = await rows(em, sql<SpaceRow>`${selectSpaces(reader.language)} order by sp.position`);
  return found.map((each) => {
    const ideasIn = counts.get(each.id) ?? {};
    const numbers = Object.values(ideasIn);
    return {
      ...showSpace(each, reader),
      ideasIn,
      counts: { ideas: numbers.reduce((sum, ideas) => sum + ideas, 0), languages: numbers.length },
    };
  });
}

/** Throws 404. */
export async function findSpace(em: Em, slug: string, reader: Reader): Promise<ShownSpace> {
  const found = await row(em, sql<SpaceRow>`${selectSpaces(reader.language)} where sp.slug = ${slug}`);
  if (!found) throw notFound();
  return showSpace(found, reader);
}

function selectSpaces(language: string) {
  return sql`select s.id, sp.slug, s.published_at, ${textColumn} from space sp join subject s on s.id = sp.subject_id ${textJoin(language)}`;
}

function showSpace(found: SpaceRow, reader: Reader): ShownSpace {
  const text = showRow(found, reader);
  const translated =
    text.language === reader.language || found.text.translation?.state !== 'ready' ? null : found.text.translation;
  return {
    id: found.id,
    slug: found.slug,
    createdAt: found.published_at,
    text,
    title: translated?.title ?? text.title ?? found.slug,
    description: translated?.body ?? text.body,
    language: translated ? reader.language : text.language,
  };
}
