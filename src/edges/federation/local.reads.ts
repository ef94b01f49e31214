import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import type { LocalActor } from './addresses.ts';
import type { ToldSpace } from './actors.ts';
import { isAbroad } from './told.reads.ts';

/** Whether other servers may know of an actor of ours: of every space, and of people who agreed. */
export async function isKnownAbroad(em: Em, actor: LocalActor): Promise<boolean> {
  if (actor.kind === 'space') return (await row(em, sql`select 1 from space where slug = ${actor.slug}`)) !== null;
  if (actor.kind === 'person') return (await findPerson(em, actor.handle)) !== null;
  return true;
}

export const findPerson = (em: Em, handle: string): Promise<{ handle: string; name: string } | null> =>
  row(
    em,
    sql<{
      handle: string;
      name: string;
    }>`select p.handle, p.name from person p where p.handle = ${handle} and ${isAbroad('p')}`,
  );

/** A space with its original words and what people translated of them. */
export async function findToldSpace(em: Em, slug: string): Promise<ToldSpace | null> {
  const found = await row(
    em,
    sql<ToldSpace>`select sp.slug, (
        select json_agg(json_build_object('language', w.language, 'title', w.title, 'description', w.body) order by w.place, w.language) from (
          select 0 as place, t.language, t.title, t.body from text t where t.id = s.text_id
          union all select 1, m.language, m.title, m.body from translation m
            where m.text_id = s.text_id and m.state = 'ready' and m.human and m.title is not null) w) as words
      from space sp join subject s on s.id = sp.subject_id where sp.slug = ${slug}`,
  );
  return found;
}

/** Moderators of a space who agreed to be known elsewhere. */
export async function listModerators(em: Em, slug: string): Promise<string[]> {
  const found = await rows(
    em,
    sql<{
      handle: string;
    }>`select distinct p.handle from role r join person p on p.id = r.person_id left join space sp on sp.subject_id = r.space_id
      where r.name = 'moderator' and (sp.slug = ${slug} or r.space_id is null) and ${isAbroad('p')} order by p.handle`,
  );
  return found.map(({ handle }) => handle);
}

export async function countFollowers(em: Em, actor: string): Promise<number> {
  const found = await row(
    em,
    sql<{ count: number }>`select count(*)::int as count from follower where actor = ${actor}`,
  );
  return found?.count ?? 0;
}
