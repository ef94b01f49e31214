import type { EntitySchema, InferKyselyDB } from '@mikro-orm/sql';
import { CamelCasePlugin } from 'kysely';

import type { Em } from './database.ts';

/** Columns have the names of the entities' properties, in questions and in answers. JSON in a column keeps its own names. */
const byProperty = new CamelCasePlugin({ maintainNestedObjectKeys: true });

type Entity = EntitySchema & { name: string };
type Tables<Entities extends readonly Entity[]> = InferKyselyDB<Entities[number], { columnNamingStrategy: 'property' }>;

/**
 * Plain reads and writes of these tables, in the transaction of `em`: a column that their entities do not have, or a value that does
 * not fit, is found by the compiler. To ask for a table one imports its entity, so the layers hold for tables, too.
 */
export function tables<const Entities extends readonly Entity[]>(em: Em, ..._entities: Entities) {
  return em.getKysely<object>().withPlugin(byProperty).$extendTables<Tables<Entities>>();
}
