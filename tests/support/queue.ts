import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { row, rows, type Em } from '../../src/platform/db/database.ts';
import { BACKGROUND } from '../../src/services/texts/translations.ts';

/** So many Spanish ideas, written long ago, and a wish for each in this language that can wait. Returns the ids of their texts. */
export async function addBacklog(em: Em, count: number, language: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => ({ subject: randomUUIDv7(), text: randomUUIDv7() }));
  const bodies = ids.map((_, n) => `Propuesta número ${n}: más trenes.`);
  await rows(
    em,
    sql`with g as (select * from unnest(${ids.map(({ subject }) => subject)}::uuid[], ${ids.map(({ text }) => text)}::uuid[], ${bodies}::text[]) g (subject, text, body)),
        s as (insert into subject (id, kind, space_id, root_id, text_id, published_at)
          select subject, 'idea', (select subject_id from space where slug = 'climate'), subject, text, now() - interval '90 days' from g),
        i as (insert into idea (subject_id) select subject from g),
        t as (insert into text (id, subject_id, version, title, body, language, decided_by, hash, written_at)
          select text, subject, 1, 'Trenes', body, 'es', 'import', '', now() from g)
        insert into translation (text_id, language, state, origin, source_language, priority, wished_at)
        select text, ${language}, 'queued', 'machine', 'es', ${BACKGROUND}::smallint, now() from g`,
  );
  return ids.map(({ text }) => text);
}

/** How many machine translations are in each state. */
export async function countStates(em: Em): Promise<Record<string, number>> {
  const found = await rows(
    em,
    sql<{
      state: string;
      count: number;
    }>`select state, count(*)::int as count from translation where not human group by state`,
  );
  return Object.fromEntries(found.map(({ state, count }) => [state, count]));
}

/** Turns the clock: the time for which engines are left alone has passed. */
export async function letBreaksPass(em: Em): Promise<void> {
  await rows(em, sql`update engine_state set open_until = now() where open_until > now()`);
}

/** One text's translation as it stands. */
export async function translationOf(
  em: Em,
  textId: string,
  language: string,
): Promise<{ state: string; failure: string | null; tries: number; engine: string | null } | null> {
  return row(
    em,
    sql<{ state: string; failure: string | null; tries: number; engine: string | null }>`
      select state, failure, tries, engine from translation where text_id = ${textId} and language = ${language} and not human`,
  );
}
