import { sql } from 'kysely';

import { row, rows, type Em } from '../../src/platform/db/database.ts';

/** How many ideas there are, hidden and withdrawn ones too. */
export async function countIdeas(em: Em): Promise<number> {
  return (await row(em, sql<{ count: number }>`select count(*)::int as count from idea`))?.count ?? 0;
}

/** Rows of every table of the platform; pg-boss keeps its own house. */
export async function countAllRows(em: Em): Promise<Record<string, number>> {
  const tables = await rows(
    em,
    sql<{
      name: string;
    }>`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables)
    counts[name] =
      (await row(em, sql<{ count: number }>`select count(*)::int as count from ${sql.table(name)}`))?.count ?? 0;
  return counts;
}
