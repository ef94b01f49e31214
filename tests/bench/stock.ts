import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';

import { Client } from 'pg';

import { entitiesOf, features } from '../../src/features.ts';
import { readParallelTexts } from '../../src/demo/content.ts';
import { openDatabase } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { loadWords } from '../../src/platform/i18n.ts';
import { createThemes } from '../../src/kinds/spaces/spaces.ts';
import { EU_LANGUAGES } from '../../translation/languages.ts';
import { onServer, urlOf } from '../support/server.ts';

const LANGUAGES = [...EU_LANGUAGES, 'ar'];
const AUTHORS = 500;
/** The year of the Conference. */
const WEEKS = 52;

/** What a database is filled with. */
export interface Stock {
  ideas: number;
  /** Into which languages each idea is translated. */
  translated: readonly string[];
  /** What comes with the ideas, in the same transaction, while the temporary tables `new` (the ideas), `words` and `pools` are there. */
  more?(client: Client): Promise<void>;
}

/** The address of a database with so many ideas, each stored in 25 languages; made the first time, kept with the server. */
export async function stockedDatabase(server: string, ideas: number): Promise<string> {
  return madeOnce(server, `polyphony_bench_${ideas}`, { ideas, translated: LANGUAGES });
}

/** The address of the database of that name, filled the first time it is asked for. */
export async function madeOnce(server: string, name: string, stock: Stock): Promise<string> {
  const url = urlOf(server, name);
  if (await isStocked(url, stock.ideas)) return url;
  await onServer(server, `drop database if exists ${name} with (force)`);
  await onServer(server, `create database ${name}`);
  const database = await openDatabase({ databaseUrl: url, dataDir: '' }, entitiesOf(features));
  await migrate(database);
  await createThemes(database.em(), (await loadWords()).languages);
  await database.close();
  await withClient(url, (client) => fill(client, stock));
  return url;
}

/** Somebody with a session, as the `Cookie` header that tells it. */
export async function signedInCookie(url: string, language: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const personId = randomUUIDv7();
  const month = 30 * 86_400_000;
  await withClient(url, async (client) => {
    await client.query(
      'insert into person (id, handle, name, interface_language, reads, created_at) values ($1, $2, $3, $4, array[$4], now())',
      [personId, `reader-${personId.slice(-12)}`, 'Reader', language],
    );
    await client.query(
      "insert into session (id, person_id, data, expires_at) values ($1, $2, $3, now() + interval '30 days')",
      [
        createHash('sha256').update(token).digest('base64url'),
        personId,
        JSON.stringify({ personId, _expire: Date.now() + month, _maxAge: month }),
      ],
    );
  });
  return `polyphony=${token}`;
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function isStocked(url: string, ideas: number): Promise<boolean> {
  try {
    const { rows } = await withClient(url, (client) =>
      client.query<{ count: number }>('select count(*)::int as count from idea'),
    );
    return rows[0]?.count === ideas;
  } catch {
    return false; // no such database yet
  }
}

async function fill(client: Client, { ideas, translated, more }: Stock): Promise<void> {
  await client.query('begin');
  await addWords(client);
  await client.query(`insert into person (id, handle, name, interface_language, created_at)
    select gen_random_uuid(), 'author-' || n, 'Author ' || n, 'en', now() from generate_series(1, ${AUTHORS}) n`);
  await client.query(ID_AT);
  await client.query(
    `create temporary table new on commit drop as
    select n, id as subject_id, pg_temp.id_at(at) as text_id, language, author_id, space_id, null::uuid as parent_id, id as root_id, at
    from (select n, at, pg_temp.id_at(at) as id from (select n, now() - n * interval '${WEEKS} weeks' / ${ideas} as at from generate_series(1, ${ideas}) n) dated) ids
      join (select l as language, row_number() over () - 1 as number from unnest($1::text[]) l) l on number = n % ${LANGUAGES.length}
      join (select id as author_id, row_number() over () - 1 as number from person) p on p.number = n % ${AUTHORS}
      join (select subject_id as space_id, position from space) s on position = n % 10`,
    [LANGUAGES],
  );
  await addSubjects(client, 'new', { kind: 'idea', titled: true, translated });
  await client.query('insert into idea select subject_id from new');
  await more?.(client);
  await client.query('commit');
  await client.query('vacuum analyze');
}

/** Ids in the order of their moments, as we make them, made where the rows are. */
const ID_AT = `create function pg_temp.id_at(moment timestamptz) returns uuid language sql volatile as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || '7' || substr(r, 1, 3) || '8' || substr(r, 4, 15))::uuid
  from (select md5(random()::text || moment::text) as r) random $$`;

/** Real sentences in each language, some hundreds; Arabic borrows English ones. */
async function addWords(client: Client): Promise<void> {
  const texts = [];
  for await (const text of readParallelTexts()) texts.push(text);
  const all = [
    ...texts,
    ...texts.filter((text) => text.language === 'en').map((text) => ({ ...text, language: 'ar' })),
  ];
  await client.query(
    `create temporary table words on commit drop as
    select language, title, body, row_number() over (partition by language) as number
    from unnest($1::text[], $2::text[], $3::text[]) given (language, title, body)`,
    [all.map(({ language }) => language), all.map(({ title }) => title), all.map(({ body }) => body)],
  );
  await client.query(
    'create temporary table pools on commit drop as select language, count(*) as size from words group by language',
  );
  await client.query('create index on words (language, number)');
  await client.query('analyze words, pools');
}

export interface Written {
  kind: string;
  titled: boolean;
  translated: readonly string[];
}

/** Stores what a temporary table lists by `n, subject_id, text_id, language, author_id, space_id, parent_id, root_id, at`: subjects, texts, translations, lines of activity. */
export async function addSubjects(client: Client, table: string, { kind, titled, translated }: Written): Promise<void> {
  await client.query(`analyze ${table}`);
  const pick = 'join words on words.language = pools.language and number = 1 + n % size';
  const title = titled ? 'title' : 'null';
  await client.query(`
  insert into subject (id, kind, space_id, author_id, parent_id, root_id, text_id, published_at)
    select subject_id, '${kind}', space_id, author_id, parent_id, root_id, text_id, at from ${table};
  insert into text (id, subject_id, version, title, body, language, decided_by, hash, written_at)
    select text_id, subject_id, 1, ${title}, body, words.language, 'import', '', at
    from ${table} join pools using (language) ${pick};
  insert into translation (text_id, language, title, body, state, origin, engine, source_language, wished_at, ready_at)
    select text_id, words.language, ${title}, body, 'ready', 'machine', 'apertium', ${table}.language, at, at
    from ${table} join pools on pools.language <> ${table}.language and pools.language in (${translated.map((code) => `'${code}'`).join()}) ${pick};
  insert into activity (generation, type, kind, subject_id, root_id, space_id, actor_id, text_id, language, at)
    select generation, 'published', '${kind}', subject_id, root_id, space_id, author_id, text_id, language, at from ${table}, platform`);
}
