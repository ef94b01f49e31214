import { sql } from 'kysely';

import type { Line } from '../../platform/activity/activity.ts';
import { tells, type Verbs } from '../../platform/activity/verbs.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { isPublic } from '../subjects/subjects.ts';

export interface ShownLine extends Line {
  slug: string | null;
}

const ALWAYS = ['hidden', 'withdrawn'];

/**
 * Lines checked against what is public today, with the slug of their space. They tell that something was hidden or withdrawn, not what
 * it said. Those for staff alone are among them, whatever the state of their subject: who hands them on looks at whom.
 */
export async function visibleLines(em: Em, lines: readonly Line[], verbs: Verbs): Promise<ShownLine[]> {
  if (lines.length === 0) return [];
  const ids = [...new Set(lines.map((line) => line.subjectId))];
  const found = await rows(
    em,
    sql<{ id: string; open: boolean; slug: string | null }>`select s.id, ${isPublic} as open, sp.slug from subject s
      left join space sp on sp.subject_id = coalesce(s.space_id, s.id) where s.id = any(${ids}::uuid[]) and s.visibility = 'public'`,
  );
  // An idea that was moved is told of where it was, too.
  const spaces = [...new Set(lines.flatMap(({ spaceId }) => spaceId ?? []))];
  const named = await rows(
    em,
    sql<{
      id: string;
      slug: string;
    }>`select subject_id as id, slug from space where subject_id = any(${spaces}::uuid[])`,
  );
  const slugs = new Map(named.map(({ id, slug }) => [id, slug]));
  const subjects = new Map(found.map((each) => [each.id, each]));
  return lines.flatMap((line) => {
    const subject = subjects.get(line.subjectId);
    const told = subject && (subject.open || ALWAYS.includes(line.type) || tells(verbs, line, 'staff'));
    return told ? [{ ...line, slug: slugs.get(line.spaceId ?? '') ?? subject.slug }] : [];
  });
}

/** A line as it goes over the wire: ids and types, no words, and nobody's name. */
interface LiveLine {
  cursor: string;
  type: string;
  kind: string;
  subject: string;
  root: string;
  space: string | null;
  text: string | null;
  language: string | null;
}

export function wire(line: ShownLine): LiveLine {
  const { cursor, type, kind, subjectId, rootId, slug, textId, language } = line;
  return { cursor, type, kind, subject: subjectId, root: rootId, space: slug, text: textId, language };
}
