import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';

/** More than anybody has ever written of one text. */
const VERSIONS = 100;

export interface Version {
  id: string;
  version: number;
  title: string | null;
  body: string | null;
  language: string;
  writtenAt: Date;
}

/** Versions of a subject's text, newest first; with `before` those older than that number. An erased one keeps its place without its words. */
export function listVersions(
  em: Em,
  subjectId: string,
  { before = null, limit = VERSIONS }: { before?: number | null; limit?: number } = {},
): Promise<Version[]> {
  return rows(
    em,
    sql<Version>`select id, version, title, body, language, written_at as "writtenAt" from text
      where subject_id = ${subjectId} and (${before}::int is null or version < ${before}::int) order by version desc limit ${limit}`,
  );
}
