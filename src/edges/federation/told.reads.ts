import { sql, type RawBuilder } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { isPublic } from '../../services/subjects/subjects.ts';

/** The words of a subject in one language more. */
export interface ToldTranslation {
  language: string;
  title: string | null;
  body: string;
  origin: 'machine' | 'human' | 'reviewed' | 'import' | 'remote';
  readyAt: string | null;
  /** Handle of who translated, where they may be named elsewhere. */
  by: string | null;
}

/** What other servers may know of a subject. */
export interface Told {
  id: string;
  kind: string;
  rootId: string;
  parentId: string | null;
  /** Of what is answered, where that was written elsewhere: its name and its author there. */
  answered: { uri: string; author: string; handle: string } | null;
  slug: string;
  /** Handle of its author; null where it was imported. */
  author: string | null;
  title: string | null;
  body: string;
  language: string;
  publishedAt: string;
  editedAt: string | null;
  translations: ToldTranslation[];
}

/** The person in the table `alias` agreed that other servers know of them, and is still here. */
export const isAbroad = (alias: 'a' | 'h' | 'p'): RawBuilder<boolean> => {
  const person = sql.raw(alias);
  return sql`(${person}.federated is true and ${person}.erased_at is null and ${person}.blocked_at is null)`;
};

/** Everybody may see the subject `s` here, its author (`a`) wants it seen elsewhere, and it was written here. */
export const isTold = sql<boolean>`(${isPublic} and s.origin_host is null and (s.author_id is null or ${isAbroad('a')}))`;

const COLUMNS = sql`s.id, s.kind, s.root_id as "rootId", s.parent_id as "parentId", sp.slug, a.handle as author,
  (select json_build_object('uri', up.uri, 'author', ua.uri, 'handle', ua.handle) from subject up join person ua on ua.id = up.author_id
    where up.id = s.parent_id and up.uri is not null and ua.uri is not null) as answered, t.title, t.body, t.language,
  to_json(s.published_at)#>>'{}' as "publishedAt", to_json(s.edited_at)#>>'{}' as "editedAt",
  coalesce((select json_agg(json_build_object('language', m.language, 'title', m.title, 'body', m.body, 'origin', m.origin, 'readyAt', m.ready_at,
      'by', (select h.handle from person h where h.id = m.author_id and ${isAbroad('h')})) order by m.language)
    from (select distinct on (x.language) x.* from translation x where x.text_id = t.id and x.state = 'ready' and x.language <> t.language
      order by x.language, x.human desc) m), '[]') as translations`;

/** Of these subjects those that other servers may know of, by id. Kinds that speak to nobody are left out by `kinds`. */
export async function readTold(
  em: Em,
  ids: readonly string[],
  kinds: readonly string[],
): Promise<ReadonlyMap<string, Told>> {
  const found = await rows(
    em,
    sql<Told>`select ${COLUMNS} from subject s join text t on t.id = s.text_id join space sp on sp.subject_id = s.space_id
      left join person a on a.id = s.author_id
      where s.id = any(${[...ids]}::uuid[]) and s.kind = any(${[...kinds]}::text[]) and ${isTold}`,
  );
  return new Map(found.map((told) => [told.id, told]));
}
