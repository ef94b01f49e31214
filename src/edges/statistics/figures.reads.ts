import { sql } from 'kysely';

import { row, type Em } from '../../platform/db/database.ts';
import type { Figure, Figures, Named, Span } from '../../services/house/figures.ts';

/** The figures by their names, in the order in which people read them. */
export type Counted = Readonly<Record<string, number>>;

/** Everything at once: on PostgreSQL each slow one has a connection of its own, and all others share one statement. */
export async function countFigures(em: Em, figures: Figures, span: Span): Promise<Counted> {
  const { all } = figures;
  const groups = [all.filter(({ slow }) => !slow), ...all.filter(({ slow }) => slow).map((each) => [each])];
  const columnOf = (figure: Named<Figure>) => sql`(${figure.sql(span, figures)})::float8 as ${sql.id(figure.name)}`;
  const statements = groups
    .filter((group) => group.length > 0)
    .map((group) => sql<Counted>`select ${sql.join(group.map(columnOf))}`);
  const counted = await Promise.all(statements.map((statement) => row(em, statement)));
  const numbers: Counted = Object.assign({}, ...counted);
  return Object.fromEntries(all.map(({ name }) => [name, numbers[name] ?? 0]));
}
