import { sql } from 'kysely';

import { row, rows, type Em } from '../platform/db/database.ts';
import { notFound } from '../platform/http/errors.ts';
import type { Person } from '../platform/person.ts';
import { isPublic } from '../subjects/subjects.ts';
import type { Languages } from '../texts/texts.ts';
import { showRow, textColumns, textJoin, type ShownText, type TextRow } from '../texts/texts.reads.ts';

interface SpaceRow extends TextRow {
  id: string;
  slug: string;
  published_at: Date;
  ideas: number;
  languages: number;
}

export interface ShownSpace {
  id: string;
  slug: string;
  createdAt: Date;
  text: ShownText;
  /** In the reader's language where people wrote it, else as it was written. */
  title: string;
  description: string;
  language: string;
  counts: { ideas: number; languages: number };
}

export interface Reader {
  languages: Languages;
  language: string;
  person: Person | null;
}

/** All spaces in their order, with what is public in them. */
export async function listSpaces(em: Em, reader: Reader): Promise<ShownSpace[]> {
  const found = await rows(em, sql<SpaceRow>`${selectSpaces(reader.language)} order by sp.position`);
  return found.map((each) => showSpace(each, reader));
}

/** Throws 404. */
export async function findSpace(em: Em, slug: string, reader: Reader): Promise<ShownSpace> {
  const found = await row(em, sql<SpaceRow>`${selectSpaces(reader.language)} where sp.slug = ${slug}`);
  if (!found) throw notFound();
  return showSpace(found, reader);
}

function selectSpaces(language: string) {
  return sql`select s.id, sp.slug, s.published_at, ${textColumns}, coalesce(c.ideas, 0) as ideas, coalesce(c.languages, 0) as languages
    from space sp join subject s on s.id = sp.subject_id ${textJoin(language)}
    left join (select s.space_id, count(*)::int as ideas, count(distinct it.language)::int as languages
      from subject s join text it on it.id = s.text_id where s.kind = 'idea' and ${isPublic} group by s.space_id) c on c.space_id = s.id`;
}

function showSpace(found: SpaceRow, { languages, language, person }: Reader): ShownSpace {
  const text = showRow(found, languages, language, person);
  const translated = text.language === language || found.translation?.state !== 'ready' ? null : found.translation;
  return {
    id: found.id,
    slug: found.slug,
    createdAt: found.published_at,
    text,
    title: translated?.title ?? text.title ?? found.slug,
    description: translated?.body ?? text.body,
    language: translated ? language : text.language,
    counts: { ideas: found.ideas, languages: found.languages },
  };
}
