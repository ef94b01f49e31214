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

/** All versions of a subject's text, newest first. An erased one keeps its place without its words. */
export function listVersions(em: Em, subjectId: string): Promise<Version[]> {
  return rows(
    em,
    sql<Version>`select id, version, title, body, language, written_at as "writtenAt" from text
      where subject_id = ${subjectId} order by version desc limit ${VERSIONS}`,
  );
}
