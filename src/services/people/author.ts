import { sql, type RawBuilder } from 'kysely';

import type { RoleName } from '../../platform/person.ts';

/** For whom somebody speaks: readers see it beside the name, where no name can say it of itself. Organizers speak for themselves. */
export type Office = Exclude<RoleName, 'organizer'>;
export const OFFICES = ['administrator', 'secretariat', 'moderator'] as const satisfies readonly Office[];

/** As pages and the API name somebody. */
export type Named = Pick<Author, 'handle' | 'name' | 'office'>;

/** Who wrote something, as everybody sees them. */
export interface Author {
  id: string;
  handle: string;
  name: string;
  office: Office | null;
}

/** Of the person in the table `alias`; null once they were erased. */
export function authorOf(alias: 'a' | 'h' | 'p'): RawBuilder<Author | null> {
  const person = sql.raw(alias);
  return sql`case when ${person}.handle is not null then json_build_object('id', ${person}.id, 'handle', ${person}.handle, 'name', ${person}.name, 'office', (
      select o.name from role o where o.person_id = ${person}.id and o.name <> 'organizer'
      order by array_position(array['administrator', 'secretariat', 'moderator'], o.name) limit 1)) end`;
}
